import { type Curve, curveValue, inverseSlope } from "../response/curve-families.ts";
import type { Programme, SpendRow } from "./programme.ts";

/**
 * The largest spend whose response is still `floor` times the spend or more. For a concave curve through (0, 0) the average
 * return falls with spend, so the spends that meet the floor are exactly [0, the answer].
 */
export function spendAtRoas(curve: Curve, floor: number): number {
  return largestSpend(curve, floor, 0);
}

/** The largest x with f(x) - r * x + surplus >= 0 for surplus >= 0, Infinity where there is none. */
function largestSpend(curve: Curve, r: number, surplus: number): number {
  if (r <= 0) return Number.POSITIVE_INFINITY;
  const keeps = (x: number) => curveValue(curve, x) - r * x + surplus >= 0;
  // From the top of the hump on, the left side falls: it crosses zero once
  let low = inverseSlope(curve, r);
  if (low === Number.POSITIVE_INFINITY) return low;
  // Only a straight line of slope r can meet the floor here without a hump or a surplus to burn
  if (low === 0 && surplus === 0) return keeps(1) ? Number.POSITIVE_INFINITY : 0;
  let high = Math.max(2 * low, (2 * surplus) / r);
  while (keeps(high)) {
    low = high;
    high *= 2;
    if (high === Number.POSITIVE_INFINITY) return high;
  }
  while (true) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return low;
    if (keeps(middle)) low = middle;
    else high = middle;
  }
}

/**
 * How far each channel could possibly go: its own bound tightened by the rows and the ROAS floor, and, where only the price of
 * spend stops it, the spend beyond which every unit loses. Some optimum lies within; Infinity where nothing stops a channel.
 */
export function reachOf(programme: Programme): Float64Array {
  const { curves, lower, upper, rows, roasFloor, responseWeight, spendCost } = programme;
  const reach = Float64Array.from(upper);
  for (const row of [...rows, ...remaindersOf(rows)]) {
    if (row.sense === ">=") continue;
    let floors = 0;
    for (const i of row.members) floors += lower[i]!;
    // Floors that use up the row to the last cent leave nothing, not 1e-12: a curve may be infinitely steep there
    const left = row.value - floors > 1e-12 * row.value ? row.value - floors : 0;
    for (const i of row.members) reach[i] = Math.min(reach[i]!, lower[i]! + left);
  }
  if (roasFloor > 0) {
    // What each channel can add at most to sum f - R * sum x; the sum of the others' is what one may burn
    const surplus = curves.map((curve, i) => {
      const x = Math.min(reach[i]!, Math.max(lower[i]!, inverseSlope(curve, roasFloor)));
      return x === Number.POSITIVE_INFINITY ? x : curveValue(curve, x) - roasFloor * x;
    });
    const total = surplus.reduce((sum, one) => sum + one, 0);
    if (Number.isFinite(total))
      curves.forEach((curve, i) => {
        const others = Math.max(0, total - surplus[i]!);
        reach[i] = Math.max(lower[i]!, Math.min(reach[i]!, largestSpend(curve, roasFloor, others)));
      });
  }
  if (spendCost > 0) {
    const lastWorth = roasFloor > 0 ? Math.min(spendCost / responseWeight, roasFloor) : spendCost / responseWeight;
    curves.forEach((curve, i) => {
      if (reach[i] !== Number.POSITIVE_INFINITY) return;
      let asked = lower[i]!;
      for (const row of rows) if (row.sense === ">=" && row.members.includes(i)) asked = Math.max(asked, row.value);
      reach[i] = Math.max(asked, inverseSlope(curve, lastWorth));
    });
  }
  return reach;
}

/** What a cap leaves for the members outside a group with a minimum: a row of its own that the two imply. */
function remaindersOf(rows: readonly SpendRow[]): SpendRow[] {
  return rows.flatMap((cap) =>
    rows.flatMap((floor) => {
      const implied = cap.sense !== ">=" && floor.sense === ">=" && floor.members.every((i) => cap.members.includes(i));
      if (!implied) return [];
      const members = cap.members.filter((i) => !floor.members.includes(i));
      return [{ limit: cap.limit, members, sense: "<=" as const, value: Math.max(0, cap.value - floor.value) }];
    }),
  );
}
