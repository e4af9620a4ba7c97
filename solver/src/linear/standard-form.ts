import type { LinearModel } from "./model.ts";
import type { LinearProgramme, LinearRow } from "./programme.ts";

/**
 * A model with its columns shifted to start at 0 and its rows cut into single sides:
 *
 *     x = origin + sum of sign * y over its parts,     0 <= y <= upper
 *
 * A column with a lower bound has one part counting up from it, one with an upper bound only counts down from that, a free
 * one is the difference of two, and a fixed one has none.
 */
export interface StandardForm {
  readonly programme: LinearProgramme;
  readonly origin: Float64Array;
  /** For each y: which column it is part of, and which way it counts */
  readonly parts: readonly Part[];
  /** For each row of the programme: which row of the model it is a side of */
  readonly sideOf: readonly number[];
}

interface Part {
  readonly column: number;
  readonly sign: 1 | -1;
}

/** Rounding of a sum, as a share of what it started from. */
const ROUNDING = 1e-14;

/** @param model sound, as checkLinearModel says */
export function standardForm(model: LinearModel): StandardForm {
  const { columns } = model;
  const origin = new Float64Array(columns.length);
  const parts: Part[] = [];
  const upper: number[] = [];
  const partsOf = columns.map((column, j) => {
    // Whole numbers lie within whole bounds
    const low = column.integer ? Math.ceil(column.lower) : column.lower;
    const high = column.integer ? Math.floor(column.upper) : column.upper;
    const signs =
      low === high ? [] : low > -Infinity ? [1 as const] : high < Infinity ? [-1 as const] : [1 as const, -1 as const];
    origin[j] = low > -Infinity ? low : high < Infinity ? high : 0;
    return signs.map((sign) => {
      parts.push({ column: j, sign });
      upper.push(low > -Infinity ? high - low : Infinity);
      return parts.length - 1;
    });
  });
  const direction = model.sense === "max" ? 1 : -1;
  const { rows, sideOf } = cutRows(model, origin, parts, partsOf);
  const integer = Uint8Array.from(parts, ({ column }) => (columns[column]!.integer ? 1 : 0));
  return {
    programme: {
      objective: Float64Array.from(parts, ({ column, sign }) => direction * sign * columns[column]!.cost),
      upper: Float64Array.from(upper),
      rows,
      ...(integer.includes(1) ? { integer } : {}),
    },
    origin,
    parts,
    sideOf,
  };
}

function cutRows(
  { columns, rows }: LinearModel,
  origin: Float64Array,
  parts: readonly Part[],
  partsOf: readonly (readonly number[])[],
): { rows: LinearRow[]; sideOf: number[] } {
  const position = new Map(columns.map(({ name }, j) => [name, j]));
  const cut: LinearRow[] = [];
  const sideOf: number[] = [];
  for (const [r, { lower, upper, terms }] of rows.entries()) {
    const indices: number[] = [];
    const coefficients: number[] = [];
    let fixed = 0;
    for (const { column, coefficient } of terms) {
      if (coefficient === 0) continue;
      const j = position.get(column)!;
      fixed += coefficient * origin[j]!;
      for (const part of partsOf[j]!) {
        indices.push(part);
        coefficients.push(coefficient * parts[part]!.sign);
      }
    }
    const side = (sense: LinearRow["sense"], value: number) => {
      cut.push({ sense, value: value - fixed, columns: indices, coefficients });
      sideOf.push(r);
    };
    if (lower === upper) side("=", upper);
    else {
      if (upper < Infinity) side("<=", upper);
      if (lower > -Infinity) side(">=", lower);
    }
  }
  return { rows: cut, sideOf };
}

/** The columns of the model that a y stands for, on their bounds where rounding left them just outside. */
export function restoreColumns(
  { origin, parts }: StandardForm,
  { columns }: LinearModel,
  y: Float64Array,
): Float64Array {
  const x = Float64Array.from(origin);
  for (const [at, { column, sign }] of parts.entries()) x[column]! += sign * y[at]!;
  return x.map((value, j) => {
    const { lower, upper, integer } = columns[j]!;
    // -12 + 12.000000000000002 is 0: counted from far away, nothing is left but rounding
    const settled = integer ? Math.round(value) : Math.abs(value) <= ROUNDING * Math.abs(origin[j]!) ? 0 : value;
    return Math.min(upper, Math.max(lower, settled));
  });
}

/** Change of the model's objective for one more unit on the bounds of each row. */
export function restorePrices(
  { sideOf }: StandardForm,
  { sense, rows }: LinearModel,
  prices: Float64Array,
): Float64Array {
  const restored = new Float64Array(rows.length);
  for (const [side, r] of sideOf.entries()) restored[r]! += prices[side]!;
  return sense === "max" ? restored : restored.map((price) => (price === 0 ? 0 : -price));
}
