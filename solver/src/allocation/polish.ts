import { curveCurvature, curveValue } from "../response/curve-families.ts";
import { bestSpend, type Multipliers, returnAt, rowAt, signedUnitPrices } from "./certificate.ts";
import type { Programme } from "./programme.ts";
import { solveSymmetric } from "./solve-symmetric.ts";
import { findPartialSales, findSprings, type PartialSale, type Spring, STIFFNESS } from "./springs.ts";

const MOST_STEPS = 60;
const MOST_HALVINGS = 50;
/** Breach of a limit, relative to the limit, below which only rounding is left. */
const SETTLED = 1e-14;
/** Prices and what answers them. */
export interface PricedPlan {
  readonly prices: Multipliers;
  readonly spend: Float64Array;
  /** Null where nothing is known of it yet */
  readonly sold: Float64Array | null;
}

/**
 * Newton's method on the dual: finds the prices at which the plan that maximises the Lagrangian keeps every limit
 * (the KKT conditions), from prices near them. The dual is convex and, for strictly concave curves, smooth between kinks,
 * so a few damped steps give all digits.
 * A straight stretch of curve (p = 1, no effect at all, saturated) answers a price with all or nothing. There the plan of
 * the linear programme is held by a spring (Rockafellar 1976, proximal point): its ends of stretches are right already, and
 * repeating from the answer removes what the spring distorts. The same goes for a channel that sells a part of its response.
 * Nothing here is trusted: the caller judges prices and plan by the certificate.
 * @param programme scaled
 * @param ceiling as in dualBound
 * @param held whether channels that answer by jumps are held by springs; nearly straight ones settle better without
 */
export function polishPlan(programme: Programme, ceiling: Float64Array, start: PricedPlan, held: boolean): PricedPlan {
  const { rows, returns, stocks, curves } = programme;
  const dual: Dual = {
    programme,
    ceiling,
    springs: held ? findSprings(programme, ceiling, start.spend) : curves.map(() => null),
    sales: held ? findPartialSales(programme, start.spend, start.sold) : curves.map(() => null),
    senses: [
      ...rows.map(({ sense }) => sense),
      ...returns.map(() => "<=" as const),
      ...stocks.map(() => "<=" as const),
    ],
  };
  const { prices } = start;
  let here = evaluate(
    dual,
    clampToSigns(dual.senses, Float64Array.of(...prices.rows, ...prices.returns, ...prices.stocks)),
  );
  for (let step = 0; step < MOST_STEPS; step++) {
    const free = freePrices(dual, here);
    if (worstBreach(here, free) <= SETTLED) break;
    const next = searchLine(dual, here, free, newtonDirection(dual, here, free));
    if (next === null) break;
    here = next;
  }
  return { prices: asMultipliers(programme, here.prices), spend: here.spend, sold: here.sold };
}

/** Whether the plan has channels that answer a price by a jump, where polishing again from the answer may still help. */
export function answersByJumps(programme: Programme, ceiling: Float64Array, { spend, sold }: PricedPlan): boolean {
  const isHeld = (one: unknown) => one !== null;
  return findSprings(programme, ceiling, spend).some(isHeld) || findPartialSales(programme, spend, sold).some(isHeld);
}

interface Dual {
  readonly programme: Programme;
  readonly ceiling: Float64Array;
  readonly springs: readonly (Spring | null)[];
  readonly sales: readonly (PartialSale | null)[];
  readonly senses: readonly Sense[];
}

type Sense = "<=" | ">=" | "=";

/** A point of the dual. Prices: one a row, then one a return, then one a stock. `slack` is the gradient of the bound in them. */
interface DualPoint {
  readonly prices: Float64Array;
  readonly weight: Float64Array;
  readonly cost: Float64Array;
  readonly bound: number;
  readonly spend: Float64Array;
  readonly sold: Float64Array;
  readonly slack: Float64Array;
  /** What a breach of each limit is measured by */
  readonly size: Float64Array;
}

function asMultipliers({ rows, returns }: Programme, prices: Float64Array): Multipliers {
  const stocksFrom = rows.length + returns.length;
  return {
    rows: prices.subarray(0, rows.length),
    returns: prices.subarray(rows.length, stocksFrom),
    stocks: prices.subarray(stocksFrom),
  };
}

function evaluate(dual: Dual, prices: Float64Array): DualPoint {
  const { programme } = dual;
  const { rows, returns, curves } = programme;
  const unit = signedUnitPrices(programme, asMultipliers(programme, prices));
  const spend = new Float64Array(curves.length);
  const sold = new Float64Array(curves.length);
  let bound = 0;
  for (const i of curves.keys()) {
    const answer = answerOf(dual, i, unit.weight[i]!, unit.cost[i]!);
    spend[i] = answer.spend;
    sold[i] = answer.sold;
    bound += answer.worth;
  }
  const { slack, size } = slacks(programme, spend, sold);
  for (const [at, price] of prices.entries()) {
    const isReturn = at >= rows.length && at < rows.length + returns.length;
    bound += price * limitValue(programme, at) * (isReturn ? -1 : 1);
  }
  return { prices, ...unit, bound, spend, sold, slack, size };
}

/** What a channel does at these prices, and what that is worth to the Lagrangian. */
function answerOf({ programme, ceiling, springs, sales }: Dual, i: number, weight: number, cost: number) {
  const curve = programme.curves[i]!;
  const sale = sales[i] ?? null;
  if (sale !== null) {
    const sold = Math.min(sale.response, Math.max(0, sale.sold + weight / STIFFNESS));
    const worth = weight * sold - cost * sale.spend - (STIFFNESS / 2) * (sold - sale.sold) ** 2;
    return { spend: sale.spend, sold, worth };
  }
  const price = Math.max(0, weight);
  const spring = springs[i] ?? null;
  const wanted =
    spring === null ? bestSpend(curve, price, cost) : spring.at + (price * spring.slope - cost) / STIFFNESS;
  const spend = Math.min(ceiling[i]!, Math.max(programme.lower[i]!, wanted));
  const response = spring === null ? curveValue(curve, spend) : spring.value + spring.slope * (spend - spring.at);
  const pull = spring === null ? 0 : (STIFFNESS / 2) * (spend - spring.at) ** 2;
  return { spend, sold: price > 0 ? response : 0, worth: price * response - cost * spend - pull };
}

function limitValue({ rows, returns, stocks }: Programme, at: number): number {
  return (rows[at] ?? returns[at - rows.length] ?? stocks[at - rows.length - returns.length])!.value;
}

/** Each limit against its own size: a group of 1 % of the budget has to be as exact as the budget. */
function slacks({ rows, returns, stocks }: Programme, spend: Float64Array, sold: Float64Array) {
  const slack: number[] = [];
  const size: number[] = [];
  for (const row of rows) {
    const at = rowAt(row, spend);
    slack.push(row.value - at.sum);
    size.push(at.size > 0 ? at.size : 1);
  }
  for (const row of returns) {
    const at = returnAt(row, spend, sold);
    slack.push(at.gained - at.asked);
    size.push(at.size > 0 ? at.size : 1);
  }
  for (const { use, value } of stocks) {
    slack.push(use.reduce((left, one, i) => left - one * sold[i]!, value));
    size.push(value > 0 ? value : 1);
  }
  return { slack: Float64Array.from(slack), size: Float64Array.from(size) };
}

function freePrices({ senses }: Dual, { prices, slack }: DualPoint): number[] {
  return senses.flatMap((sense, r) => (isFree(sense, prices[r]!, slack[r]!) ? [r] : []));
}

/** Whether a price may move: it is off its zero, or moving off zero lowers the bound. */
function isFree(sense: Sense, price: number, slack: number): boolean {
  return sense === "=" || price !== 0 || (sense === "<=" ? slack < 0 : slack > 0);
}

function clampToSigns(senses: readonly Sense[], prices: Float64Array): Float64Array {
  return prices.map((price, r) => {
    const sense = senses[r]!;
    if (sense === "=") return price;
    return sense === "<=" ? Math.max(0, price) : Math.min(0, price);
  });
}

function worstBreach({ slack, size }: DualPoint, free: readonly number[]): number {
  let most = 0;
  for (const r of free) most = Math.max(most, Math.abs(slack[r]!) / size[r]!);
  return most;
}

/** How a limit's price moves what one unit of a channel's response is worth. */
function worthOf({ rows, returns, stocks }: Programme, at: number, i: number): number {
  if (at < rows.length) return 0;
  const one = returns[at - rows.length];
  return one === undefined ? -stocks[at - rows.length - returns.length]!.use[i]! : one.gain[i]!;
}

/** How a limit's price moves the balance cost - f'(x) * weight of a channel: its answer to the price, but for the curvature. */
function pullOf({ rows, returns, stocks }: Programme, at: number, i: number, slope: number): number {
  const row = rows[at];
  if (row !== undefined) {
    const t = row.members.indexOf(i);
    return t < 0 ? 0 : row.coefficients[t]!;
  }
  const one = returns[at - rows.length];
  if (one !== undefined) return one.cost[i]! - one.gain[i]! * slope;
  return stocks[at - rows.length - returns.length]!.use[i]! * slope;
}

/** How far a channel moves with each price; null where it stays at an end. */
function softAnswer({ programme, ceiling, springs, sales }: Dual, here: DualPoint, free: readonly number[], i: number) {
  const sale = sales[i] ?? null;
  if (sale !== null) {
    const isFree = here.sold[i]! > 0 && here.sold[i]! < sale.response;
    return isFree ? { softness: 1 / STIFFNESS, pulls: free.map((at) => worthOf(programme, at, i)) } : null;
  }
  const x = here.spend[i]!;
  const weight = here.weight[i]!;
  if (x <= programme.lower[i]! || x >= ceiling[i]! || !(weight > 0)) return null;
  const spring = springs[i] ?? null;
  const softness = spring === null ? -1 / (curveCurvature(programme.curves[i]!, x) * weight) : 1 / STIFFNESS;
  if (!Number.isFinite(softness)) return null;
  const slope = spring === null ? here.cost[i]! / weight : spring.slope;
  return { softness, pulls: free.map((at) => pullOf(programme, at, i, slope)) };
}

function newtonDirection(dual: Dual, here: DualPoint, free: readonly number[]): Float64Array {
  const { curves } = dual.programme;
  const size = free.length;
  // Hessian, size x size: channels strictly between their bounds answer a price change by 1 / curvature
  const hessian = new Float64Array(size * size);
  for (const i of curves.keys()) {
    const answer = softAnswer(dual, here, free, i);
    if (answer === null) continue;
    const { softness, pulls } = answer;
    for (let a = 0; a < size; a++)
      if (pulls[a] !== 0) for (let b = 0; b < size; b++) hessian[a * size + b]! += softness * pulls[a]! * pulls[b]!;
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
  const breach = worstBreach(here, free);
  const rounding = 1e-14 * (1 + Math.abs(here.bound));
  for (let halving = 0, length = 1; halving < MOST_HALVINGS; halving++, length /= 2) {
    const tried = here.prices.map((price, r) => price + length * direction[r]!);
    const next = evaluate(dual, clampToSigns(dual.senses, tried));
    const promised = next.prices.reduce((sum, price, r) => sum + here.slack[r]! * (price - here.prices[r]!), 0);
    if (promised < -rounding && next.bound <= here.bound + 1e-4 * promised) return next;
    if (next.bound <= here.bound + rounding && worstBreach(next, freePrices(dual, next)) < 0.9 * breach) return next;
  }
  return null;
}
