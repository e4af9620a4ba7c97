import {
  againstTarget,
  type GeoMethod,
  predict,
  type ScaledControls,
  scaleControls,
  weighingOf,
} from "./counterfactual.ts";
import type { SplitPanel } from "./panel.ts";

export interface LiftEstimate {
  /** By control, in the order of the split panel's controls. */
  readonly weights: Float64Array;
  /** What each day would have brought without the test, all days. */
  readonly counterfactual: Float64Array;
  /** During the test. */
  readonly incremental: number;
  /** Incremental over what it would have been. */
  readonly lift: number;
  /** Root of the mean squared gap before the test, over the mean of the test regions then. */
  readonly fitError: number;
}

/** Weights from the days before the test, and what they say of the days of the test. */
export function estimateLift(panel: SplitPanel, method: GeoMethod, penalty: number): LiftEstimate {
  return estimateAgainst(panel.treated, scaleControls(panel.controls, panel.days, panel.daysBefore), method, penalty);
}

/** The same against controls that are scaled already, on the days before the test. */
export function estimateAgainst(
  treated: Float64Array,
  controls: ScaledControls,
  method: GeoMethod,
  penalty: number,
): LiftEstimate {
  const { days, fitDays: daysBefore } = controls;
  let level = 0;
  for (let day = 0; day < daysBefore; day++) level += treated[day]! / daysBefore;
  const target = treated.map((value) => value / level);
  const weights = Float64Array.from(weighingOf(method, controls, penalty)(againstTarget(controls, target)));
  const counterfactual = predict(controls, weights).map((value) => value * level);
  let squares = 0;
  for (let day = 0; day < daysBefore; day++) squares += (treated[day]! - counterfactual[day]!) ** 2;
  let incremental = 0;
  let expected = 0;
  for (let day = daysBefore; day < days; day++) {
    incremental += treated[day]! - counterfactual[day]!;
    expected += counterfactual[day]!;
  }
  return {
    weights,
    counterfactual,
    incremental,
    lift: expected > 0 ? incremental / expected : 0,
    fitError: Math.sqrt(squares / daysBefore) / level,
  };
}
