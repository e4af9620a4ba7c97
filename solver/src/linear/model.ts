/**
 * A linear model as people write it, in its own units and with names:
 *
 *     maximise or minimise  sum cost * column    subject to    lower <= sum coefficient * column <= upper  for every row
 */
export interface LinearModel {
  readonly sense: "max" | "min";
  readonly columns: readonly ModelColumn[];
  readonly rows: readonly ModelRow[];
}

export interface ModelColumn {
  readonly name: string;
  readonly cost: number;
  /** -Infinity where there is none */
  readonly lower: number;
  /** Infinity where there is none */
  readonly upper: number;
  /** whole numbers only */
  readonly integer?: boolean;
}

export interface ModelRow {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  readonly terms: readonly { readonly column: string; readonly coefficient: number }[];
}

/** The sentence that refuses a model which cannot mean what it says: where, and what is wrong. Null for a sound one. */
export function checkLinearModel({ sense, columns, rows }: LinearModel): string | null {
  if (sense !== "max" && sense !== "min") return `sense: must be "max" or "min", got ${show(sense)}`;
  const known = new Set<string>();
  for (const [j, column] of columns.entries()) {
    const fault = checkName("columns", j, column.name, known) ?? checkColumn(column);
    if (fault !== null) return fault;
    known.add(column.name);
  }
  const named = new Set<string>();
  for (const [r, row] of rows.entries()) {
    const fault = checkName("rows", r, row.name, named) ?? checkRow(row, known);
    if (fault !== null) return fault;
    named.add(row.name);
  }
  return null;
}

function checkName(list: string, at: number, name: string, taken: ReadonlySet<string>): string | null {
  if (typeof name !== "string" || name === "") return `${list}[${at}].name: must be a name, got ${show(name)}`;
  return taken.has(name) ? `${list}[${at}].name: ${show(name)} is there twice` : null;
}

function checkColumn({ name, cost, lower, upper, integer }: ModelColumn): string | null {
  if (!Number.isFinite(cost)) return `column ${show(name)}: its cost must be a finite number, got ${show(cost)}`;
  const bounds = checkBounds(lower, upper);
  if (bounds !== null) return `column ${show(name)}: ${bounds}`;
  if (integer === true && Math.ceil(lower) > Math.floor(upper))
    return `column ${show(name)}: no whole number lies between ${lower} and ${upper}`;
  return null;
}

function checkBounds(lower: number, upper: number): string | null {
  if (typeof lower !== "number" || Number.isNaN(lower) || lower === Number.POSITIVE_INFINITY)
    return `its lower bound must be a number or -Infinity, got ${show(lower)}`;
  if (typeof upper !== "number" || Number.isNaN(upper) || upper === Number.NEGATIVE_INFINITY)
    return `its upper bound must be a number or Infinity, got ${show(upper)}`;
  return lower > upper ? `its bounds are empty: at least ${lower} and at most ${upper}` : null;
}

function checkRow({ name, lower, upper, terms }: ModelRow, columns: ReadonlySet<string>): string | null {
  const where = `row ${show(name)}`;
  const bounds = checkBounds(lower, upper);
  if (bounds !== null) return `${where}: ${bounds}`;
  const seen = new Set<string>();
  for (const { column, coefficient } of terms) {
    if (!columns.has(column)) return `${where}: names a column that does not exist: ${show(column)}`;
    if (seen.has(column)) return `${where}: names the column ${show(column)} twice`;
    if (!Number.isFinite(coefficient))
      return `${where}: the coefficient of ${show(column)} must be a finite number, got ${show(coefficient)}`;
    seen.add(column);
  }
  const empty = terms.every(({ coefficient }) => coefficient === 0);
  return empty && (lower > 0 || upper < 0)
    ? `${where}: nothing counts in it, and 0 is outside ${lower} to ${upper}`
    : null;
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
