import {
  againstTarget,
  type GeoMethod,
  predict,
  type ScaledControls,
  scaleControls,
  weighingOf,
} from "./counterfactual.ts";
import type { SplitPanel } from "./panel.ts";

/**
 * Share of the shifts of the residuals, all of them round the end, whose test days add up to at least as much, of either sign, as they do
 * unshifted. Days stay beside their neighbours, so that noise which lasts for days counts as what it is.
 * Source: Chernozhukov, Wüthrich and Zhu 2021, "An exact and robust conformal inference method for counterfactual and synthetic controls".
 */
export function shiftPValue(residuals: Float64Array, testDays: number): number {
  const days = residuals.length;
  let sum = 0;
  for (let day = days - testDays; day < days; day++) sum += residuals[day]!;
  const observed = Math.abs(sum) * (1 - 1e-12);
  let asMuch = 0;
  for (let shift = 0; shift < days; shift++) {
    if (Math.abs(sum) >= observed) asMuch++;
    // The window of the next shift begins one day later.
    sum += residuals[shift]! - residuals[(days - testDays + shift) % days]!;
  }
  return asMuch / days;
}

/** Tests of one panel: `p(lift)` is how well the figures go with the test having multiplied sales by 1 + lift. */
export interface LiftTest {
  readonly p: (lift: number) => number;
  /** Of the sum over as many days as the test has, in units of what it would have been: how far chance alone goes. */
  readonly noise: (lift: number) => number;
}

/**
 * Weights are fitted under the lift that is tested, on the days of the test too: days before and during the test are then alike under it,
 * which is what makes the p-value right at any length of the time before.
 * @param controls scaled over all days of the panel
 */
export function liftTest(
  panel: Pick<SplitPanel, "days" | "daysBefore" | "treated">,
  controls: ScaledControls,
  method: GeoMethod,
  penalty: number,
): LiftTest {
  const { days, daysBefore, treated } = panel;
  const weigh = weighingOf(method, controls, penalty);
  const residualsAt = (lift: number): Float64Array => {
    const factor = 1 / (1 + lift);
    let sum = 0;
    for (let day = 0; day < days; day++) sum += treated[day]! * (day < daysBefore ? 1 : factor);
    const target = treated.map((value, day) => (value * (day < daysBefore ? 1 : factor) * days) / sum);
    const predicted = predict(controls, weigh(againstTarget(controls, target)));
    return target.map((value, day) => value - predicted[day]!);
  };
  const testDays = days - daysBefore;
  return {
    p: (lift) => shiftPValue(residualsAt(lift), testDays),
    noise: (lift) => spreadOfWindows(residualsAt(lift), testDays),
  };
}

/** Standard deviation of the mean of `length` days in a row, over all windows. */
export function spreadOfWindows(residuals: Float64Array, length: number): number {
  const days = residuals.length;
  let sum = 0;
  for (let day = 0; day < length; day++) sum += residuals[day % days]!;
  let squares = 0;
  for (let first = 0; first < days; first++) {
    squares += (sum / length) ** 2;
    sum += residuals[(first + length) % days]! - residuals[first]!;
  }
  return Math.sqrt(squares / days);
}

export function scaleAllDays({ controls, days }: SplitPanel): ScaledControls {
  return scaleControls(controls, days, days);
}

const LOWEST_LIFT = -0.98;
const HIGHEST_LIFT = 50;
const SCAN_STEPS = 400;
const REFINE_STEPS = 20;

/** The last lift, going one way from `from`, that is not refused at `alpha`. A few refusals on the way do not end the search. */
function farthest(p: (lift: number) => number, from: number, step: number, alpha: number): number {
  let inside = from;
  let refused = 0;
  for (let i = 1; i <= SCAN_STEPS && refused < 4; i++) {
    const lift = from + step * i;
    if (lift <= LOWEST_LIFT || lift >= HIGHEST_LIFT) break;
    if (p(lift) > alpha) {
      inside = lift;
      refused = 0;
    } else refused++;
  }
  let outside = Math.min(HIGHEST_LIFT, Math.max(LOWEST_LIFT, inside + step));
  for (let i = 0; i < REFINE_STEPS; i++) {
    const middle = (inside + outside) / 2;
    if (p(middle) > alpha) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** All lifts that the figures do not refuse at `1 - level`; it always holds the estimate. */
export function liftInterval(test: LiftTest, estimate: number, level: number): { low: number; high: number } {
  const alpha = 1 - level;
  const step = Math.max(test.noise(estimate) * (1 + estimate), 1e-6) / 3;
  return { low: farthest(test.p, estimate, -step, alpha), high: farthest(test.p, estimate, step, alpha) };
}
