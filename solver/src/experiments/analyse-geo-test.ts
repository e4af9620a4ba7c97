import { ModelError } from "../model-error.ts";
import { liftInterval, liftTest, scaleAllDays } from "./block-permutation.ts";
import { choosePenalty } from "./choose-penalty.ts";
import { GEO_METHODS, type GeoMethod, type ScaledControls } from "./counterfactual.ts";
import { estimateLift } from "./estimate-lift.ts";
import { jackknifeMargin } from "./jackknife.ts";
import { FEWEST_DAYS_BEFORE, type GeoTest, type RegionPanel, type SplitPanel, splitPanel } from "./panel.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface GeoMethodResult {
  readonly method: GeoMethod;
  readonly lift: number;
  /** From permutations of blocks of time: the lifts that the figures do not refuse. */
  readonly liftInterval: Interval;
  readonly incremental: number;
  readonly incrementalInterval: Interval;
  /** That there is no effect. */
  readonly pValue: number;
  /** Half the width of the interval of the incremental total, as the standard error of a normal one that wide. */
  readonly standardError: number;
  /** Of the lift, by leaving out one region at a time; null with one test region. */
  readonly jackknifeInterval: Interval | null;
  readonly fitError: number;
  readonly counterfactual: Float64Array;
  readonly weights: readonly { readonly region: number; readonly weight: number }[];
}

/** The same method on as many days right before the test, when nothing was different: it should find nothing. */
export interface TimeBefore {
  readonly lift: number;
  readonly pValue: number;
}

export interface GeoTestResult {
  readonly level: number;
  readonly daysBefore: number;
  readonly treated: Float64Array;
  readonly methods: readonly GeoMethodResult[];
  /** Null where the time before is too short to pretend a test in it. */
  readonly timeBefore: TimeBefore | null;
}

/** Two-sided quantile of the normal distribution at 90 %. */
const NORMAL_90 = 1.6448536269514722;
export const GEO_LEVEL = 0.9;

/** As a lift is tested: sales of the test days were multiplied by 1 + lift. */
function incrementalAt({ treated, daysBefore, days }: SplitPanel, lift: number): number {
  let sold = 0;
  for (let day = daysBefore; day < days; day++) sold += treated[day]!;
  return (sold * lift) / (1 + lift);
}

function analyseBy(
  panel: RegionPanel,
  test: GeoTest,
  split: SplitPanel,
  allDays: ScaledControls,
  method: GeoMethod,
): GeoMethodResult {
  const penalty = method === "augmented-synthetic-control" ? choosePenalty(split) : 1;
  const { lift, incremental, weights, counterfactual, fitError } = estimateLift(split, method, penalty);
  if (!(lift > -1)) throw new ModelError("the test regions sold nothing during the test: there is no lift to work out");
  const permuted = liftTest(split, allDays, method, penalty);
  const interval = liftInterval(permuted, lift, GEO_LEVEL);
  const incrementalInterval = {
    low: Math.min(incremental, incrementalAt(split, interval.low)),
    high: Math.max(incremental, incrementalAt(split, interval.high)),
  };
  const margin = jackknifeMargin(panel, test, method, penalty);
  return {
    method,
    lift,
    liftInterval: interval,
    incremental,
    incrementalInterval,
    pValue: permuted.p(0),
    standardError: (incrementalInterval.high - incrementalInterval.low) / (2 * NORMAL_90),
    jackknifeInterval: margin === null ? null : { low: lift - margin, high: lift + margin },
    fitError,
    counterfactual,
    weights: split.controlRegions
      .map((region, i) => ({ region, weight: weights[i]! }))
      .filter(({ weight }) => Math.abs(weight) > 1e-4)
      .sort((a, b) => b.weight - a.weight),
  };
}

/** Pretends that the test was as long before it began, with synthetic control. */
export function checkTimeBefore(panel: RegionPanel, test: GeoTest): TimeBefore | null {
  const length = test.lastDay - test.firstDay + 1;
  const firstDay = test.firstDay - length;
  if (firstDay < FEWEST_DAYS_BEFORE) return null;
  const split = splitPanel(panel, { ...test, firstDay, lastDay: test.firstDay - 1 });
  const { lift } = estimateLift(split, "synthetic-control", 1);
  return { lift, pValue: liftTest(split, scaleAllDays(split), "synthetic-control", 1).p(0) };
}

/**
 * What a geo test brought, by each method, at 90 %.
 * Law: figures times a constant give the same lift and p-value, and incremental figures times the constant; the order and the names of
 * regions change nothing.
 * @throws ModelError when there is nothing to test, to compare with, or too little time before
 */
export function analyseGeoTest(panel: RegionPanel, test: GeoTest): GeoTestResult {
  const split = splitPanel(panel, test);
  const allDays = scaleAllDays(split);
  return {
    level: GEO_LEVEL,
    daysBefore: split.daysBefore,
    treated: split.treated,
    methods: GEO_METHODS.map((method) => analyseBy(panel, test, split, allDays, method)),
    timeBefore: checkTimeBefore(panel, test),
  };
}
