import type { CreditAttribute } from "@touchline/sql";
import type { ChannelCredit, CreditValue } from "../contract/index.ts";
import { roasOf } from "../roas.ts";

export interface ChannelReport extends ChannelCredit {
  /** Absent where no booked conversion says its margin. */
  readonly margin?: string;
  /** Touches that are seen over impressions and clicks delivered; null where the spend files carry neither. */
  readonly coverage: number | null;
  /** What the row is broken down by below the channel: campaign, campaign and creative, or an attribute under its own name. */
  readonly below: Readonly<Record<string, string>>;
}

interface CreditRow {
  readonly channel: string;
  readonly campaign: string;
  readonly creative: string;
  readonly attributeValue: string;
  readonly conversions: string;
  readonly revenue: string;
  readonly margin: string;
}

interface DeliveryRow {
  readonly channel: string;
  readonly campaign: string;
  readonly spend: string | null;
  readonly delivered: number | null;
  readonly touches: number;
}

export interface ReportShape {
  readonly level: "channel" | "campaign" | "creative" | "attribute";
  readonly attribute: CreditAttribute | "";
  readonly value: CreditValue;
  readonly hasMargin: boolean;
}

/**
 * Adds spend and coverage to a run's credit; channels with spend and no credit stand there with zero. Spend is known by channel and
 * campaign: what lies below them has none.
 */
export function channelReports(
  credits: readonly CreditRow[],
  deliveries: readonly DeliveryRow[],
  shape: ReportShape,
): ChannelReport[] {
  const { level, value, hasMargin } = shape;
  const hasSpend = level === "channel" || level === "campaign";
  const key = (row: { channel: string; campaign: string }) => JSON.stringify([row.channel, row.campaign]);
  const delivered = new Map(hasSpend ? deliveries.map((row) => [key(row), row]) : []);
  const credited = new Set(credits.map(key));
  const uncredited = [...delivered.values()]
    .filter((row) => !credited.has(key(row)))
    .map(({ channel, campaign }) => ({ channel, campaign, ...NO_CREDIT }));
  return [...credits, ...uncredited]
    .map((row) => {
      const delivery = delivered.get(key(row));
      const spend = delivery?.spend ?? null;
      const worth = value === "count" ? row.conversions : row[value];
      return {
        channel: row.channel,
        below: belowChannel(row, shape),
        conversions: row.conversions,
        revenue: row.revenue,
        ...(hasMargin ? { margin: row.margin } : {}),
        spend,
        roas: roasOf(worth, spend),
        coverage: delivery?.delivered ? Math.min(1, delivery.touches / delivery.delivered) : null,
      };
    })
    .sort((a, b) => Number(b.conversions) - Number(a.conversions) || (a.channel < b.channel ? -1 : 1));
}

const NO_CREDIT = { creative: "", attributeValue: "", conversions: "0", revenue: "0", margin: "0" };

function belowChannel(row: CreditRow, { level, attribute }: ReportShape): Record<string, string> {
  switch (level) {
    case "channel":
      return {};
    case "campaign":
      return { campaign: row.campaign };
    case "creative":
      return { campaign: row.campaign, creative: row.creative };
    case "attribute":
      return { [attribute]: row.attributeValue };
  }
}
