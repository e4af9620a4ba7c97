import { dropControls, type GeoMethod, scaleControls } from "./counterfactual.ts";
import { estimateAgainst } from "./estimate-lift.ts";
import { FEWEST_CONTROLS, type GeoTest, type RegionPanel, splitPanel } from "./panel.ts";

interface GroupSpread {
  readonly variance: number;
  readonly freedom: number;
}

/** The variance that leaving out one region of a group at a time speaks of. */
function groupSpread(estimates: readonly number[]): GroupSpread {
  const n = estimates.length;
  if (n < 2) return { variance: 0, freedom: 1 };
  const mean = estimates.reduce((sum, value) => sum + value, 0) / n;
  const variance = ((n - 1) / n) * estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { variance, freedom: n - 1 };
}

/** Student's quantile at 95 % by degrees of freedom; between them it is nearly straight in their inverse. */
const STUDENT_95 = [
  [1, 6.314],
  [2, 2.92],
  [3, 2.353],
  [4, 2.132],
  [6, 1.943],
  [10, 1.812],
  [30, 1.697],
  [Number.POSITIVE_INFINITY, 1.645],
] as const;

function studentQuantile(freedom: number): number {
  const above = STUDENT_95.findIndex(([known]) => known >= freedom);
  const [high, atHigh] = STUDENT_95[Math.max(1, above)]!;
  const [low, atLow] = STUDENT_95[Math.max(1, above) - 1]!;
  const share = (1 / Math.max(1, freedom) - 1 / high) / (1 / low - 1 / high);
  return atHigh + share * (atLow - atHigh);
}

/**
 * Half the width of a 90 % interval of the lift by leaving out one region at a time: how much the answer hangs on single regions. Null with
 * one test region, whose own luck no other region can speak of. The few test regions decide how many degrees of freedom there are.
 * Source: Satterthwaite 1946, for the degrees of freedom of a sum of two variances.
 */
export function jackknifeMargin(panel: RegionPanel, test: GeoTest, method: GeoMethod, penalty: number): number | null {
  const tested = test.testRegions.filter((region) => hasSales(panel, region, test));
  const { treated, controls: series, days, daysBefore } = splitPanel(panel, test);
  const all = scaleControls(series, days, daysBefore);
  if (tested.length < 2 || all.count <= FEWEST_CONTROLS) return null;
  const withoutControl = Array.from({ length: all.count }, (_, place) => {
    const others = dropControls(all, new Set([place]));
    return estimateAgainst(treated, others, method, penalty).lift;
  });
  const withoutTested = tested.map((region) => {
    const rest = treated.map((value, day) => value - panel.values[region * panel.days + day]!);
    return estimateAgainst(rest, all, method, penalty).lift;
  });
  const controls = groupSpread(withoutControl);
  const testedSpread = groupSpread(withoutTested);
  const variance = controls.variance + testedSpread.variance;
  if (variance === 0) return 0;
  const freedom =
    variance ** 2 / (controls.variance ** 2 / controls.freedom + testedSpread.variance ** 2 / testedSpread.freedom);
  return studentQuantile(freedom) * Math.sqrt(variance);
}

function hasSales({ days, values }: RegionPanel, region: number, { firstDay }: GeoTest): boolean {
  return values.subarray(region * days, region * days + firstDay).some((value) => value > 0);
}
