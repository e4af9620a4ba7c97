import { type AllocationProblem, quantile, sum } from "@touchline/solver";
import { DAYS_PER_PERIOD, type Plan, type PlanInterval } from "../contract/index.ts";
import type { PlanFrame } from "./plan-frame.ts";
import type { PlannedChannel } from "./prepare-channels.ts";
import { curvePerPeriod, revenueAt } from "./revenue-curve.ts";
import { soldRevenues } from "./sold-revenues.ts";

const INTERVAL_LEVEL = 0.9;

/** What a split brings, of revenue and of the goal. */
interface SplitValue {
  readonly revenue: number;
  /** Of the goal; profit has its spend taken off. */
  readonly value: number;
}

/** What splits of the same channels bring, by the curves. Stock and capacity count: what cannot be sold brings nothing. */
export function splitValue(
  problem: AllocationProblem,
  channels: readonly PlannedChannel[],
  spend: ArrayLike<number>,
): SplitValue {
  return worthOf(problem, spend, (i) => channels[i]!.curve);
}

export function expectedOf(
  { goal, period }: Pick<PlanFrame, "goal" | "period">,
  problem: AllocationProblem,
  channels: readonly PlannedChannel[],
  spend: ArrayLike<number>,
): Plan["expected"] {
  const today = channels.map(({ current }) => current);
  const then = splitValue(problem, channels, spend);
  const now = splitValue(problem, channels, today);
  const days = DAYS_PER_PERIOD[period];
  const draws = Math.min(...channels.flatMap(({ fitted }) => (fitted === null ? [] : [fitted.draws.length])));
  const gains = Array.from({ length: Number.isFinite(draws) ? draws : 0 }, (_, draw) => {
    const curves = channels.map(({ fitted }) => (fitted === null ? null : curvePerPeriod(fitted.draws[draw]!, days)));
    const drawn = (split: ArrayLike<number>) => worthOf(problem, split, (i) => curves[i]!);
    const [of, against] = [drawn(spend), drawn(today)];
    return { revenue: of.revenue - against.revenue, value: of.value - against.value };
  });
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
  const { revenue, value } = splitValue(
    problem,
    channels,
    channels.map(({ current }) => current),
  );
  const nothing = { interval: null, probabilityOfGain: null };
  return {
    ...{ revenue, revenueAtCurrent: revenue, ...nothing },
    goal: { goal, value, valueAtCurrent: value, ...nothing },
  };
}

function worthOf(
  problem: AllocationProblem,
  spend: ArrayLike<number>,
  curveOf: (index: number) => PlannedChannel["curve"],
): SplitValue {
  const full = problem.channels.map((_, i) => {
    const curve = curveOf(i);
    return curve === null ? 0 : revenueAt(curve, spend[i]!);
  });
  const sold = soldRevenues(problem, full);
  const weights = problem.objective.weights ?? targetWeights(problem);
  const costs = problem.objective.type === "max_profit" ? sum(Array.from(spend)) : 0;
  const scale = problem.objective.type === "max_profit" ? problem.objective.response_weight : 1;
  const value = scale * sum(problem.channels.map(({ name }, i) => (weights[name] ?? 1) * sold[i]!)) - costs;
  return { revenue: sum(sold), value };
}

/** A plan for the least spend carries the worth of its goal in the target. */
function targetWeights({ constraints }: AllocationProblem): Readonly<Record<string, number>> {
  const target = constraints.find((each) => each.type === "min_total_response");
  return target?.weights ?? {};
}

function chancesOf(gains: readonly number[]): { interval: PlanInterval | null; probabilityOfGain: number | null } {
  if (gains.length === 0) return { interval: null, probabilityOfGain: null };
  const tail = (1 - INTERVAL_LEVEL) / 2;
  return {
    interval: { level: INTERVAL_LEVEL, low: quantile(gains, tail), high: quantile(gains, 1 - tail) },
    probabilityOfGain: gains.filter((gain) => gain > 0).length / gains.length,
  };
}
