import { curveValue, scaleCurve } from "../../response/curve-families.ts";
import { climb } from "../interior/interior-point.ts";
import { climbOfWeeks } from "./climb-weeks.ts";
import { atWork, reachOfCells, type WeeksProgramme } from "./compile-weeks.ts";
import { boundOfWeeks, breachOfWeeks, gapOfWeeks, worthOfWeeks } from "./weeks-bound.ts";

/** A plan by week and how much it could be improved at most, in the units of the programme. */
export interface JudgedWeeks {
  readonly spend: Float64Array;
  /** One a row, in the sense of `boundOfWeeks` */
  readonly prices: Float64Array;
  readonly reducedCost: Float64Array;
  readonly value: number;
  readonly bound: number;
  /** (bound - value), relative to the value */
  readonly gap: number;
  readonly feasibility: number;
  readonly steps: number;
  readonly passes: number;
}

/** Room, relative to an even spend, below which a cell is settled, and within which it is at a bound */
const ROUNDING = 1e-11;

/** Breach of a limit, relative to the limit, that is rounding */
const KEPT = 1e-10;

/** Units in which a programme's numbers are near 1: `money` of spend in a cell, `value` of objective a cell. */
export interface WeeksScale {
  readonly money: number;
  readonly value: number;
}

/** Newton's method from inside the limits. Whether it arrived is for the caller to judge by gap and feasibility. */
export function climbWeeks(programme: WeeksProgramme, ceiling: Float64Array): JudgedWeeks {
  const scale = scaleOfWeeks(programme, ceiling);
  const most = ceiling.map((one) => one / scale.money);
  const scaled = settleCells(scaleWeeks(programme, scale), most);
  const model = climbOfWeeks(scaled);
  const start = evenStart(scaled, most);
  const point = climb(
    model,
    Float64Array.from(model.free, (cell) => start[cell]!),
  );

  const touch = Float64Array.from(programme.lower);
  for (const [v, cell] of model.free.entries()) touch[cell] = Math.max(0, point.v[v]! * scale.money);
  const perMoney = scale.value / scale.money;
  const prices = new Float64Array(programme.rows.length);
  const first = point.prices.length - model.inequalityRows.length;
  for (const [k, r] of model.inequalityRows.entries()) {
    const sign = programme.rows[r]!.sense === ">=" ? -1 : 1;
    // Rows that do not bind keep a trace of a price, as all that comes from inside does
    const price = point.prices[first + k]!;
    prices[r] = price > 1e-12 ? sign * price * perMoney : 0;
  }
  for (const [k, r] of model.equalityRows.entries()) prices[r] = point.equalityPrices[k]! * perMoney;
  const judge = (spend: Float64Array) =>
    judgeWeeks(programme, ceiling, { spend, touch, prices, steps: point.steps, passes: 0 });
  const snapped = judge(touch.map((x, cell) => snapToBounds(programme, cell, x, ROUNDING * scale.money)));
  // Rows that compare cells may not bear it where one of two tiny cells is snapped
  return snapped.feasibility <= KEPT ? snapped : judge(touch);
}

export function judgeWeeks(
  programme: WeeksProgramme,
  ceiling: Float64Array,
  {
    spend,
    touch,
    prices,
    steps,
    passes,
  }: Pick<JudgedWeeks, "spend" | "prices" | "steps" | "passes"> & { touch: Float64Array },
): JudgedWeeks {
  const value = worthOfWeeks(programme, spend);
  const { bound, reducedCost } = boundOfWeeks(programme, touch, prices, ceiling);
  const gap = gapOfWeeks(programme, spend, bound);
  return { spend, prices, reducedCost, value, bound, gap, feasibility: breachOfWeeks(programme, spend), steps, passes };
}

/** Twice as far as any cell could go, where nothing of its own stops it: never binds, so no price can hide in it. */
export function ceilingOfWeeks(programme: WeeksProgramme): Float64Array {
  return reachOfCells(programme).map((most, cell) => {
    const settled = most <= programme.lower[cell]! * (1 + 1e-12);
    return settled ? most : Math.min(programme.upper[cell]!, 2 * most);
  });
}

export function scaleOfWeeks(programme: WeeksProgramme, ceiling: Float64Array): WeeksScale {
  const cells = ceiling.length;
  let money = ceiling.reduce((sum, most) => sum + most, 0);
  for (const { cells: members, coefficients, sense, value } of programme.rows)
    if (members.length === cells && sense !== ">=" && coefficients.every((one) => one === 1))
      money = Math.min(money, value);
  money = money > 0 ? money / cells : 1;
  const even = Float64Array.from(ceiling, (most, cell) => Math.min(most, Math.max(programme.lower[cell]!, money)));
  const work = atWork(programme, even);
  let value = 0;
  for (const [i, { curve, worth }] of programme.channels.entries())
    for (const [t, one] of worth.entries()) value += one * curveValue(curve, work[i]![t]!);
  return { money, value: value > 0 ? value / cells : 1 };
}

export function scaleWeeks(programme: WeeksProgramme, { money, value }: WeeksScale): WeeksProgramme {
  return {
    ...programme,
    channels: programme.channels.map((channel) => ({
      ...channel,
      curve: scaleCurve(channel.curve, money, value),
      base: channel.base.map((one) => one / money),
    })),
    cost: (programme.cost * money) / value,
    lower: programme.lower.map((one) => one / money),
    upper: programme.upper.map((one) => one / money),
    rows: programme.rows.map((row) => ({ ...row, value: row.value / money })),
  };
}

/** Cells that the rows leave no room are held at their lower bound: inside of nothing there is nowhere to start. */
function settleCells(scaled: WeeksProgramme, ceiling: Float64Array): WeeksProgramme {
  const upper = scaled.upper.map((most, cell) => {
    const low = scaled.lower[cell]!;
    return Math.min(most, ceiling[cell]!) - low <= ROUNDING ? low : most;
  });
  return { ...scaled, upper };
}

/** Each cell at a like share of its room, so that a total is about kept. */
function evenStart({ lower, upper }: WeeksProgramme, ceiling: Float64Array): Float64Array {
  const room = ceiling.map((most, cell) => Math.max(0, Math.min(most, upper[cell]!) - lower[cell]!));
  const floors = lower.reduce((sum, one) => sum + one, 0);
  const all = room.reduce((sum, one) => sum + one, 0);
  const share = Math.min(0.5, Math.max(0.02, (lower.length - floors) / all));
  return room.map((one, cell) => lower[cell]! + share * one);
}

function snapToBounds({ lower, upper }: WeeksProgramme, cell: number, x: number, near: number): number {
  if (x - lower[cell]! <= near) return lower[cell]!;
  return upper[cell]! - x <= near ? upper[cell]! : x;
}
