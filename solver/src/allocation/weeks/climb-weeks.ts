import { solveCholesky } from "../../cholesky.ts";
import { curveCurvature, curveSlope, curveValue } from "../../response/curve-families.ts";
import {
  addRow,
  type BorderRow,
  border,
  type Solve,
  sumOf,
  type Terms,
  type Wanted,
} from "../interior/bordered-system.ts";
import { factorNearly } from "../interior/factor-nearly.ts";
import type { ConcaveProgramme, Look } from "../interior/interior-point.ts";
import { atWork, type WeeksProgramme } from "./compile-weeks.ts";

/**
 * A scaled plan by week as a concave programme on its free cells (those whose bounds differ). Slacks: x - lower, upper - x
 * where there is one, then the rows that are no equalities.
 *
 * Cells of a channel are tied by carry-over and pacing, channels only by rows over several of them. So the Newton system is
 * one small block a channel (with a border of its own rows), with a border as wide as there are rows over several channels:
 *
 *     | B1          A1' |
 *     |    B2       A2' |
 *     |       ...   ... |
 *     | A1 A2 ...   -D  |        D = room / price of a row, 0 for an equality
 */
export interface WeeksClimb extends ConcaveProgramme {
  readonly free: readonly number[];
  /** Rows by position in the programme: those behind the last slacks, and the equalities */
  readonly inequalityRows: readonly number[];
  readonly equalityRows: readonly number[];
}

export function climbOfWeeks(scaled: WeeksProgramme): WeeksClimb {
  const { lower, upper } = scaled;
  const free = [...lower.keys()].filter((cell) => upper[cell]! > lower[cell]!);
  const at = new Map(free.map((cell, v) => [cell, v]));
  const settled = lower.map((bound, cell) => (at.has(cell) ? 0 : bound));
  const open = scaled.rows.flatMap((_, index) => freeRow(scaled, index, at, settled));
  const inequalities = open.filter(({ isEquality }) => !isEquality);
  const equalities = open.filter(({ isEquality }) => isEquality);
  const capped = [...free.keys()].filter((v) => upper[free[v]!]! < Number.POSITIVE_INFINITY);
  const shape: Shape = {
    scaled,
    free,
    settled,
    capped,
    inequalities,
    equalities,
    blocks: scaled.channels.map((_, i) => [...free.keys()].filter((v) => Math.floor(free[v]! / scaled.weeks) === i)),
  };
  return {
    variables: free.length,
    inequalities: free.length + capped.length + inequalities.length,
    equalities: equalities.length,
    bounds: free.length + capped.length,
    free,
    inequalityRows: inequalities.map(({ index }) => index),
    equalityRows: equalities.map(({ index }) => index),
    look: (v) => new WeeksLook(shape, v),
  };
}

/** sign * (value - coefficients . v) >= 0, or = 0 */
interface FreeRow extends Terms {
  readonly index: number;
  readonly sign: number;
  readonly value: number;
  readonly isEquality: boolean;
  /** The one channel that it is about, if it is about one only */
  readonly channel: number | null;
}

/** What a row says of the free cells; nothing of a row whose cells are all settled */
function freeRow(
  { rows, weeks }: WeeksProgramme,
  index: number,
  at: ReadonlyMap<number, number>,
  settled: Float64Array,
): FreeRow[] {
  const { cells, coefficients, sense, value } = rows[index]!;
  const kept = [...cells.keys()].filter((t) => at.has(cells[t]!) && coefficients[t] !== 0);
  if (kept.length === 0) return [];
  const taken = cells.reduce((sum, cell, t) => sum + coefficients[t]! * settled[cell]!, 0);
  const channels = new Set(kept.map((t) => Math.floor(cells[t]! / weeks)));
  return [
    {
      index,
      variables: kept.map((t) => at.get(cells[t]!)!),
      coefficients: kept.map((t) => coefficients[t]!),
      sign: sense === ">=" ? -1 : 1,
      value: value - taken,
      isEquality: sense === "=",
      channel: channels.size === 1 ? [...channels][0]! : null,
    },
  ];
}

interface Shape {
  readonly scaled: WeeksProgramme;
  readonly free: readonly number[];
  /** Spend of the cells that are not free */
  readonly settled: Float64Array;
  readonly capped: readonly number[];
  readonly inequalities: readonly FreeRow[];
  readonly equalities: readonly FreeRow[];
  /** Variables of each channel, in the order of weeks */
  readonly blocks: readonly (readonly number[])[];
}

class WeeksLook implements Look {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly slack: Float64Array;
  readonly missing: Float64Array;
  private readonly shape: Shape;
  /** By channel and counted week: worth times the second derivative of the curve, where any free cell reaches it */
  private readonly bends: readonly Float64Array[];

  constructor(shape: Shape, v: Float64Array) {
    const { scaled, free, settled, capped, inequalities, equalities } = shape;
    this.shape = shape;
    const spend = Float64Array.from(settled);
    for (const [t, cell] of free.entries()) spend[cell] = v[t]!;
    const work = atWork(scaled, spend);
    const gain = new Float64Array(spend.length).fill(-scaled.cost);
    let value = 0;
    this.bends = scaled.channels.map(({ curve, worth, reach }, i) =>
      worth.map((one, t) => {
        const at = work[i]![t]!;
        if (one === 0) return 0;
        value += one * curveValue(curve, at);
        if (!(at > 0)) return 0;
        const slope = one * curveSlope(curve, at);
        for (let s = 0; s < scaled.weeks; s++) gain[i * scaled.weeks + s]! += slope * reach[t * scaled.weeks + s]!;
        return one * curveCurvature(curve, at);
      }),
    );
    for (const x of v) value -= scaled.cost * x;
    this.value = value;
    this.gradient = Float64Array.from(free, (cell) => gain[cell]!);
    this.slack = Float64Array.from([
      ...free.map((cell, t) => v[t]! - scaled.lower[cell]!),
      ...capped.map((t) => scaled.upper[free[t]!]! - v[t]!),
      ...inequalities.map((row) => row.sign * (row.value - sumOf(row, v))),
    ]);
    this.missing = Float64Array.from(equalities, (row) => row.value - sumOf(row, v));
  }

  along(step: Float64Array): Float64Array {
    const { capped, inequalities } = this.shape;
    return Float64Array.from([
      ...step,
      ...capped.map((t) => -step[t]!),
      ...inequalities.map((row) => -row.sign * sumOf(row, step)),
    ]);
  }

  addPriced(prices: Float64Array, into: Float64Array): void {
    const { free, capped, inequalities } = this.shape;
    for (let t = 0; t < free.length; t++) into[t]! += prices[t]!;
    for (const [k, t] of capped.entries()) into[t]! -= prices[free.length + k]!;
    const first = free.length + capped.length;
    for (const [r, row] of inequalities.entries()) addRow(into, -row.sign * prices[first + r]!, row);
  }

  subtractPriced(prices: Float64Array, into: Float64Array): void {
    for (const [r, row] of this.shape.equalities.entries()) addRow(into, -prices[r]!, row);
  }

  factor(_prices: Float64Array, weights: Float64Array) {
    const { inequalities, equalities, free, capped, blocks } = this.shape;
    const first = free.length + capped.length;
    const limits: LimitRow[] = [
      ...inequalities.map((row, r) => ({ row, slack: 1 / weights[first + r]! })),
      ...equalities.map((row) => ({ row, slack: 0 })),
    ];
    const channels = blocks.map((_, i) => this.factorChannel(i, weights, limits));
    const shared = limits.filter(({ row }) => row.channel === null);
    const inner = (right: Float64Array, wanted: Wanted) => {
      for (const { from, size, solve } of channels) {
        const own = right.subarray(from, from + size);
        // Rows over a few channels are most of what is solved for
        if (wanted.values.size > 0 || own.some((one) => one !== 0)) solve(own, wanted);
      }
    };
    const solveAll = border(inner, free.length, shared);

    return (force: Float64Array, missing: Float64Array) => {
      const step = Float64Array.from(force);
      const wanted: Wanted = { values: new Map(), prices: new Map() };
      for (const [r, row] of equalities.entries()) wanted.values.set(row, missing[r]!);
      solveAll(step, wanted);
      const pulls = Float64Array.from([
        ...step.map((one, v) => one * weights[v]!),
        ...capped.map((v, k) => -step[v]! * weights[free.length + k]!),
        ...inequalities.map((row) => -row.sign * wanted.prices.get(row)!),
      ]);
      return { step, prices: Float64Array.from(equalities, (row) => wanted.prices.get(row)!), pulls };
    };
  }

  /** Everything that stays inside a channel: the bend of its curve through carry-over, its bounds and its own rows. */
  private factorChannel(i: number, weights: Float64Array, limits: readonly LimitRow[]): ChannelSystem {
    const { scaled, free, capped, blocks } = this.shape;
    const { weeks } = scaled;
    const variables = blocks[i]!;
    const size = variables.length;
    const from = variables[0] ?? 0;
    const weekOf = variables.map((v) => free[v]! % weeks);
    const matrix = new Float64Array(size * size);
    const { reach } = scaled.channels[i]!;
    for (const [t, bend] of this.bends[i]!.entries()) {
      if (bend === 0) continue;
      for (let a = 0; a < size; a++) {
        const share = -bend * reach[t * weeks + weekOf[a]!]!;
        if (share === 0) continue;
        for (let b = 0; b <= a; b++) matrix[a * size + b]! += share * reach[t * weeks + weekOf[b]!]!;
      }
    }
    for (const [a, v] of variables.entries()) matrix[a * size + a]! += weights[v]! + SPRING;
    for (const [k, v] of capped.entries())
      if (v >= from && v < from + size) matrix[(v - from) * (size + 1)]! += weights[free.length + k]!;
    const own = limits.filter(({ row }) => row.channel === i && size > 0).map((one) => placedFrom(one, from));
    const far = own.filter(({ slack }) => slack > FAR);
    for (const { row, slack, variables } of far)
      for (const [t, a] of variables.entries())
        for (const [u, b] of variables.entries())
          if (b <= a) matrix[a * size + b]! += (row.coefficients[t]! * row.coefficients[u]!) / slack;
    factorNearly(matrix, size);
    const inside: Solve = (right, wanted) => {
      solveCholesky(matrix, size, right);
      for (const { row, slack, variables } of far)
        wanted.prices.set(row, sumOf({ variables, coefficients: row.coefficients }, right) / slack);
    };
    const near = own.filter(({ slack }) => slack <= FAR);
    return { from, size, solve: border(inside, size, near) };
  }
}

/** A row on the border that knows its channel */
interface LimitRow extends BorderRow {
  readonly row: FreeRow;
}

interface ChannelSystem {
  /** Variables of a channel stand side by side: the first, and how many */
  readonly from: number;
  readonly size: number;
  readonly solve: Solve;
}

/**
 * A straight curve between its bounds gives a step nothing to push against; this little, and the prices keep their digits. It
 * changes the way, not the end: steps vanish there.
 */
const SPRING = 1e-5;

/** Room a unit of price above which a row may be squared into the system: it weighs no more than curves do. */
const FAR = 1e-2;

/** The same row for a system whose first variable is number `from`. */
function placedFrom({ row, slack }: LimitRow, from: number): Required<LimitRow> {
  return { row, slack, variables: row.variables.map((v) => v - from) };
}
