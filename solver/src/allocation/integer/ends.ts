import { type Curve, curveValue, isConcave } from "../../response/curve-families.ts";
import { bestSpend } from "../certificate.ts";
import type { ReturnRow, SpendRow } from "../compile-rows.ts";
import type { Programme } from "../programme.ts";
import { supremumOf } from "../reach.ts";
import { concaveStretches, fallTo } from "./best-spend.ts";
import { bendsOf } from "./space.ts";

/**
 * How far each channel could go in a plan that is worth at least `worthwhile`: what its own bound, the rows and the returns
 * leave, and where spend has a price, what the best of the others could pay for. Infinity where nothing stops it.
 * @param least the least that each channel spends, 0 where it may be off
 */
export function endsOf(programme: Programme, least: Float64Array, worthwhile: number): Float64Array {
  const ends = Float64Array.from(programme.upper);
  for (const row of programme.rows) if (row.sense !== ">=") tightenByRow(row, least, ends);
  for (const row of programme.returns) tightenBySurplus(programme.curves, row, row.value, ends);
  const { worth: gain, cost } = programme;
  if (Number.isFinite(worthwhile)) tightenBySurplus(programme.curves, { gain, cost }, worthwhile, ends);
  return ends.map((end, i) => Math.max(end, least[i]!));
}

function tightenByRow({ members, coefficients, value }: SpendRow, least: Float64Array, ends: Float64Array): void {
  let taken = 0;
  for (const [t, i] of members.entries()) taken += coefficients[t]! * (coefficients[t]! > 0 ? least[i]! : ends[i]!);
  if (!Number.isFinite(taken)) return;
  for (const [t, i] of members.entries())
    if (coefficients[t]! > 0) ends[i] = Math.min(ends[i]!, least[i]! + Math.max(0, value - taken) / coefficients[t]!);
}

/** What the other channels can add at most is what one of them may burn. */
function tightenBySurplus(
  curves: readonly Curve[],
  { gain, cost }: Pick<ReturnRow, "gain" | "cost">,
  asked: number,
  ends: Float64Array,
): void {
  const surplus = curves.map((curve, i) => mostSurplus(curve, gain[i]!, cost[i]!, ends[i]!));
  const total = surplus.reduce((sum, one) => sum + one, 0);
  if (!Number.isFinite(total)) return;
  for (const [i, curve] of curves.entries())
    if (cost[i]! > 0) ends[i] = Math.min(ends[i]!, lastAbove(curve, gain[i]!, cost[i]!, total - surplus[i]! - asked));
}

/** At least the most that gain * f(x) - cost * x can be: over no more than what could ever pay for itself. */
function mostSurplus(curve: Curve, gain: number, cost: number, end: number): number {
  if (gain === 0) return 0;
  const last = cost > 0 ? Math.min(end, lastAbove(curve, gain, cost, 0)) : end;
  return gain * (last === Number.POSITIVE_INFINITY ? supremumOf(curve) : curveValue(curve, last));
}

/** The spend above which gain * f(x) - cost * x + room is below 0 for good; Infinity where it never is. */
function lastAbove(curve: Curve, gain: number, cost: number, room: number): number {
  const left = (x: number) => gain * curveValue(curve, x) - cost * x + room;
  const tops = gain > 0 ? topsOf(curve, gain, cost) : [];
  if (tops.includes(Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  let low = Math.max(0, ...tops.filter((top) => left(top) >= 0));
  let high = Math.max(2 * low, room / cost, NOTHING);
  while (left(high) >= 0) {
    low = high;
    high *= 2;
    if (high === Number.POSITIVE_INFINITY) return high;
  }
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (left(middle) >= 0) low = middle;
    else high = middle;
  }
  return high > NOTHING ? high : 0;
}

/** Spends between two powers of two at which a curve that bends more than once is asked. */
const SAMPLES = 32;
/** Where numbers lose their digits; no spend is as small. */
const NOTHING = 1e-200;
const FIRST = -40;
const LAST = 80;

/** Where gain * f(x) - cost * x may be at its highest. */
function topsOf(curve: Curve, gain: number, cost: number): number[] {
  if (isConcave(curve)) return [bestSpend(curve, gain, cost)];
  if (curve.type === "hill")
    return concaveStretches(bendsOf(curve, 1)).map(({ from }) => fallTo(curve, cost / gain, from, from * 2 ** LAST));
  if (curve.type === "power") return [Number.POSITIVE_INFINITY];
  return Array.from({ length: (LAST - FIRST) * SAMPLES }, (_, at) => 2 ** (FIRST + at / SAMPLES));
}
