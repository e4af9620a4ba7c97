import type { Engines } from "../../linear/index.ts";
import { returnRow, spendRow } from "../compile-rows.ts";
import type { AllocationProblem, Constraint, Limit } from "../problem.ts";
import type { Aim } from "../programme.ts";
import type { Repair } from "../repair.ts";
import { judge, solveAim } from "./judge.ts";

/** Halvings between a number that is impossible and one that is possible. */
const HALVINGS = 32;
/** How far a number is moved before it is given up, each time by this factor. */
const FURTHER = 4;
const MOST_MOVES = 10;
/** Returns that differ by less than this, relative, are one. */
const SAME = 1e-12;
const MOST_STEPS = 30;

/** The nearest number that makes the problem possible: the extreme of what the other limits leave, or else by halving. */
export function repairOf(
  problem: AllocationProblem,
  limits: readonly Limit[],
  limit: Limit,
  engines: Engines,
): Repair | null {
  const others = limits.filter((other) => other !== limit);
  if (limit.type === "blended_roas_floor" || limit.type === "group_roas_floor")
    return nearest(limit, highestReturn(problem, others, limit, engines));
  const aims = aimsAt(problem, limit);
  const amounts = aims.flatMap(({ aim, amountOf, within }) => {
    const plan = solveAim(
      { ...problem, constraints: [...problem.constraints, ...within.constraints] },
      aim,
      [...others, ...within.limits],
      engines,
    );
    return plan === null ? [] : [withoutNoise(amountOf(plan))];
  });
  if (aims.length > 0) return nearest(limit, amounts);
  const works = (to: number) => judge(problem, [...others, { ...limit, value: to }], engines) === "possible";
  return nearest(
    limit,
    [1, -1].flatMap((side) => nearestThatWorks(limit.value, side, works) ?? []),
  );
}

function nearest(limit: Limit, amounts: readonly number[]): Repair | null {
  const [to] = [...amounts].sort((a, b) => Math.abs(a - limit.value) - Math.abs(b - limit.value));
  return to === undefined ? null : { limit, to };
}

/** The best return that the other limits leave (Dinkelbach 1967: Newton's method on what is left over a floor); none where it is not proved. */
function highestReturn(problem: AllocationProblem, others: readonly Limit[], limit: Limit, engines: Engines): number[] {
  const [row] = returnRow(problem, { ...limit, value: 1 });
  if (row === undefined) return [];
  let floor = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const aim = { worth: row.gain, cost: row.cost.map((one) => floor * one) };
    const plan = solveAim(problem, aim, others, engines);
    if (plan === null) return [];
    const gained = row.gain.reduce((sum, one, i) => sum + one * plan.sold[i]!, 0);
    const spent = row.cost.reduce((sum, one, i) => sum + one * plan.spend[i]!, 0);
    if (!(gained > floor * spent * (1 + SAME))) return floor > 0 ? [floor] : [];
    floor = gained / spent;
  }
  return [floor];
}

interface LimitAim {
  readonly aim: Aim;
  /** What the limit's number would have to be for a plan */
  readonly amountOf: (plan: { spend: Float64Array; sold: Float64Array }) => number;
  /** What holds besides the other limits */
  readonly within: { readonly constraints: readonly Constraint[]; readonly limits: readonly Limit[] };
}

const FREELY = { constraints: [], limits: [] };

/**
 * The least that a maximum needs and the most that a minimum can have; of an exact total the most below it and the least
 * above it, between which there may be no sum of steps. None where the limit is not linear.
 */
function aimsAt(problem: AllocationProblem, limit: Limit): LimitAim[] {
  const nothing = new Float64Array(problem.channels.length);
  const ofSpend = (per: Float64Array, sense: 1 | -1, within: LimitAim["within"] = FREELY): LimitAim => ({
    aim: { worth: nothing, cost: per.map((one) => sense * one) },
    amountOf: ({ spend }) => per.reduce((sum, one, i) => sum + one * spend[i]!, 0),
    within,
  });
  if (limit.type === "total_spend" && limit.sense === "=") {
    const all = nothing.map(() => 1);
    const below: Limit = { ...limit, sense: "<=" };
    return [ofSpend(all, -1, { constraints: [], limits: [below] }), ofSpend(all, 1, atLeast(problem, limit.value))];
  }
  const [row] = spendRow(problem, limit);
  if (row !== undefined) {
    const per = Float64Array.from(nothing);
    for (const [t, i] of row.members.entries()) per[i] = row.coefficients[t]!;
    return [ofSpend(per, row.sense === "<=" ? 1 : -1)];
  }
  if (limit.type === "channel_min" || limit.type === "channel_max") {
    const per = Float64Array.from(problem.channels, ({ name }) => Number(name === limit.channel));
    return [ofSpend(per, limit.type === "channel_max" ? 1 : -1)];
  }
  const [asked] = limit.type === "min_total_response" ? returnRow(problem, limit) : [];
  if (asked === undefined) return [];
  const amountOf: LimitAim["amountOf"] = ({ sold }) => sold.reduce((sum, one) => sum + one, 0);
  return [{ aim: { worth: asked.gain, cost: asked.cost }, amountOf, within: FREELY }];
}

/** A total of at least this much, as a group of everybody under a name that no constraint has. */
function atLeast({ channels, constraints }: AllocationProblem, value: number): LimitAim["within"] {
  let name = "everybody";
  while (constraints.some((other) => "name" in other && other.name === name)) name += "'";
  const members = channels.map((channel) => channel.name);
  return {
    constraints: [{ type: "group_spend", name, members, min: value, max: null }],
    limits: [{ type: "group_min", group: name, value }],
  };
}

function nearestThatWorks(value: number, side: number, works: (to: number) => boolean): number | null {
  const size = Math.abs(value) > 0 ? Math.abs(value) : 1;
  let fails = value;
  for (let move = 0, by = 0.05 * size; move < MOST_MOVES; move++, by *= FURTHER) {
    const to = Math.max(0, value + side * by);
    if (works(to)) return edgeBetween(fails, to, works);
    if (to === 0) return null;
    fails = to;
  }
  return null;
}

function edgeBetween(outside: number, inside: number, works: (to: number) => boolean): number {
  let [fails, kept] = [outside, inside];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (fails + kept) / 2;
    if (works(middle)) kept = middle;
    else fails = middle;
  }
  const round = Number(kept.toPrecision(8));
  return works(round) ? round : kept;
}

/** 24999.999999999996 is 25000; anything further from a round number is meant as it is. */
function withoutNoise(value: number): number {
  const round = Number(value.toPrecision(12));
  return Math.abs(round - value) <= 4e-15 * Math.abs(value) ? round : value;
}
