import { meanOf } from "../../mean-of.ts";
import { curveValue, inverseSlope } from "../../response/curve-families.ts";
import { climb, type InteriorPoint } from "../interior/interior-point.ts";
import { reachOf } from "../reach.ts";
import { type DrawsPrices, reducedCostsOf, saddleBound } from "./bound.ts";
import { type DrawsProgramme, withoutSettled } from "./compile-draws.ts";
import { isOpen, saddleOf } from "./saddle.ts";
import { type DrawsScale, scaleDraws, scaleOfDraws } from "./scale-draws.ts";
import { meanOfWorst } from "./spread.ts";

/** A plan and how much it could be improved at most, in the units of the programme. Its limits are not checked here. */
export interface BoundedPlan {
  readonly spend: Float64Array;
  readonly prices: DrawsPrices;
  readonly value: number;
  /** No plan within the limits is worth more than this */
  readonly bound: number;
  /** Newton steps */
  readonly steps: number;
}

/** Room, relative to the money in the plan, below which a channel's spend is settled, and within which it is at a bound */
const ROUNDING = 1e-11;

/**
 * The plan at the saddle: best for the worlds as they are weighted, while the weights are the worst for the plan.
 * @returns null when a channel can spend without end
 */
export function maximiseDraws(draws: DrawsProgramme): BoundedPlan | null {
  const { programme } = draws;
  const reach = reachOfDraws(draws);
  if (reach.some((most) => most === Number.POSITIVE_INFINITY)) return null;
  const scale = scaleOfDraws(draws, reach);
  const free = [...reach.keys()].filter((i) => reach[i]! - programme.lower[i]! > ROUNDING * scale.money);
  const scaled = scaleDraws(withoutSettled(draws, free), scale);
  const most = Float64Array.from(free, (i) => reach[i]! / scale.money);
  const point = climb(saddleOf(scaled), startOf(scaled, most));

  const spend = Float64Array.from(programme.lower);
  for (const [t, i] of free.entries()) spend[i] = snapToBounds(draws, i, point.v[t]! * scale.money, scale.money);
  const prices = pricesOf(scaled, point, scale);
  priceSettledRows(draws, scaled, spend, prices);
  // Twice the reach never binds, so no price can hide in it; where spend is settled there is no further to go
  const ceiling = reach.map((one, i) => (free.includes(i) ? Math.min(programme.upper[i]!, 2 * one) : one));
  const bound = saddleBound(draws, ceiling, prices);
  return { spend, prices, value: worthOf(draws, spend), bound, steps: point.steps };
}

/** How far each channel could go: in some worlds it is worth spending on for longer than in their mean. */
function reachOfDraws({ programme, draws }: DrawsProgramme): Float64Array {
  const reach = reachOf({ ...programme, cost: new Float64Array(programme.cost.length) });
  return reach.map((most, i) => {
    if (most < Number.POSITIVE_INFINITY || !(programme.cost[i]! > 0)) return most;
    // A target may want more of a channel than it pays back
    if (programme.returns.some(({ gain, cost }) => gain[i]! > 0 && cost[i] === 0)) return most;
    const price = programme.cost[i]! / programme.worth[i]!;
    let asked = programme.lower[i]!;
    for (const { members, sense, value, coefficients } of programme.rows)
      if (sense === ">=" && members.includes(i)) asked = Math.max(asked, value / coefficients[members.indexOf(i)]!);
    for (const curve of draws[i]!) asked = Math.max(asked, inverseSlope(curve, price));
    return asked;
  });
}

function worthOf({ programme, draws, base, meanShare, tailShare, alpha }: DrawsProgramme, spend: Float64Array): number {
  const outcomes = Float64Array.from(base);
  let cost = 0;
  for (const [i, x] of spend.entries()) {
    cost += programme.cost[i]! * x;
    for (const [d, curve] of draws[i]!.entries()) outcomes[d]! += programme.worth[i]! * curveValue(curve, x);
  }
  return meanShare * meanOf(outcomes) + tailShare * meanOfWorst(outcomes, alpha) - cost;
}

/** Prices of the slacks, in the order of `saddleOf`, in the units of the programme that was asked. */
function pricesOf(scaled: DrawsProgramme, point: InteriorPoint, scale: DrawsScale): DrawsPrices {
  const { programme, count, meanShare, tailShare, alpha } = scaled;
  const bounded = programme.upper.reduce((sum, one) => sum + Number(one < Number.POSITIVE_INFINITY), 0);
  const worlds = programme.lower.length + bounded + count;
  let inequality = worlds + count;
  let equality = 0;
  const perMoney = scale.value / scale.money;
  const rows = Float64Array.from(programme.rows, (row) => {
    const { sense } = row;
    if (!isOpen(row)) return 0;
    if (sense === "=") return point.equalityPrices[equality++]! * perMoney;
    return (sense === ">=" ? -1 : 1) * withoutTraces(point.prices[inequality++]!) * perMoney;
  });
  const returns = Float64Array.from(
    programme.returns,
    () => withoutTraces(point.prices[inequality++]!) * (scale.value / scale.response),
  );
  const tail = tailWeights(point.prices.subarray(worlds, worlds + count), 1 / (alpha * count), tailShare);
  return { rows, returns, worlds: tail.map((weight) => meanShare / count + tailShare * weight) };
}

/** A cap that leaves its channels nothing to decide is worth what the first unit more would bring the best of them. */
function priceSettledRows(
  draws: DrawsProgramme,
  scaled: DrawsProgramme,
  spend: Float64Array,
  prices: DrawsPrices,
): void {
  for (const [r, { members, coefficients, sense }] of draws.programme.rows.entries()) {
    if (isOpen(scaled.programme.rows[r]!) || sense === ">=") continue;
    const reduced = reducedCostsOf(draws, spend, prices);
    const price = members.reduce((most, i, t) => Math.max(most, reduced[i]! / coefficients[t]!), 0);
    if (price < Number.POSITIVE_INFINITY) prices.rows[r] = price;
  }
}

/** Limits that do not bind keep a trace of a price, as all that comes from inside does. */
function withoutTraces(price: number): number {
  return price > 1e-12 ? price : 0;
}

/** The nearest weights that are allowed: at most `most` each, 1 together; rounding is shared by those with room. */
function tailWeights(prices: Float64Array, most: number, tailShare: number): Float64Array {
  let weights = prices.map((price) => Math.min(most, Math.max(0, price / tailShare)));
  for (let round = 0; round < 3; round++) {
    const missing = 1 - weights.reduce((sum, weight) => sum + weight, 0);
    const roomOf = (weight: number) => (missing > 0 ? most - weight : weight);
    const room = weights.reduce((sum, weight) => sum + roomOf(weight), 0);
    if (missing === 0 || !(room > 0)) break;
    const share = Math.min(1, Math.abs(missing) / room) * Math.sign(missing);
    weights = weights.map((weight) => weight + share * roomOf(weight));
  }
  return weights;
}

/** Inside every bound, each channel at a like share of its room, so that a total is about kept. */
function startOf({ programme, count, base, draws }: DrawsProgramme, most: Float64Array): Float64Array {
  const room = most.map((one, i) => one - programme.lower[i]!);
  const floors = programme.lower.reduce((sum, one) => sum + one, 0);
  const all = room.reduce((sum, one) => sum + one, 0);
  const share = Math.min(0.5, Math.max(0.02, (1 - floors) / all));
  const outcomes = Float64Array.from(base);
  const start = new Float64Array(most.length + 1 + count);
  for (const [i, one] of room.entries()) {
    start[i] = programme.lower[i]! + share * one;
    for (const [d, curve] of draws[i]!.entries()) outcomes[d]! += programme.worth[i]! * curveValue(curve, start[i]!);
  }
  const eta = meanOf(outcomes);
  start[most.length] = eta;
  for (const [d, outcome] of outcomes.entries()) start[most.length + 1 + d] = Math.max(0, eta - outcome) + 0.1;
  return start;
}

function snapToBounds({ programme }: DrawsProgramme, i: number, spend: number, money: number): number {
  if (spend - programme.lower[i]! <= ROUNDING * money) return programme.lower[i]!;
  return programme.upper[i]! - spend <= ROUNDING * money ? programme.upper[i]! : spend;
}
