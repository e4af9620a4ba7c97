import { type Curve, quantile, sum } from "@touchline/solver";
import type { RebalancingWeek } from "../../contract/index.ts";
import { type FittedChannel, revenueAt } from "../../planning/index.ts";
import type { DailySplit } from "./plan-weeks.ts";

/** Of what intervals hold: nine in ten draws. */
const TAIL = 0.05;

export type Curves = ReadonlyMap<string, Pick<FittedChannel, "curve" | "draws">>;
type Gain = NonNullable<RebalancingWeek["realised"]>;

/** What was spent in a week, by channel. */
export type Spent = ReadonlyMap<string, number>;

/**
 * What the spend of a week is worth over what the split before the plan would have been, by the same curves: both with the same draw,
 * so that what is uncertain about a channel that did not move takes no part.
 *
 * The split before is taken at the money that was really spent: spending more than the plan said is no merit of the plan, spending
 * less no fault of it. Channels that the plan does not name count on neither side, those without a curve as much on both.
 * Laws: spending exactly the split before gains 0 in every draw; as many units of money, as many times the gain.
 */
export function realisedGain(split: readonly DailySplit[], spent: Spent, days: number, curves: Curves): Gain {
  const really = split.map(({ channel }) => (spent.get(channel) ?? 0) / days);
  const factor = moneyFactor(split, really);
  const gainBy = (curveOf: (of: Pick<FittedChannel, "curve" | "draws">) => Curve) =>
    days *
    sum(
      split.map(({ channel, before }, i) => {
        const fitted = curves.get(channel);
        if (fitted === undefined) return 0;
        const curve = curveOf(fitted);
        return revenueAt(curve, really[i]!) - revenueAt(curve, factor * before);
      }),
    );
  const gain = gainBy(({ curve }) => curve);
  const fitted = split.flatMap(({ channel }) => curves.get(channel) ?? []);
  const draws = Math.min(...fitted.map((each) => each.draws.length));
  if (!Number.isFinite(draws) || draws === 0) return { gain, low: gain, high: gain };
  const gains = Array.from({ length: draws }, (_, draw) => gainBy((each) => each.draws[draw]!));
  return { gain, low: Math.min(gain, quantile(gains, TAIL)), high: Math.max(gain, quantile(gains, 1 - TAIL)) };
}

/** Money really spent, for a unit of what the plan was to spend. */
function moneyFactor(split: readonly DailySplit[], really: readonly number[]): number {
  const planned = sum(split.map(({ decided }) => decided));
  return planned > 0 ? sum(really) / planned : 0;
}

/**
 * Whether the spend of a week followed a plan: in all, channels are nearer to what was decided than to what was before. A plan that
 * moves nothing is followed by whoever does nothing.
 */
export function isFollowed(split: readonly DailySplit[], spent: Spent, days: number): boolean {
  const really = split.map(({ channel }) => (spent.get(channel) ?? 0) / days);
  const factor = moneyFactor(split, really);
  if (factor === 0) return false;
  const distance = (target: (row: DailySplit) => number) =>
    sum(split.map((row, i) => Math.abs(really[i]! - factor * target(row))));
  const moved = sum(split.map(({ before, decided }) => Math.abs(decided - before)));
  return moved === 0 || distance(({ decided }) => decided) < distance(({ before }) => before);
}

/** What a decision on a channel gains over the recommendation, by the curve; null where there is none. */
export function gainOfDecision({ channel, recommended, decided }: DailySplit, days: number, curves: Curves) {
  const fitted = curves.get(channel);
  if (fitted === undefined) return null;
  return days * (revenueAt(fitted.curve, decided) - revenueAt(fitted.curve, recommended));
}

/**
 * What can be claimed of many weeks. Errors of a curve are the same in all weeks, so that the low ends of the weeks may come true
 * together: their sum is the low end of the sum in that worst case, and below it in every other. Weeks of loss count whole.
 */
export function earnedOf(weeks: readonly Pick<RebalancingWeek, "realised">[]) {
  const known = weeks.flatMap(({ realised }) => realised ?? []);
  return {
    conservative: sum(known.map(({ low }) => low)),
    middle: sum(known.map(({ gain }) => gain)),
    weeks: known.length,
  };
}
