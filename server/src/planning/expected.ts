import { type AllocationProblem, quantile } from "@touchline/solver";
import type { Plan, PlanInterval } from "../contract/index.ts";
import type { PlanFrame } from "./plan-frame.ts";
import type { PlannedChannel } from "./prepare-channels.ts";
import { type SplitWorth, shareOfGains, splitWorth } from "./split-worth.ts";

const INTERVAL_LEVEL = 0.9;

/** @param gains of the split over today's, one a draw of the curves */
export function expectedOf(
  { goal }: Pick<PlanFrame, "goal">,
  problem: AllocationProblem,
  channels: readonly PlannedChannel[],
  spend: ArrayLike<number>,
  gains: readonly SplitWorth[],
): Plan["expected"] {
  const then = splitWorth(problem, channels, spend);
  const now = worthOfToday(problem, channels);
  return {
    revenue: then.revenue,
    revenueAtCurrent: now.revenue,
    ...chancesOf(gains.map(({ revenue }) => revenue)),
    goal: {
      ...{ goal, value: then.value, valueAtCurrent: now.value },
      ...chancesOf(gains.map(({ value }) => value)),
    },
  };
}

/** Where nothing moves there is no gain to have chances of. */
export function expectedOfToday(
  { goal }: Pick<PlanFrame, "goal">,
  problem: AllocationProblem,
  channels: readonly PlannedChannel[],
): Plan["expected"] {
  const { revenue, value } = worthOfToday(problem, channels);
  const nothing = { interval: null, probabilityOfGain: null };
  return {
    ...{ revenue, revenueAtCurrent: revenue, ...nothing },
    goal: { goal, value, valueAtCurrent: value, ...nothing },
  };
}

function worthOfToday(problem: AllocationProblem, channels: readonly PlannedChannel[]): SplitWorth {
  return splitWorth(
    problem,
    channels,
    channels.map(({ current }) => current),
  );
}

function chancesOf(gains: readonly number[]): { interval: PlanInterval | null; probabilityOfGain: number | null } {
  if (gains.length === 0) return { interval: null, probabilityOfGain: null };
  const tail = (1 - INTERVAL_LEVEL) / 2;
  return {
    interval: { level: INTERVAL_LEVEL, low: quantile(gains, tail), high: quantile(gains, 1 - tail) },
    probabilityOfGain: shareOfGains(gains),
  };
}
