import { type LinearOutcome, type LinearProgramme, type LinearRow, solveByEither } from "../../linear/index.ts";
import { curveValue } from "../../response/curve-families.ts";
import { type Multipliers, unitPrices } from "../certificate.ts";
import { bestChoice, type Choice } from "./best-spend.ts";
import type { Box } from "./space.ts";
import type { Task } from "./task.ts";

/** Spends at which each channel has been looked at, rising. */
export type Points = readonly (readonly number[])[];

export interface Relaxed {
  /** No plan inside the boxes is worth more; -Infinity where none is possible */
  readonly bound: number;
  readonly prices: Multipliers;
  /** The mean of the points that are mixed, by channel: keeps all limits on spend, but not always steps and gaps */
  readonly spend: Float64Array;
  /** Response of the mixture: more than the curve has at the mean where the hull lies above it */
  readonly mixed: Float64Array;
  readonly points: Points;
}

const MOST_ROUNDS = 60;
/** What a unit of a broken limit costs, in scaled units of value: beyond any price that a limit has. */
const PENALTY = 1e3;
/** Bound and mixture are one when they are this close. */
const CLOSED = 1e-12;
/** A bound this much nearer to its mixture than to what it has to fall below will not fall below it any more. */
const ENOUGH = 0.05;
/** Points that miss the best by more than this many times the distance left are not mixed any more. */
const NEAR = 4;
/** Before any plan is known, bounds are followed to this share of themselves times the above. */
const ROUGH = 0.1;

/** The bound at given prices: what every channel gains at its best, plus what the limits are worth (weak duality). */
export function boundAt(
  { programme, spaces }: Task,
  boxes: readonly Box[],
  prices: Multipliers,
): { bound: number; choices: Choice[] } {
  const { weight, cost } = unitPrices(programme, prices);
  const choices: Choice[] = [];
  let bound = 0;
  for (const [i, space] of spaces.entries()) {
    const choice = bestChoice(space, boxes[i]!, weight[i]!, cost[i]!);
    if (choice === null) return { bound: Number.NEGATIVE_INFINITY, choices: [] };
    choices.push(choice);
    bound += choice.gain;
  }
  for (const [r, { value }] of programme.rows.entries()) bound += prices.rows[r]! * value;
  for (const [k, { value }] of programme.returns.entries()) bound -= prices.returns[k]! * value;
  for (const [q, { value }] of programme.stocks.entries()) bound += prices.stocks[q]! * value;
  return { bound, choices };
}

/**
 * The best mixture of spends inside the boxes, every channel's curve replaced by its concave hull over its box: column
 * generation (Dantzig and Wolfe 1960). A linear programme mixes the points known so far, its prices ask every channel for
 * the best spend there is, and that becomes a point. Its bound is exact whatever the linear programme answers.
 * @param cutoff a bound at or below this is as good as any
 * @param close how near bound and mixture have to come, besides
 */
export function relax(
  task: Task,
  boxes: readonly Box[],
  from: Pick<Relaxed, "points" | "prices">,
  cutoff: number,
  close: "roughly" | "fully" = "roughly",
): Relaxed {
  let prices = from.prices;
  const first = boundAt(task, boxes, prices);
  let { bound } = first;
  let points: Points = from.points;
  let spend: Float64Array = new Float64Array(boxes.length);
  let mixed: Float64Array = new Float64Array(boxes.length);
  if (bound <= cutoff) return { bound, prices, spend, mixed, points };
  points = boxes.map((box, i) => withPoints(points[i]!, box, [first.choices[i]!.spend]));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { programme, before, owners } = mixtureProgramme(task, points);
    const mixture = solveByEither(programme, task.engines);
    if (mixture.kind !== "optimal") break;
    const { prices: next, ...means } = readMixture(task, points, owners, mixture);
    ({ spend, mixed } = means);
    const again = boundAt(task, boxes, next);
    if (again.bound <= bound) ({ bound } = again);
    prices = again.bound <= bound ? next : prices;
    const value = before + mixture.value;
    const enough = close === "fully" ? 0 : ENOUGH * Math.min(bound - cutoff, ROUGH * Math.abs(bound));
    if (bound <= cutoff || bound - value <= Math.max(CLOSED, enough)) break;
    const near = dropFar(task, points, next, again.choices, again.bound - value);
    const grown = boxes.map((box, i) => withPoints(near[i]!, box, [again.choices[i]!.spend]));
    if (grown.every((list, i) => list.every((x) => points[i]!.includes(x)))) break;
    points = grown;
  }
  return { bound, prices, spend, mixed, points };
}

/**
 * The points that could still be mixed: those whose gain misses the best by no more than a few times what bound and mixture
 * are apart. What is mixed now is among them, so that the mixture never gets worse.
 */
function dropFar(
  { programme, spaces }: Task,
  points: Points,
  prices: Multipliers,
  choices: readonly Choice[],
  apart: number,
): Points {
  const { weight, cost } = unitPrices(programme, prices);
  const room = NEAR * apart + CLOSED;
  return points.map((list, i) =>
    list.filter((x) => {
      const gain = weight[i]! * curveValue(spaces[i]!.curve, x) - cost[i]! * x;
      return gain >= choices[i]!.gain - room;
    }),
  );
}

/** Points of the box with its ends, rising, without doubles. */
function withPoints(known: readonly number[], { off, low, high }: Box, added: readonly number[]): number[] {
  const inside = known.filter((x) => (x >= low && x <= high) || (off && x === 0));
  const ends = high >= low ? [low, high] : [];
  return [...new Set([...inside, ...ends, ...(off ? [0] : []), ...added])].sort((a, b) => a - b);
}

interface Mixture {
  readonly programme: LinearProgramme;
  /** Worth of the first point of every channel, which the columns are counted from */
  readonly before: number;
  /** For each of the first columns: channel and point */
  readonly owners: readonly { readonly channel: number; readonly point: number }[];
}

/**
 * Columns: the share of each point but the first of its channel, then what stays unsold, then what breaks a limit. Rows: the
 * spend rows, the returns, the stocks, then one share row a channel, then what can stay unsold.
 */
function mixtureProgramme({ programme, spaces }: Task, points: Points): Mixture {
  const { worth, cost, rows, returns, stocks } = programme;
  const response = points.map((list, i) => list.map((x) => curveValue(spaces[i]!.curve, x)));
  const owners = points.flatMap((list, channel) => list.slice(1).map((_, t) => ({ channel, point: t + 1 })));
  const [x0, f0] = [points.map((list) => list[0]!), response.map((list) => list[0]!)];
  const more = ({ channel, point }: (typeof owners)[number]) => ({
    spend: points[channel]![point]! - x0[channel]!,
    response: response[channel]![point]! - f0[channel]!,
  });
  const objective = owners.map((owner) => {
    const { spend, response } = more(owner);
    return worth[owner.channel]! * response - cost[owner.channel]! * spend;
  });
  const built = new RowBuilder();
  for (const { members, coefficients, sense, value } of rows) {
    const per = new Map(members.map((i, t) => [i, coefficients[t]!]));
    const first = members.reduce((sum, i, t) => sum + coefficients[t]! * x0[i]!, 0);
    built.add(sense, value - first, owners, (owner) => (per.get(owner.channel) ?? 0) * more(owner).spend);
  }
  for (const { gain, cost: asked, value } of returns) {
    const first = x0.reduce((sum, x, i) => sum + gain[i]! * f0[i]! - asked[i]! * x, 0);
    built.add(">=", value - first, owners, (owner) => {
      const { spend, response } = more(owner);
      return gain[owner.channel]! * response - asked[owner.channel]! * spend;
    });
  }
  for (const { use, value } of stocks) {
    const first = f0.reduce((sum, f, i) => sum + use[i]! * f, 0);
    built.add("<=", value - first, owners, (owner) => use[owner.channel]! * more(owner).response);
  }
  const limits = built.rows.length;
  for (const channel of points.keys()) built.add("<=", 1, owners, (owner) => Number(owner.channel === channel));
  const unsold = stocks.length === 0 ? [] : [...points.keys()].filter((i) => stocks.some(({ use }) => use[i]! > 0));
  for (const channel of unsold) {
    const column = objective.push(-worth[channel]!) - 1;
    for (const [k, { gain }] of returns.entries()) built.extend(rows.length + k, column, -gain[channel]!);
    for (const [q, { use }] of stocks.entries()) built.extend(rows.length + returns.length + q, column, -use[channel]!);
    built.add("<=", f0[channel]!, owners, (owner) => (owner.channel === channel ? -more(owner).response : 0));
    built.extend(built.rows.length - 1, column, 1);
  }
  for (let limit = 0; limit < limits; limit++)
    for (const sign of built.rows[limit]!.sense === "=" ? [1, -1] : [built.rows[limit]!.sense === "<=" ? -1 : 1])
      built.extend(limit, objective.push(-PENALTY) - 1, sign);
  const before = x0.reduce((sum, x, i) => sum + worth[i]! * f0[i]! - cost[i]! * x, 0);
  const upper = new Float64Array(objective.length).fill(Number.POSITIVE_INFINITY);
  return { programme: { objective: Float64Array.from(objective), upper, rows: built.rows }, before, owners };
}

class RowBuilder {
  readonly rows: (LinearRow & { columns: number[]; coefficients: number[] })[] = [];

  add<T>(sense: LinearRow["sense"], value: number, owners: readonly T[], coefficient: (owner: T) => number): void {
    const row = { sense, value, columns: [] as number[], coefficients: [] as number[] };
    this.rows.push(row);
    for (const [column, owner] of owners.entries()) this.extend(this.rows.length - 1, column, coefficient(owner));
  }

  extend(row: number, column: number, coefficient: number): void {
    if (coefficient === 0) return;
    this.rows[row]!.columns.push(column);
    this.rows[row]!.coefficients.push(coefficient);
  }
}

function readMixture(
  { programme: { rows, returns, stocks }, spaces }: Task,
  points: Points,
  owners: Mixture["owners"],
  { x, prices }: Extract<LinearOutcome, { kind: "optimal" }>,
): Pick<Relaxed, "prices" | "spend" | "mixed"> {
  const spend = Float64Array.from(points, (list) => list[0]!);
  const mixed = spend.map((first, i) => curveValue(spaces[i]!.curve, first));
  for (const [column, { channel, point }] of owners.entries()) {
    const share = x[column]!;
    if (share === 0) continue;
    const { curve } = spaces[channel]!;
    const [from, to] = [points[channel]![0]!, points[channel]![point]!];
    spend[channel]! += share * (to - from);
    mixed[channel]! += share * (curveValue(curve, to) - curveValue(curve, from));
  }
  const [first, second] = [rows.length, rows.length + returns.length];
  return {
    spend,
    mixed,
    prices: {
      rows: prices.slice(0, first),
      // A return's price is counted per unit that it is let go
      returns: prices.slice(first, second).map((price) => (price === 0 ? 0 : -price)),
      stocks: prices.slice(second, second + stocks.length),
    },
  };
}
