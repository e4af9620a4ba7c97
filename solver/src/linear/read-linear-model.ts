import { type ReadModel, readSolverModel } from "./js-model.ts";
import type { LinearModel, ModelColumn, ModelRow } from "./model.ts";

/** Whether JSON is a linear model in one of the two layouts that are read. */
export function isLinearModel(fields: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(fields.columns) || ("optimize" in fields && "variables" in fields);
}

/**
 * Reads a linear model from JSON that nobody has checked: the layout of javascript-lp-solver, or
 *
 *     { sense: "max", columns: [{ name, cost, lower, upper, integer, coefficients: { row: number } }], rows: [{ name, lower, upper }] }
 *
 * where `lb`, `ub`, `int` and `a` of a column and `lo`, `hi` of a row are read as well, and "inf", "-inf" or null is no bound. A column
 * without bounds is 0 or more.
 */
export function readLinearModel(json: Readonly<Record<string, unknown>>): ReadModel {
  if (!Array.isArray(json.columns)) return readSolverModel(json);
  const rows = new Map<string, { lower: number; upper: number; terms: { column: string; coefficient: number }[] }>();
  const listed = Array.isArray(json.rows) ? json.rows : [];
  for (const [r, row] of listed.entries()) {
    const fields = asFields(row);
    const name = fields?.name;
    if (fields === null || typeof name !== "string") return refused(`rows[${r}]`, "must be an object with a name");
    if (rows.has(name)) return refused(`rows[${r}].name`, `${JSON.stringify(name)} is there twice`);
    const lower = readBound(first(fields, ["lower", "lo"]), Number.NEGATIVE_INFINITY);
    const upper = readBound(first(fields, ["upper", "hi"]), Number.POSITIVE_INFINITY);
    if (lower === null || upper === null) return refused(`rows[${r}]`, "has a bound that is no number");
    rows.set(name, { lower, upper, terms: [] });
  }
  const columns: ModelColumn[] = [];
  for (const [j, item] of json.columns.entries()) {
    const path = `columns[${j}]`;
    const fields = asFields(item);
    if (fields === null) return refused(path, "must be an object");
    const lower = readBound(first(fields, ["lower", "lb"]) ?? 0, Number.NEGATIVE_INFINITY);
    const upper = readBound(first(fields, ["upper", "ub"]), Number.POSITIVE_INFINITY);
    if (lower === null || upper === null) return refused(path, "has a bound that is no number");
    const { name, cost } = fields;
    if (typeof name !== "string") return refused(`${path}.name`, "must be a name");
    if (typeof cost !== "number") return refused(`${path}.cost`, `must be a number, got ${JSON.stringify(cost)}`);
    const integer = first(fields, ["integer", "int"]);
    columns.push({ name, cost, lower, upper, integer: integer === true || integer === 1 });
    for (const [row, coefficient] of Object.entries(asFields(first(fields, ["coefficients", "a"])) ?? {})) {
      const terms = rows.get(row)?.terms;
      if (terms === undefined) return refused(path, `names a row that does not exist: ${JSON.stringify(row)}`);
      if (typeof coefficient !== "number")
        return refused(`${path}.${row}`, `must be a number, got ${JSON.stringify(coefficient)}`);
      terms.push({ column: name, coefficient });
    }
  }
  const named = [...rows].map(([name, row]): ModelRow => ({ name, ...row }));
  return { kind: "ok", model: { sense: json.sense as LinearModel["sense"], columns, rows: named } };
}

function refused(path: string, sentence: string): ReadModel {
  return { kind: "refused", reason: `${path}: ${sentence}` };
}

function asFields(json: unknown): Readonly<Record<string, unknown>> | null {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json))
    : null;
}

/** The field under the first of its names that is there. */
function first(fields: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return names.map((name) => fields[name]).find((value) => value !== undefined);
}

/** @returns null for what is no bound */
function readBound(json: unknown, none: number): number | null {
  if (json === undefined || json === null) return none;
  if (json === "inf") return Number.POSITIVE_INFINITY;
  if (json === "-inf") return Number.NEGATIVE_INFINITY;
  return typeof json === "number" ? json : null;
}
