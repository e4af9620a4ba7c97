import type { AllocationProblem, Curve } from "@touchline/solver";
import type { z } from "zod";
import { type ChannelBounds, DAYS_PER_PERIOD, type MissingCurve, type ProposeInput } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { FittedChannel, FittedCurves } from "./fit-curves.ts";
import { curvePerPeriod } from "./revenue-curve.ts";
import { type TrustedSpan, trustedSpan } from "./trusted-span.ts";

/** What the optimiser is asked, beyond budget and bounds, in the layout of a problem file. */
export type PlanLimits = z.output<typeof ProposeInput> & Partial<Pick<AllocationProblem, "objective" | "constraints">>;

/** A channel as the plan sees it; amounts are per period. */
export interface PlannedChannel {
  readonly name: string;
  /** Null where no curve could be fitted. */
  readonly fitted: FittedChannel | null;
  /** The fitted curve of a period. */
  readonly curve: Curve | null;
  readonly current: number;
  /** Where the spend can end up: bounds and change limit together. */
  readonly lower: number;
  readonly upper: number | null;
  /** What is asked of this channel alone. The change limit is one limit of the plan, so that its price and repair bear its name. */
  readonly asked: { readonly lower: number; readonly upper: number | null };
  /** Why it is to keep today's spend, whatever its curve says; null where the plan decides. */
  readonly held: "locked" | "unidentified" | "uncertain" | "no-curve" | "demand-capture" | "low-coverage" | null;
  /** How far from today's spend its curve is trusted; null where the caller says how far it may go, or it is held anyway. */
  readonly trusted: { readonly lower: number; readonly upper: number } | null;
}

/** False where spend hardly varied or nothing tells the effect from none, and the caller did not say otherwise: nobody can tell what more of it would bring. */
export function canTellReturns({ fitted, held }: Pick<PlannedChannel, "fitted" | "held">): boolean {
  return fitted !== null && held !== "uncertain" && (held === null || !fitted.flags.includes("little-variation"));
}

export interface PreparedChannels {
  readonly channels: readonly PlannedChannel[];
  /** What they spend today, together. */
  readonly today: number;
  readonly budget: number;
}

interface Span {
  readonly lower: number;
  /** Infinity where nothing bounds the channel. */
  readonly upper: number;
}

const ROUNDING = 1e-9;

/**
 * The channels of a plan with the room that each one has.
 *
 * A channel keeps today's spend where the caller locked it, where it has no curve, where nothing tells its effect from none, and
 * where its spend hardly varied, since the data cannot tell what more or less of it would bring. Any other moves as far from today's
 * spend as its curve is trusted. A floor or a cap that the caller gives for that very channel sets it free within them.
 * Channels that the caller did not lock give way where they stand in the way of the total: with a small budget they shrink in
 * proportion, with an exact budget above what all may take they may grow, inside the caller's limits.
 *
 * @throws UserError when no channel has spend, or a limit names an unknown one
 * Law: the order of the curves changes nothing.
 */
export function prepareChannels(
  curves: Pick<FittedCurves, "channels" | "withoutCurve">,
  limits: PlanLimits,
): PreparedChannels {
  const days = DAYS_PER_PERIOD[limits.period];
  const spending = [
    ...curves.channels.map((fitted) => ({
      name: fitted.channel,
      fitted,
      missing: null,
      current: fitted.currentSpend * days,
    })),
    ...curves.withoutCurve.map(({ channel, code, currentSpend }) => ({
      name: channel,
      fitted: null,
      missing: code,
      current: currentSpend * days,
    })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (spending.length === 0) throw new UserError("no channel has spend: there is nothing to plan");
  const names = spending.map(({ name }) => name);
  requireKnownChannels(limits, names);
  const today = spending.reduce((sum, { current }) => sum + current, 0);
  const budget = limits.budget ?? today;

  const asked = spending.map(({ name, fitted, missing, current }) => {
    const bounds = limits.bounds.find(({ channel }) => channel === name);
    const held = whyHeld(fitted, missing, bounds);
    const trusted = fitted === null || held !== null || isBounded(bounds) ? null : trustedPerPeriod(fitted, days);
    const span = askedSpan(current, bounds, limits.maxChange);
    return { name, fitted, current, held, bounds, span, trusted };
  });
  const spans = asked.map(({ held, current, span, trusted }) => narrowedSpan(heldSpan(held, current, span), trusted));
  const givesWay = asked.map(({ held, trusted }) => (held !== null && held !== "locked") || trusted !== null);
  const kept = shareKept(spans, givesWay, today, budget);
  const most = spans.reduce((sum, { upper }) => sum + upper, 0);
  const mayGrow = limits.exact && budget > most * (1 + ROUNDING);
  const channels = asked.map(({ name, fitted, current, held, bounds, span, trusted }, i): PlannedChannel => {
    const lower = givesWay[i] ? Math.max(span.lower, kept * spans[i]!.lower) : spans[i]!.lower;
    const upper = givesWay[i] && mayGrow ? span.upper : spans[i]!.upper;
    const reach = { lower, upper: Number.isFinite(upper) ? upper : null };
    const within = trusted === null || mayGrow ? null : { lower: kept * trusted.lower, upper: trusted.upper };
    return {
      name,
      fitted,
      curve: fitted === null ? null : curvePerPeriod(fitted.curve, days),
      current,
      ...reach,
      asked: held === null ? askedAlone(bounds, within) : reach,
      held,
      trusted: within,
    };
  });
  return { channels, today, budget };
}

/** Of a small budget, what is held may take so much, or the part that it takes of today's where that is more. */
const HELD_AT_MOST = 0.5;

/**
 * The part of what is held that a budget leaves to it: all of it, until it would take more than its share. So a smaller budget takes
 * from everybody, and more money never brings less.
 */
function shareKept(spans: readonly Span[], givesWay: readonly boolean[], today: number, budget: number): number {
  const least = (gives: boolean) => spans.reduce((sum, { lower }, i) => (givesWay[i] === gives ? sum + lower : sum), 0);
  const held = least(true);
  const demanded = least(false);
  if (held === 0) return 1;
  const share = Math.min(1, Math.max(HELD_AT_MOST, held / Math.max(today - demanded, Number.MIN_VALUE)));
  return Math.min(1, (share * Math.max(0, budget - demanded)) / held);
}

/** Null where nothing limits the channel, or it has no spend to count from. */
function trustedPerPeriod({ draws, currentSpend }: FittedChannel, days: number): TrustedSpan | null {
  const span = currentSpend > 0 ? trustedSpan(draws, currentSpend) : null;
  return span === null ? null : { lower: span.lower * days, upper: span.upper * days };
}

/** What is asked of a channel alone: its bounds, or how far its curve is trusted where it has none. */
function askedAlone(bounds: ChannelBounds | undefined, trusted: TrustedSpan | null): PlannedChannel["asked"] {
  const lower = bounds?.lower ?? trusted?.lower ?? 0;
  const upper = bounds?.upper ?? trusted?.upper ?? null;
  return { lower, upper };
}

/** The part of a span that is trusted; where they have nothing in common, as close to today's spend as the caller's limits let it. */
function narrowedSpan(span: Span, trusted: TrustedSpan | null): Span {
  if (trusted === null || span.lower > span.upper) return span;
  const within = (spend: number) => Math.min(span.upper, Math.max(span.lower, spend));
  return { lower: within(trusted.lower), upper: within(trusted.upper) };
}

function requireKnownChannels(limits: PlanLimits, names: readonly string[]): void {
  for (const { channel } of limits.bounds) {
    if (!names.includes(channel)) {
      throw new UserError(
        `the limits name the channel "${channel}", which has no spend; channels are ${names.join(", ")}`,
        { exitCode: 2 },
      );
    }
  }
}

function whyHeld(
  fitted: FittedChannel | null,
  missing: MissingCurve["code"] | null,
  bounds: ChannelBounds | undefined,
): PlannedChannel["held"] {
  if (fitted === null) return missing === "demand-capture" || missing === "low-coverage" ? missing : "no-curve";
  if (bounds?.locked) return "locked";
  if (isBounded(bounds)) return null;
  if (fitted.flags.includes("not-identified")) return "uncertain";
  return fitted.flags.includes("little-variation") ? "unidentified" : null;
}

function isBounded(bounds: ChannelBounds | undefined): boolean {
  return bounds !== undefined && (bounds.lower !== null || bounds.upper !== null);
}

/** The caller's bounds and change limit together; empty (lower above upper) where they contradict each other. */
function askedSpan(current: number, bounds: ChannelBounds | undefined, maxChange: number | null): Span {
  if (bounds?.locked) return { lower: current, upper: current };
  const low = maxChange === null ? 0 : Math.max(0, current * (1 - maxChange));
  const high = maxChange === null ? Number.POSITIVE_INFINITY : current * (1 + maxChange);
  return {
    lower: Math.max(bounds?.lower ?? 0, low),
    upper: Math.min(bounds?.upper ?? Number.POSITIVE_INFINITY, high),
  };
}

/** A held channel stays as near to today's spend as the caller's limits let it. */
function heldSpan(held: PlannedChannel["held"], current: number, span: Span): Span {
  if (held === null || span.lower > span.upper) return span;
  const kept = Math.min(span.upper, Math.max(span.lower, current));
  return { lower: kept, upper: kept };
}
