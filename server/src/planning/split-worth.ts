import { type AllocationProblem, sum } from "@touchline/solver";
import { DAYS_PER_PERIOD, type Period } from "../contract/index.ts";
import type { PlannedChannel } from "./prepare-channels.ts";
import { curvePerPeriod, revenueAt } from "./revenue-curve.ts";
import { soldRevenues } from "./sold-revenues.ts";

const ROUNDING = 1e-12;

/** What a split brings. */
export interface SplitWorth {
  readonly revenue: number;
  /** Of the goal; profit has its spend taken off. */
  readonly value: number;
  /** As the optimiser weighs revenue against spend: where a target is to be met with little, less spend is more. */
  readonly objective: number;
}

/** What splits of the same channels bring, by the curves. Stock and capacity count: what cannot be sold brings nothing. */
export function splitWorth(
  problem: AllocationProblem,
  channels: readonly PlannedChannel[],
  spend: ArrayLike<number>,
): SplitWorth {
  return worthOf(problem, spend, (i) => channels[i]!.curve);
}

/**
 * What a split gains over today's under every draw of the curves. A draw takes the same number from every channel; a channel
 * without a curve gains nothing.
 * @returns one gain a draw; none where no channel has a curve
 * Law: today's split gains 0 in every draw.
 */
export function drawnGains(
  period: Period,
  problem: AllocationProblem,
  channels: readonly PlannedChannel[],
  spend: ArrayLike<number>,
): SplitWorth[] {
  const days = DAYS_PER_PERIOD[period];
  const today = channels.map(({ current }) => current);
  const draws = Math.min(...channels.flatMap(({ fitted }) => (fitted === null ? [] : [fitted.draws.length])));
  return Array.from({ length: Number.isFinite(draws) ? draws : 0 }, (_, draw) => {
    const curves = channels.map(({ fitted }) => (fitted === null ? null : curvePerPeriod(fitted.draws[draw]!, days)));
    const drawn = (split: ArrayLike<number>) => worthOf(problem, split, (i) => curves[i]!);
    const [then, now] = [drawn(spend), drawn(today)];
    return {
      revenue: gainOf(then.revenue, now.revenue),
      value: gainOf(then.value, now.value),
      objective: gainOf(then.objective, now.objective),
    };
  });
}

/** Two splits that sell all of a stock bring the same: differences at the last digit are none. */
function gainOf(then: number, now: number): number {
  return Math.abs(then - now) <= ROUNDING * (Math.abs(then) + Math.abs(now)) ? 0 : then - now;
}

/** Null where there is no draw to count. */
export function shareOfGains(gains: readonly number[]): number | null {
  return gains.length === 0 ? null : gains.filter((gain) => gain > 0).length / gains.length;
}

function worthOf(
  problem: AllocationProblem,
  spend: ArrayLike<number>,
  curveOf: (index: number) => PlannedChannel["curve"],
): SplitWorth {
  const { type, response_weight, spend_weight } = problem.objective;
  const full = problem.channels.map((_, i) => {
    const curve = curveOf(i);
    return curve === null ? 0 : revenueAt(curve, spend[i]!);
  });
  const weights = problem.objective.weights ?? targetWeights(problem);
  const worth = problem.channels.map(({ name }) => weights[name] ?? 1);
  const sold = soldRevenues(problem, full, worth);
  const weighed = sum(sold.map((each, i) => worth[i]! * each));
  const spent = sum(Array.from(spend));
  return {
    revenue: sum(sold),
    value: type === "max_profit" ? response_weight * weighed - spent : weighed,
    objective: response_weight * weighed + spend_weight * spent,
  };
}

/** A plan for the least spend carries the worth of its goal in the target. */
function targetWeights({ constraints }: AllocationProblem): Readonly<Record<string, number>> {
  const target = constraints.find((each) => each.type === "min_total_response");
  return target?.weights ?? {};
}
