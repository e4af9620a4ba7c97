import { type Curve, curveSlope, curveValue, inverseSlope } from "../response/curve-families.ts";
import type { ReturnRow, SpendRow } from "./compile-rows.ts";
import type { Programme } from "./programme.ts";

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
 * How far each channel could possibly go: its own bound tightened by the rows and the returns, and, where only the price of
 * spend stops it, the spend beyond which every unit loses. Some optimum lies within; Infinity where nothing stops a channel.
 */
export function reachOf(programme: Programme): Float64Array {
  const reach = Float64Array.from(programme.upper);
  tightenByRows(programme, reach);
  for (const row of programme.returns) tightenByReturn(programme, row, reach);
  stopWhereAllLoses(programme, reach);
  return reach;
}

function tightenByRows({ rows, lower }: Programme, reach: Float64Array): void {
  for (const row of [...rows, ...remaindersOf(rows)]) {
    if (row.sense === ">=") continue;
    // The least that the row's terms can add up to
    let least = 0;
    for (const [t, i] of row.members.entries())
      least += row.coefficients[t]! * (row.coefficients[t]! > 0 ? lower[i]! : reach[i]!);
    if (!Number.isFinite(least)) continue;
    // Floors that use up the row to the last cent leave nothing, not 1e-12: a curve may be infinitely steep there
    const left = row.value - least > 1e-12 * Math.abs(row.value) ? row.value - least : 0;
    for (const [t, i] of row.members.entries()) {
      const coefficient = row.coefficients[t]!;
      if (coefficient > 0) reach[i] = Math.min(reach[i]!, lower[i]! + left / coefficient);
    }
  }
}

/** What the other channels can add at most to a return is what one of them may burn. */
function tightenByReturn({ curves, lower }: Programme, { gain, cost, value }: ReturnRow, reach: Float64Array): void {
  const surplus = curves.map((curve, i) => {
    if (gain[i] === 0) return -cost[i]! * lower[i]!;
    const x = Math.min(reach[i]!, Math.max(lower[i]!, inverseSlope(curve, cost[i]! / gain[i]!)));
    return x === Number.POSITIVE_INFINITY ? x : gain[i]! * curveValue(curve, x) - cost[i]! * x;
  });
  const total = surplus.reduce((sum, one) => sum + one, 0) - value;
  if (!Number.isFinite(total)) return;
  curves.forEach((curve, i) => {
    if (!(cost[i]! > 0)) return;
    const others = Math.max(0, total - surplus[i]!);
    const most = gain[i]! > 0 ? largestSpend(curve, cost[i]! / gain[i]!, others / gain[i]!) : others / cost[i]!;
    reach[i] = Math.max(lower[i]!, Math.min(reach[i]!, most));
  });
}

/** Where further spend is worth less than it costs and harms every return, only a row that asks for spend can want it. */
function stopWhereAllLoses({ curves, lower, rows, returns, worth, cost }: Programme, reach: Float64Array): void {
  curves.forEach((curve, i) => {
    if (reach[i] !== Number.POSITIVE_INFINITY || !(cost[i]! > 0)) return;
    if (rows.some((row) => row.members.some((member, t) => member === i && row.coefficients[t]! < 0))) return;
    let lastWorth = worth[i]! > 0 ? cost[i]! / worth[i]! : Number.POSITIVE_INFINITY;
    for (const row of returns) if (row.gain[i]! > 0) lastWorth = Math.min(lastWorth, row.cost[i]! / row.gain[i]!);
    let asked = lower[i]!;
    for (const row of rows) {
      const at = row.sense === "<=" ? -1 : row.members.indexOf(i);
      if (at >= 0) asked = Math.max(asked, askedOf(row, at, reach));
    }
    reach[i] = Math.max(asked, inverseSlope(curve, lastWorth));
  });
}

/** The most that a row which asks for spend can want from one of its members. */
function askedOf({ members, coefficients, value }: SpendRow, at: number, reach: Float64Array): number {
  let asked = value;
  for (const [t, i] of members.entries()) if (coefficients[t]! < 0) asked -= coefficients[t]! * reach[i]!;
  return asked / coefficients[at]!;
}

/** What a cap leaves for the members outside a group with a minimum: a row of its own that the two imply. */
function remaindersOf(rows: readonly SpendRow[]): SpendRow[] {
  const plain = rows.filter(({ coefficients }) => coefficients.every((one) => one === 1));
  return plain.flatMap((cap) =>
    plain.flatMap((floor) => {
      const implied = cap.sense !== ">=" && floor.sense === ">=" && floor.members.every((i) => cap.members.includes(i));
      if (!implied) return [];
      const members = cap.members.filter((i) => !floor.members.includes(i));
      const value = Math.max(0, cap.value - floor.value);
      return [{ limit: cap.limit, members, coefficients: members.map(() => 1), sense: "<=" as const, value }];
    }),
  );
}

/**
 * A guess for channels that nothing stops but the wish to spend little: what rows ask of them, and how far they would go to
 * meet each return alone, all at one marginal return. Nothing is proved by it.
 */
export function guessReach(programme: Programme, reach: Float64Array): Float64Array {
  const guess = Float64Array.from(reach);
  const endless = programme.curves.flatMap((_, i) => (reach[i] === Number.POSITIVE_INFINITY ? [i] : []));
  for (const i of endless) {
    const asked = programme.rows.map(({ members, coefficients, value }) =>
      members.includes(i) ? Math.abs(value / coefficients[members.indexOf(i)]!) : 0,
    );
    guess[i] = 4 * Math.max(programme.lower[i]!, ...asked);
  }
  for (const row of programme.returns) {
    const spend = leastForReturn(programme, row, reach);
    for (const i of endless) if (Number.isFinite(spend[i]!)) guess[i] = Math.max(guess[i]!, 4 * spend[i]!);
  }
  return guess;
}

function leastForReturn({ curves, lower }: Programme, row: ReturnRow, reach: Float64Array): Float64Array {
  const { gain, cost, value } = row;
  const alone = curves.map((curve, i) => firstSpendFor(curve, value / gain[i]!));
  const spendAt = (marginal: number) =>
    Float64Array.from(curves, (curve, i) => {
      const wanted = gain[i]! > 0 ? inverseSlope(curve, (marginal + cost[i]!) / gain[i]!) : 0;
      return Math.min(reach[i]!, alone[i]!, Math.max(lower[i]!, wanted));
    });
  const met = (spend: Float64Array) =>
    curves.reduce((sum, curve, i) => sum + gain[i]! * curveValue(curve, spend[i]!) - cost[i]! * spend[i]!, 0) >= value;
  const steepest = curves.reduce((most, curve, i) => Math.max(most, gain[i]! * slopeNearZero(curve)), 0);
  if (!(steepest > 0)) return lower;
  let high = Math.log(steepest);
  let low = high - 100;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (met(spendAt(Math.exp(middle)))) low = middle;
    else high = middle;
  }
  return spendAt(Math.exp(low));
}

function slopeNearZero(curve: Curve): number {
  const slope = curveSlope(curve, 0);
  return slope < Number.POSITIVE_INFINITY ? slope : curveSlope(curve, 1e-6);
}

/** A spend whose response is at least `response`, within a factor of two of the least; Infinity where none is found. */
export function firstSpendFor(curve: Curve, response: number): number {
  let x = 1e-6;
  while (x < Number.POSITIVE_INFINITY && curveValue(curve, x) < response) x *= 2;
  return x;
}

/** The least upper bound of a curve's response. */
export function supremumOf(curve: Curve): number {
  switch (curve.type) {
    case "hill":
      return curve.beta;
    case "exp":
    case "logistic":
      return curve.a;
    case "log":
    case "power":
      return curve.a > 0 ? Number.POSITIVE_INFINITY : 0;
    case "mixture":
      return curve.parts.reduce((sum, { weight, curve }) => (weight > 0 ? sum + weight * supremumOf(curve) : sum), 0);
  }
}
