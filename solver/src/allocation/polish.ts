import { curveCurvature, curveSlope, curveValue, inverseSlope } from "../response/curve-families.ts";
import { type Multipliers, unitCosts } from "./certificate.ts";
import type { Programme } from "./programme.ts";

const MOST_STEPS = 60;
const MOST_HALVINGS = 50;
/** Breach of a limit, relative to the limit, below which only rounding is left. */
const SETTLED = 1e-14;
/** Slopes (in scaled units) that differ by less than this from half to twice the spend make a stretch of curve straight. */
const STRAIGHT = 1e-9;
/** How stiffly a straight stretch is held where it was: scaled slope a scaled unit of spend. */
const STIFFNESS = 1e-3;

/** Prices and the plan that answers them. */
export interface PricedPlan {
  readonly prices: Multipliers;
  readonly spend: Float64Array;
}

/**
 * Newton's method on the dual: finds the prices at which the plan that maximises the Lagrangian keeps every limit
 * (the KKT conditions), from prices near them. The dual is convex and, for strictly concave curves, smooth between kinks,
 * so a few damped steps give all digits.
 * A straight stretch of curve (p = 1, no effect at all, saturated) answers a price with all or nothing. There the plan of
 * the linear programme is held by a spring (Rockafellar 1976, proximal point): its ends of stretches are right already, and
 * repeating from the answer removes what the spring distorts.
 * Nothing here is trusted: the caller judges prices and plan by the certificate.
 * @param programme scaled
 * @param ceiling as in dualBound
 * @param held whether channels on straight stretches are held by springs; nearly straight ones settle better without
 */
export function polishPlan(programme: Programme, ceiling: Float64Array, start: PricedPlan, held: boolean): PricedPlan {
  const senses = [...programme.rows.map((row) => row.sense), programme.roasFloor > 0 ? "<=" : "none"] as const;
  const springs = held ? findSprings(programme, ceiling, start.spend) : programme.curves.map(() => null);
  const dual: Dual = { programme, ceiling, springs, senses };
  let here = evaluate(dual, clampToSigns(senses, Float64Array.of(...start.prices.rows, start.prices.roas)));
  for (let step = 0; step < MOST_STEPS; step++) {
    const free = freePrices(dual, here);
    if (worstBreach(dual, here, free) <= SETTLED) break;
    const next = searchLine(dual, here, free, newtonDirection(dual, here, free));
    if (next === null) break;
    here = next;
  }
  return { prices: asMultipliers(here.prices), spend: here.spend };
}

/** Whether the plan stands on a straight stretch, where polishing again from the answer may still help. */
export function hasStraightStretch(programme: Programme, ceiling: Float64Array, spend: Float64Array): boolean {
  return findSprings(programme, ceiling, spend).some((spring) => spring !== null);
}

/** A channel on a straight stretch: its value there is read off the tangent at `at`, less the pull back to it. */
interface Spring {
  readonly at: number;
  readonly value: number;
  readonly slope: number;
}

function findSprings(programme: Programme, ceiling: Float64Array, spend: Float64Array): (Spring | null)[] {
  return programme.curves.map((curve, i) => {
    const at = spend[i]!;
    const bend =
      curveSlope(curve, Math.max(programme.lower[i]!, at / 2)) - curveSlope(curve, Math.min(ceiling[i]!, 2 * at));
    return bend <= STRAIGHT ? { at, value: curveValue(curve, at), slope: curveSlope(curve, at) } : null;
  });
}

interface Dual {
  readonly programme: Programme;
  readonly ceiling: Float64Array;
  readonly springs: readonly (Spring | null)[];
  readonly senses: readonly Sense[];
}

type Sense = "<=" | ">=" | "=" | "none";

/** A point of the dual. Prices: one a row, then the ROAS floor's. `slack` is the gradient of the bound in them. */
interface DualPoint {
  readonly prices: Float64Array;
  readonly bound: number;
  readonly spend: Float64Array;
  readonly slack: Float64Array;
}

function asMultipliers(prices: Float64Array): Multipliers {
  return { rows: prices.subarray(0, prices.length - 1), roas: prices[prices.length - 1]! };
}

function evaluate({ programme, ceiling, springs }: Dual, prices: Float64Array): DualPoint {
  const { curves, rows, lower, responseWeight, roasFloor } = programme;
  const multipliers = asMultipliers(prices);
  const weight = responseWeight + multipliers.roas;
  const costs = unitCosts(programme, multipliers);
  const spend = new Float64Array(curves.length);
  const slack = new Float64Array(prices.length);
  let bound = 0;
  for (const [i, curve] of curves.entries()) {
    const spring = springs[i] ?? null;
    const cost = costs[i]!;
    const wanted =
      spring === null ? inverseSlope(curve, cost / weight) : spring.at + (weight * spring.slope - cost) / STIFFNESS;
    const x = Math.min(ceiling[i]!, Math.max(lower[i]!, wanted));
    const response = spring === null ? curveValue(curve, x) : spring.value + spring.slope * (x - spring.at);
    spend[i] = x;
    bound += weight * response - cost * x - (spring === null ? 0 : (STIFFNESS / 2) * (x - spring.at) ** 2);
    slack[rows.length]! += response - roasFloor * x;
  }
  for (const [r, row] of rows.entries()) {
    bound += prices[r]! * row.value;
    slack[r] = row.value;
    for (const i of row.members) slack[r]! -= spend[i]!;
  }
  return { prices, bound, spend, slack };
}

function freePrices({ senses }: Dual, { prices, slack }: DualPoint): number[] {
  return senses.flatMap((sense, r) => (isFree(sense, prices[r]!, slack[r]!) ? [r] : []));
}

/** Whether a price may move: it is off its zero, or moving off zero lowers the bound. */
function isFree(sense: Sense, price: number, slack: number): boolean {
  if (sense === "none") return false;
  return sense === "=" || price !== 0 || (sense === "<=" ? slack < 0 : slack > 0);
}

function clampToSigns(senses: readonly Sense[], prices: Float64Array): Float64Array {
  return prices.map((price, r) => {
    const sense = senses[r]!;
    if (sense === "=") return price;
    return sense === "<=" ? Math.max(0, price) : sense === ">=" ? Math.min(0, price) : 0;
  });
}

/** Each limit against its own size: a group of 1 % of the budget has to be as exact as the budget. */
function worstBreach({ programme }: Dual, { slack }: DualPoint, free: readonly number[]): number {
  let most = 0;
  for (const r of free) {
    const size = programme.rows[r]?.value ?? 1;
    most = Math.max(most, Math.abs(slack[r]!) / (size > 0 ? size : 1));
  }
  return most;
}

function newtonDirection(
  { programme, ceiling, springs }: Dual,
  here: DualPoint,
  free: readonly number[],
): Float64Array {
  const { curves, rows, lower, responseWeight, roasFloor } = programme;
  const prices = asMultipliers(here.prices);
  const weight = responseWeight + prices.roas;
  const costs = unitCosts(programme, prices);
  const size = free.length;
  const position = new Map(free.map((r, at) => [r, at]));
  const rowsOf: number[][] = curves.map(() => []);
  for (const [r, row] of rows.entries()) {
    const at = position.get(r);
    if (at !== undefined) for (const i of row.members) rowsOf[i]!.push(at);
  }
  const roasAt = position.get(rows.length);

  // Hessian, size x size: channels strictly between their bounds answer a price change by 1 / curvature
  const hessian = new Float64Array(size * size);
  const answer = new Float64Array(size);
  for (const [i, curve] of curves.entries()) {
    const x = here.spend[i]!;
    if (x <= lower[i]! || x >= ceiling[i]!) continue;
    const spring = springs[i] ?? null;
    const softness = spring === null ? -1 / (curveCurvature(curve, x) * weight) : 1 / STIFFNESS;
    if (!Number.isFinite(softness)) continue;
    answer.fill(0);
    for (const at of rowsOf[i]!) answer[at] = 1;
    if (roasAt !== undefined) answer[roasAt] = roasFloor - (spring === null ? costs[i]! / weight : spring.slope);
    for (let a = 0; a < size; a++)
      if (answer[a] !== 0) for (let b = 0; b < size; b++) hessian[a * size + b]! += softness * answer[a]! * answer[b]!;
  }
  // A row whose members all sit on bounds has no curvature: move its price by about its own size and let the search decide
  for (const [at, r] of free.entries()) {
    const diagonal = hessian[at * size + at]!;
    const least = Math.abs(here.slack[r]!) / (1 + Math.abs(here.prices[r]!));
    hessian[at * size + at] = diagonal > 1e-9 * least ? diagonal * (1 + 1e-13) : Math.max(least, 1e-300);
  }
  const step = solveSymmetric(
    hessian,
    Float64Array.from(free, (r) => -here.slack[r]!),
  );
  const direction = new Float64Array(here.prices.length);
  for (const [at, r] of free.entries()) direction[r] = step[at]!;
  return direction;
}

/** Accepts the first of the steps 1, 1/2, 1/4, ... that lowers the bound enough, or the breach once rounding hides the bound. */
function searchLine(dual: Dual, here: DualPoint, free: readonly number[], direction: Float64Array): DualPoint | null {
  const breach = worstBreach(dual, here, free);
  const rounding = 1e-14 * (1 + Math.abs(here.bound));
  for (let halving = 0, length = 1; halving < MOST_HALVINGS; halving++, length /= 2) {
    const tried = here.prices.map((price, r) => price + length * direction[r]!);
    const next = evaluate(dual, clampToSigns(dual.senses, tried));
    const promised = next.prices.reduce((sum, price, r) => sum + here.slack[r]! * (price - here.prices[r]!), 0);
    if (promised < -rounding && next.bound <= here.bound + 1e-4 * promised) return next;
    if (next.bound <= here.bound + rounding && worstBreach(dual, next, freePrices(dual, next)) < 0.9 * breach)
      return next;
  }
  return null;
}

/** Solves a symmetric positive semidefinite system by Cholesky; directions without curvature get no step. */
function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const factor = Float64Array.from(matrix);
  const dead = new Uint8Array(n);
  for (let j = 0; j < n; j++) {
    let pivot = factor[j * n + j]!;
    for (let k = 0; k < j; k++) if (dead[k] === 0) pivot -= factor[j * n + k]! ** 2;
    if (!(pivot > 1e-13 * matrix[j * n + j]!)) {
      dead[j] = 1;
      continue;
    }
    const root = Math.sqrt(pivot);
    factor[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let entry = factor[i * n + j]!;
      for (let k = 0; k < j; k++) if (dead[k] === 0) entry -= factor[i * n + k]! * factor[j * n + k]!;
      factor[i * n + j] = entry / root;
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    if (dead[i] === 1) {
      x[i] = 0;
      continue;
    }
    for (let k = 0; k < i; k++) if (dead[k] === 0) x[i]! -= factor[i * n + k]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    if (dead[i] === 1) continue;
    for (let k = i + 1; k < n; k++) if (dead[k] === 0) x[i]! -= factor[k * n + i]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  return x;
}
