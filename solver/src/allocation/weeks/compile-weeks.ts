import { type Curve, inverseSlope } from "../../response/curve-families.ts";
import type { WeeksLimit, WeeksProblem } from "./problem.ts";
import type { WeeksRow, WeeksRule } from "./rules.ts";

/**
 * A plan by week as mathematics. x is the spend by cell (channel i in week t is cell i * weeks + t):
 *
 *     maximise    sum over channels i and counted weeks t of worth_i[t] * f_i(at_work_i[t])  -  cost * sum x
 *     with        at_work_i[t] = base_i[t] + sum over planned weeks s of reach_i[t][s] * x[i, s]
 *     subject to  lower <= x <= upper,    every row
 */
export interface WeeksProgramme {
  readonly weeks: number;
  readonly counted: number;
  readonly channels: readonly WeeksCurve[];
  readonly cost: number;
  readonly lower: Float64Array;
  /** Infinity where nothing bounds a cell by itself */
  readonly upper: Float64Array;
  /** The limit that sets each bound, null where it is the non-negativity of spend or nothing */
  readonly lowerBy: readonly (WeeksLimit | null)[];
  readonly upperBy: readonly (WeeksLimit | null)[];
  readonly rows: readonly LimitedRow[];
}

export interface WeeksCurve {
  readonly name: string;
  readonly curve: Curve;
  /** By counted week */
  readonly worth: Float64Array;
  /** What spend of the weeks before still has at work, by counted week */
  readonly base: Float64Array;
  /** Share of each planned week's spend that is at work in each counted week: counted x weeks, row by row */
  readonly reach: Float64Array;
}

export interface LimitedRow extends WeeksRow {
  readonly limit: WeeksLimit;
}

/** The problem with the rules given, which may be fewer than its own: that is how conflicts are searched. */
export function compileWeeks(problem: WeeksProblem, rules: readonly WeeksRule[]): WeeksProgramme {
  const { objective, weeks, channels, season } = problem;
  const cells = channels.length * weeks;
  const lower = new Float64Array(cells);
  const upper = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
  const lowerBy: (WeeksLimit | null)[] = Array.from(lower, () => null);
  const upperBy: (WeeksLimit | null)[] = Array.from(lower, () => null);
  const rows: LimitedRow[] = [];
  for (const { limit, rows: rowsAt } of rules) {
    for (const row of rowsAt(limit.value)) {
      if (row.cells.length !== 1) {
        rows.push({ ...row, limit });
        continue;
      }
      const cell = row.cells[0]!;
      if (row.sense !== "<=" && row.value > lower[cell]!) {
        lower[cell] = row.value;
        lowerBy[cell] = limit;
      }
      if (row.sense !== ">=" && row.value < upper[cell]!) {
        upper[cell] = row.value;
        upperBy[cell] = limit;
      }
    }
  }
  // Bounds that cross by rounding only
  for (const [c, bound] of lower.entries()) if (upper[c]! < bound && upper[c]! >= bound * (1 - 1e-12)) upper[c] = bound;
  return {
    weeks,
    counted: season.length,
    channels: channels.map((channel) => compileChannel(problem, channel)),
    cost: Math.max(0, -(objective.spend_weight ?? 0)),
    lower,
    upper,
    lowerBy,
    upperBy,
    rows,
  };
}

function compileChannel(
  { objective, season, weeks }: WeeksProblem,
  { name, curve, kernel, before, season: own, costIndex }: WeeksProblem["channels"][number],
): WeeksCurve {
  const counted = season.length;
  const weight = (objective.response_weight ?? 1) * (objective.weights?.[name] ?? 1);
  const base = new Float64Array(counted);
  const reach = new Float64Array(counted * weeks);
  for (let t = 0; t < counted; t++) {
    for (const [k, share] of kernel.entries()) {
      const week = t - k;
      if (week >= weeks) continue;
      if (week >= 0) reach[t * weeks + week]! += share / (costIndex?.[week] ?? 1);
      else base[t]! += share * (before[before.length + week] ?? 0);
    }
  }
  return { name, curve, worth: Float64Array.from(season, (one, t) => weight * one * (own?.[t] ?? 1)), base, reach };
}

/** What each channel has at work in each counted week. */
export function atWork({ channels, weeks, counted }: WeeksProgramme, spend: Float64Array): Float64Array[] {
  return channels.map(({ base, reach }, i) => {
    const work = Float64Array.from(base);
    for (let t = 0; t < counted; t++)
      for (let s = 0; s < weeks; s++) work[t]! += reach[t * weeks + s]! * spend[i * weeks + s]!;
    return work;
  });
}

/**
 * How far each cell could possibly go: its own bound tightened by the rows, or, where only the price of spend stops it, the
 * spend beyond which no week of the channel pays. Some best plan lies within; Infinity where nothing stops a cell.
 */
export function reachOfCells(programme: WeeksProgramme): Float64Array {
  const { channels, lower, upper, rows, weeks, cost } = programme;
  const reach = Float64Array.from(upper);
  for (const row of rows) {
    if (row.sense === ">=" || row.coefficients.some((one) => one < 0)) continue;
    let least = 0;
    for (const [t, cell] of row.cells.entries()) least += row.coefficients[t]! * lower[cell]!;
    const left = row.value - least > 1e-12 * row.value ? row.value - least : 0;
    for (const [t, cell] of row.cells.entries())
      if (row.coefficients[t]! > 0) reach[cell] = Math.min(reach[cell]!, lower[cell]! + left / row.coefficients[t]!);
  }
  if (!(cost > 0)) return reach;
  let asked = 0;
  for (const { sense, value } of rows) if (sense !== "<=") asked = Math.max(asked, value);
  for (const bound of lower) asked = Math.max(asked, bound);
  // Cutting all weeks of a channel off at the same height keeps its pacing
  const paying = channels.map((channel) => Math.max(asked, lastPayingSpend(channel, weeks, cost)));
  return reach.map((most, cell) => (most < Number.POSITIVE_INFINITY ? most : paying[Math.floor(cell / weeks)]!));
}

/** Beyond this spend in one week the next unit brings less than `cost` over all weeks, whatever the other weeks spend. */
function lastPayingSpend({ curve, worth, reach }: WeeksCurve, weeks: number, cost: number): number {
  let most = 0;
  for (let s = 0; s < weeks; s++) {
    let weight = 0;
    for (const [t, one] of worth.entries()) weight += one * reach[t * weeks + s]!;
    for (const t of worth.keys()) {
      const share = reach[t * weeks + s]!;
      if (share > 0 && worth[t]! > 0) most = Math.max(most, inverseSlope(curve, cost / weight) / share);
    }
  }
  return most;
}
