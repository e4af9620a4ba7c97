import fc from "fast-check";
import type { ConversionEvent, TouchEvent } from "./reference-journeys.ts";

export interface MixedTouch extends TouchEvent {
  readonly interaction: string;
  readonly creative: string;
  readonly device: string;
}

export interface MixedConversion extends ConversionEvent {
  readonly type: string;
  /** As the books say; empty where they say nothing. */
  readonly customer: string;
  readonly product: string;
  /** Null where the books do not say. */
  readonly marginCents: number | null;
}

export interface MixedMarket {
  readonly touches: readonly MixedTouch[];
  readonly conversions: readonly MixedConversion[];
}

export const PAID_CHANNELS = ["Search", "Social"];
export const DIRECT_CHANNELS = ["Direct"];
const CHANNELS = [...PAID_CHANNELS, ...DIRECT_CHANNELS, "Email", "Affiliates"];
const START = Date.parse("2026-01-01T00:00:00Z");
const HOUR_MS = 3_600_000;

function drawn<T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): T[] {
  return fc.sample(fc.array(arbitrary, { minLength: count, maxLength: count }), { numRuns: 1, seed })[0]!;
}

/**
 * A market with views and clicks, two types of conversions, customers that the books know or not, margins that are there or not, ties,
 * and two conversions of different types at one moment.
 */
export function drawMixedMarket(seed: number): MixedMarket {
  const hour = fc.integer({ min: 0, max: 24 * 50 });
  const visitor = fc.integer({ min: 0, max: 40 }).map((n) => `v${n}`);
  const touch = fc.record({
    ...{ hour, visitor },
    channel: fc.constantFrom(...CHANNELS),
    interaction: fc.constantFrom("impression", "click", "visit", "open"),
    creative: fc.constantFrom("", "blue", "red"),
    device: fc.constantFrom("", "mobile", "desktop"),
  });
  const conversion = fc.record({
    ...{ hour, visitor },
    cents: fc.integer({ min: 0, max: 30_000 }),
    type: fc.constantFrom("purchase", "purchase", "lead"),
    customer: fc.constantFrom("", "", "", "New", "returning", "wholesale"),
    product: fc.constantFrom("", "shoes", "hats"),
    marginShare: fc.constantFrom(null, 0.1, 0.25, -0.05),
  });
  const conversions = drawn(conversion, 70, seed + 1).map(({ hour: h, cents, marginShare, ...rest }, i) => ({
    id: `k${i}`,
    at: START + h * HOUR_MS,
    revenue: cents / 100,
    marginCents: marginShare === null ? null : Math.round(cents * marginShare),
    ...rest,
  }));
  const twins = conversions.slice(0, 10).map((each) => ({
    ...each,
    id: `${each.id}-twin`,
    type: each.type === "lead" ? "purchase" : "lead",
    customer: "",
  }));
  return {
    touches: drawn(touch, 400, seed).map(({ hour: h, ...rest }, i) => ({
      id: `e${i}`,
      at: START + h * HOUR_MS,
      ...rest,
    })),
    conversions: [...conversions, ...twins],
  };
}

/** What a conversion's customer counts as: what the books say, or whether the visitor has an earlier conversion of the type. */
export function customerOf(conversion: MixedConversion, all: readonly MixedConversion[]): string {
  if (conversion.customer !== "") return conversion.customer.toLowerCase();
  const { visitor, type, at } = conversion;
  return all.some((other) => other.visitor === visitor && other.type === type && other.at < at) ? "returning" : "new";
}

const iso = (at: number) => new Date(at).toISOString();

/** The market as files, by kind. */
export function writeMixedMarket({ touches, conversions }: MixedMarket): Record<string, string> {
  return {
    touchpoints: [
      "event_id,occurred_at,visitor_id,channel,campaign,interaction,creative,device",
      ...touches.map((t) =>
        [t.id, iso(t.at), t.visitor, t.channel, `c${t.id.length}`, t.interaction, t.creative, t.device].join(","),
      ),
    ].join("\n"),
    conversions: [
      "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,customer_type,product_group,margin",
      ...conversions.map((c) =>
        [
          ...[c.id, iso(c.at), c.visitor, c.type, c.revenue, "EUR", c.customer, c.product],
          c.marginCents === null ? "" : c.marginCents / 100,
        ].join(","),
      ),
    ].join("\n"),
    spend: [
      "date,channel,campaign,cost,currency",
      ...PAID_CHANNELS.map((channel, i) => `2026-01-0${i + 1},${channel},c2,${100 + i},EUR`),
    ].join("\n"),
  };
}
