import { commonDivisor } from "../../common-divisor.ts";
import { curveValue } from "../../response/curve-families.ts";
import { type Multipliers, unitPrices } from "../certificate.ts";
import type { SpendRow } from "../compile-rows.ts";
import { bestChoice } from "./best-spend.ts";
import { cellsOfItems, fillCells, type Option } from "./fill.ts";
import type { Box } from "./space.ts";
import type { Task } from "./task.ts";

/**
 * A spend row whose members all spend multiples of one unit, and the rows on parts of them: where mixtures of steps are
 * worst. One unit is a cell.
 */
export interface Lattice {
  readonly row: number;
  readonly cells: number;
  /** By channel: cells that one step takes; 0 for those that are no members */
  readonly strides: readonly number[];
  /** Members that share a row of their own, apart from each other */
  readonly groups: readonly Group[];
  /** What filling it takes at most */
  readonly moves: number;
}

interface Group {
  readonly rows: number[];
  readonly members: readonly number[];
  least: number;
  most: number;
}

export interface LatticeBound {
  readonly bound: number;
  /** The plan at which the bound is taken; it keeps the row and those of the groups exactly */
  readonly spend: Float64Array;
}

/** Beyond this the row is left to the mixtures. */
const MOST_MOVES = 4_000_000;
const ROUNDING = 1e-6;

/** The widest row of which a lattice can be made, null where there is none. */
export function latticeOf(task: Task): Lattice | null {
  let widest: Lattice | null = null;
  for (const [r, row] of task.programme.rows.entries()) {
    if (row.sense === ">=" || row.coefficients.some((one) => one <= 0)) continue;
    if (widest !== null && row.members.length <= task.programme.rows[widest.row]!.members.length) continue;
    const lattice = latticeOn(task, r, row);
    if (lattice !== null && lattice.moves <= MOST_MOVES) widest = lattice;
  }
  return widest;
}

function latticeOn({ programme, spaces }: Task, r: number, row: SpendRow): Lattice | null {
  const steps = row.members.map((i, t) => (spaces[i]!.step ?? 0) * row.coefficients[t]!);
  if (!(Math.min(...steps) > 0)) return null;
  const unit = steps.reduce((unit, step) => commonDivisor(Math.max(unit, step), Math.min(unit, step)), 0);
  const cells = Math.floor(row.value / unit + ROUNDING);
  const strides = spaces.map(() => 0);
  for (const [t, i] of row.members.entries()) strides[i] = Math.round(steps[t]! / unit);
  const groups: Group[] = [];
  for (const [other, inner] of programme.rows.entries()) if (other !== r) nest(groups, other, inner, row, unit, cells);
  const options = row.members.reduce((sum, i) => sum + optionsIn(spaces[i]!), 0);
  const moves = cells * (options + groups.reduce((sum, { least, most }) => sum + Math.max(0, most - least), 0));
  return { row: r, cells, strides, groups, moves };
}

function optionsIn({ step, whole: { low, high } }: Task["spaces"][number]): number {
  return high < low ? 1 : (high - low) / step! + 2;
}

/** Adds a row on part of the members, counted like theirs, unless it cuts across a group that is there. */
function nest(groups: Group[], at: number, inner: SpendRow, outer: SpendRow, unit: number, cells: number): void {
  const ratios = inner.members.map(
    (i, t) => inner.coefficients[t]! / (outer.coefficients[outer.members.indexOf(i)] ?? Number.NaN),
  );
  const ratio = ratios[0]!;
  if (!(ratio > 0) || !ratios.every((one) => Math.abs(one / ratio - 1) < ROUNDING)) return;
  const isSame = ({ members }: Group) =>
    members.length === inner.members.length && members.every((i) => inner.members.includes(i));
  let group = groups.find(isSame);
  if (group === undefined) {
    if (groups.some(({ members }) => members.some((i) => inner.members.includes(i)))) return;
    group = { rows: [], members: inner.members, least: 0, most: cells };
    groups.push(group);
  }
  const size = inner.value / ratio / unit;
  group.rows.push(at);
  if (inner.sense !== "<=") group.least = Math.max(group.least, Math.ceil(size - ROUNDING));
  if (inner.sense !== ">=") group.most = Math.min(group.most, Math.floor(size + ROUNDING));
}

/**
 * The bound at given prices with some rows kept exactly in the place of their prices. Where nothing but those rows binds,
 * its plan is the answer.
 */
export function latticeBound(task: Task, boxes: readonly Box[], prices: Multipliers, lattice: Lattice): LatticeBound {
  const { programme, spaces } = task;
  const kept = new Set([lattice.row, ...lattice.groups.flatMap(({ rows }) => rows)]);
  const free: Multipliers = { ...prices, rows: prices.rows.map((price, r) => (kept.has(r) ? 0 : price)) };
  const { weight, cost } = unitPrices(programme, free);
  const spend = new Float64Array(spaces.length);
  let bound = 0;
  for (const [r, { value }] of programme.rows.entries()) bound += free.rows[r]! * value;
  for (const [k, { value }] of programme.returns.entries()) bound -= prices.returns[k]! * value;
  for (const [q, { value }] of programme.stocks.entries()) bound += prices.stocks[q]! * value;
  for (const [i, space] of spaces.entries()) {
    if (lattice.strides[i] !== 0) continue;
    const choice = bestChoice(space, boxes[i]!, weight[i]!, cost[i]!);
    if (choice === null) return { bound: Number.NEGATIVE_INFINITY, spend };
    bound += choice.gain;
    spend[i] = choice.spend;
  }
  const optionsOf = (i: number): Option[] => {
    const { curve, step } = spaces[i]!;
    return multiplesIn(boxes[i]!, step!).map((count) => {
      const x = count * step!;
      return { cells: count * lattice.strides[i]!, gain: weight[i]! * curveValue(curve, x) - cost[i]! * x };
    });
  };
  const { gain, cells } = fillLattice(lattice, optionsOf, programme.rows[lattice.row]!);
  for (const [i, used] of cells) spend[i] = (used / lattice.strides[i]!) * spaces[i]!.step!;
  return { bound: bound + gain, spend };
}

function multiplesIn({ off, low, high }: Box, step: number): number[] {
  const from = Math.round(low / step);
  const to = high < low ? from - 1 : Math.round(high / step);
  const counts = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return off ? [0, ...counts] : counts;
}

/** Fills every group by itself first; to the whole row it is one item that may use from its least to its most. */
function fillLattice(
  { cells, groups }: Lattice,
  optionsOf: (channel: number) => Option[],
  { members, sense }: SpendRow,
): { gain: number; cells: Map<number, number> } {
  const inner = groups.map((group) =>
    fillCells(group.members.map(optionsOf), Math.min(cells, Math.max(0, group.most))),
  );
  const grouped = inner.map(({ best }, g) =>
    Array.from(best, (gain, used) => ({ cells: used, gain })).filter(
      ({ cells, gain }) => cells >= groups[g]!.least && cells <= groups[g]!.most && gain > Number.NEGATIVE_INFINITY,
    ),
  );
  const alone = members.filter((i) => !groups.some((group) => group.members.includes(i)));
  const whole = fillCells([...grouped, ...alone.map(optionsOf)], cells);
  let at = cells;
  if (sense !== "=") for (let c = 0; c <= cells; c++) if (whole.best[c]! > whole.best[at]!) at = c;
  const used = new Map<number, number>();
  const gain = whole.best[at]!;
  if (gain === Number.NEGATIVE_INFINITY) return { gain, cells: used };
  const items = cellsOfItems(whole, at);
  for (const [t, i] of alone.entries()) used.set(i, items[groups.length + t]!);
  for (const [g, group] of groups.entries())
    for (const [t, cells] of cellsOfItems(inner[g]!, items[g]!).entries()) used.set(group.members[t]!, cells);
  return { gain, cells: used };
}
