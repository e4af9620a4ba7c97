import { curveCurvature, curveSlope, curveValue } from "../../response/curve-families.ts";
import { type Multipliers, unitPrices } from "../certificate.ts";
import type { Programme } from "../programme.ts";
import type { Box } from "./space.ts";
import type { Task } from "./task.ts";

export interface Settled {
  readonly spend: Float64Array;
  readonly prices: Multipliers;
}

const MOST_STEPS = 30;
/** A channel this near to an end of its box, in scaled spend, sits on it. */
const AT_END = 1e-9;
/** A limit with a price above this, in scaled units, is one that the plan stands on. */
const PRICED = 1e-9;
/** What is left of the conditions when only rounding is left. */
const SETTLED = 1e-13;

/**
 * Sharpens a plan to all digits: Newton's method on the conditions of Karush, Kuhn and Tucker with the channels on ends and
 * steps held and the priced limits exactly met. It needs no concavity: a channel may stand in its convex part where a limit
 * pins it. Nothing here is trusted: the caller checks the plan and takes the bound at the prices.
 * @param near a plan close to the answer, and its prices
 * @returns null where the conditions have no answer near by
 */
export function settle(task: Task, boxes: readonly Box[], near: Settled): Settled | null {
  const held = boxes.map((box, i) => endOf(task, box, i, near.spend[i]!));
  for (let round = 0; round <= boxes.length; round++) {
    const solved = solveConditions(task, held, near);
    if (solved === null) return null;
    const out = boxes.findIndex(
      ({ low, high }, i) => held[i] === null && (solved.spend[i]! < low || solved.spend[i]! > high),
    );
    if (out < 0) return solved;
    held[out] = solved.spend[out]! < boxes[out]!.low ? boxes[out]!.low : boxes[out]!.high;
  }
  return null;
}

function endOf({ spaces }: Task, { off, low, high }: Box, i: number, x: number): number | null {
  if (off && Math.abs(x) <= AT_END) return 0;
  const { step } = spaces[i]!;
  if (step !== null) return Math.round(x / step) * step;
  if (Math.abs(x - low) <= AT_END) return low;
  return Math.abs(x - high) <= AT_END ? high : null;
}

/** Positions in the system: first the channels that are free, then the limits that are exactly met. */
interface System {
  readonly free: readonly number[];
  readonly rows: readonly number[];
  readonly returns: readonly number[];
}

function solveConditions(task: Task, held: readonly (number | null)[], near: Settled): Settled | null {
  const { programme } = task;
  const free = held.flatMap((at, i) => (at === null ? [i] : []));
  const touches = (members: readonly number[]) => members.some((i) => held[i] === null);
  const system: System = {
    free,
    rows: programme.rows.flatMap(({ sense, members }, r) =>
      touches(members) && (sense === "=" || Math.abs(near.prices.rows[r]!) > PRICED) ? [r] : [],
    ),
    returns: programme.returns.flatMap(({ gain, cost }, k) =>
      near.prices.returns[k]! > PRICED && free.some((i) => gain[i] !== 0 || cost[i] !== 0) ? [k] : [],
    ),
  };
  // Stocks share out what is sold, which these conditions do not speak of
  if (free.length === 0 || near.prices.stocks.some((price) => price > PRICED)) return null;
  const size = free.length + system.rows.length + system.returns.length;
  let here = start(programme, system, held, near);
  let best = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { matrix, left, most } = linearise(programme, system, here);
    if (!Number.isFinite(most)) return null;
    if (most <= SETTLED || (step > 3 && most >= best / 2 && best < 1e-11)) return here;
    best = Math.min(best, most);
    const move = solveLinear(matrix, left, size);
    if (move === null) return null;
    here = moved(system, here, move);
    if (free.some((i) => !(here.spend[i]! > 0))) return null;
  }
  return null;
}

function start(
  programme: Programme,
  { rows, returns }: System,
  held: readonly (number | null)[],
  near: Settled,
): Settled {
  const only = (prices: Float64Array, priced: readonly number[]) =>
    prices.map((price, at) => (priced.includes(at) ? price : 0));
  return {
    spend: near.spend.map((x, i) => held[i] ?? x),
    prices: {
      rows: only(near.prices.rows, rows),
      returns: only(near.prices.returns, returns),
      stocks: new Float64Array(programme.stocks.length),
    },
  };
}

/** The conditions at a plan: what is left of each, and how it changes with the free spends and the prices. */
function linearise(programme: Programme, { free, rows, returns }: System, { spend, prices }: Settled) {
  const size = free.length + rows.length + returns.length;
  const matrix = new Float64Array(size * size);
  const left = new Float64Array(size);
  const { weight, cost } = unitPrices(programme, prices);
  const slopes = free.map((i) => curveSlope(programme.curves[i]!, spend[i]!));
  const couple = (a: number, b: number, by: number) => {
    matrix[a * size + b] = by;
    matrix[b * size + a] = by;
  };
  for (const [a, i] of free.entries()) {
    left[a] = cost[i]! - weight[i]! * slopes[a]!;
    matrix[a * size + a] = weight[i]! * curveCurvature(programme.curves[i]!, spend[i]!);
  }
  for (const [t, r] of rows.entries()) {
    const { members, coefficients, value } = programme.rows[r]!;
    const b = free.length + t;
    left[b] = members.reduce((sum, i, m) => sum + coefficients[m]! * spend[i]!, 0) - value;
    for (const [m, i] of members.entries()) if (free.includes(i)) couple(free.indexOf(i), b, -coefficients[m]!);
  }
  for (const [t, k] of returns.entries()) {
    const { gain, cost: asked, value } = programme.returns[k]!;
    const b = free.length + rows.length + t;
    left[b] = value;
    for (const [i, x] of spend.entries()) left[b]! += asked[i]! * x - gain[i]! * curveValue(programme.curves[i]!, x);
    for (const [a, i] of free.entries()) couple(a, b, gain[i]! * slopes[a]! - asked[i]!);
  }
  return { matrix, left, most: left.reduce((most, one) => Math.max(most, Math.abs(one)), 0) };
}

function moved({ free, rows, returns }: System, here: Settled, move: Float64Array): Settled {
  const spend = Float64Array.from(here.spend);
  const [rowPrices, returnPrices] = [Float64Array.from(here.prices.rows), Float64Array.from(here.prices.returns)];
  for (const [a, i] of free.entries()) spend[i]! += move[a]!;
  for (const [t, r] of rows.entries()) rowPrices[r]! += move[free.length + t]!;
  for (const [t, k] of returns.entries()) returnPrices[k]! += move[free.length + rows.length + t]!;
  return { spend, prices: { ...here.prices, rows: rowPrices, returns: returnPrices } };
}

/** Gauss with row pivots; null for a system that leaves a direction open. */
function solveLinear(matrix: Float64Array, right: Float64Array, size: number): Float64Array | null {
  const a = Float64Array.from(matrix);
  const x = Float64Array.from(right);
  for (let j = 0; j < size; j++) {
    let pivot = j;
    for (let i = j + 1; i < size; i++) if (Math.abs(a[i * size + j]!) > Math.abs(a[pivot * size + j]!)) pivot = i;
    if (!(Math.abs(a[pivot * size + j]!) > 1e-13)) return null;
    if (pivot !== j) {
      for (let k = 0; k < size; k++) [a[j * size + k], a[pivot * size + k]] = [a[pivot * size + k]!, a[j * size + k]!];
      [x[j], x[pivot]] = [x[pivot]!, x[j]!];
    }
    for (let i = j + 1; i < size; i++) {
      const factor = a[i * size + j]! / a[j * size + j]!;
      if (factor === 0) continue;
      for (let k = j; k < size; k++) a[i * size + k]! -= factor * a[j * size + k]!;
      x[i]! -= factor * x[j]!;
    }
  }
  for (let j = size - 1; j >= 0; j--) {
    for (let k = j + 1; k < size; k++) x[j]! -= a[j * size + k]! * x[k]!;
    x[j]! /= a[j * size + j]!;
  }
  return x;
}
