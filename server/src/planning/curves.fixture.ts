import { FEWEST_CURVE_DAYS } from "@touchline/solver";
import type { FittedChannel, UnfittedChannel } from "./fit-curves.ts";
import type { PlanLimits } from "./prepare-channels.ts";

interface FittedOptions {
  ceiling: number;
  halfSpend: number;
  currentSpend: number;
  flags?: FittedChannel["flags"];
  /** One a draw: each multiplies the ceiling. */
  ceilingFactors?: readonly number[];
}

/** A fitted channel for tests; amounts are per day. */
export function fittedChannel(channel: string, options: FittedOptions): FittedChannel {
  const { ceiling, halfSpend, currentSpend, flags = [], ceilingFactors = [0.9, 1, 1.1] } = options;
  const hill = (factor: number) => ({ type: "hill" as const, beta: ceiling * factor, k: halfSpend, s: 1 });
  return {
    channel,
    campaign: null,
    curve: hill(1),
    draws: ceilingFactors.map(hill),
    families: [{ family: "hill", weight: 1 }],
    source: "touches",
    delivery: null,
    r2: 0.5,
    observed: [],
    currentSpend,
    largestSpendSeen: 2 * currentSpend,
    flags,
  };
}

export function unfittedChannel(channel: string, currentSpend: number): UnfittedChannel {
  const reason = "The days with spend brought no revenue.";
  return { channel, code: "no-revenue", days: 30, daysNeeded: FEWEST_CURVE_DAYS, reason, currentSpend };
}

/** Search earns most for its next unit, Video least; Email's spend never varied and its curve promises the moon. */
export const shop = {
  currency: "EUR",
  channels: [
    fittedChannel("Search", { ceiling: 1_000, halfSpend: 100, currentSpend: 60 }),
    fittedChannel("Video", { ceiling: 300, halfSpend: 120, currentSpend: 90 }),
    fittedChannel("Email", { ceiling: 5_000, halfSpend: 200, currentSpend: 10, flags: ["little-variation"] }),
  ],
  withoutCurve: [],
};

/** A day, today's total at most, and no limit beside it. */
export const freeLimits: PlanLimits = { period: "day", budget: null, exact: false, maxChange: null, bounds: [] };
