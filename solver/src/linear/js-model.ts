import type { LinearModel, ModelColumn, ModelRow } from "./model.ts";

export type ReadModel =
  | { readonly kind: "ok"; readonly model: LinearModel }
  | { readonly kind: "refused"; readonly reason: string };

/** Carries the sentence from the field that is wrong to the door; it never leaves this file. */
class Refusal extends Error {}

function refuse(path: string, sentence: string): never {
  throw new Refusal(`${path}: ${sentence}`);
}

/**
 * Reads a model in the JSON layout of javascript-lp-solver, which many people have models in:
 *
 *     { optimize: "sales", opType: "max", constraints: { money: { max: 130 } }, variables: { spots: { money: 30, sales: 70 } },
 *       ints: { spots: 1 }, binaries: { open: 1 }, unrestricted: { shift: 1 } }
 *
 * What that solver passes over in silence is refused: any opType but "max" and "min", text where a number belongs, fields
 * that it does not know. A constraint may have the name of the objective, and variables may have any name: here no name has
 * a meaning of its own.
 */
export function readSolverModel(json: unknown): ReadModel {
  try {
    return { kind: "ok", model: readModel(json) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", reason: error.message };
    throw error;
  }
}

const FIELDS = ["name", "optimize", "opType", "constraints", "variables", "ints", "binaries", "unrestricted"];

function readModel(json: unknown): LinearModel {
  const fields = readObject("model", json);
  for (const field of fields.keys())
    if (!FIELDS.includes(field)) refuse(field, "is not supported, and without it the model would mean something else");
  const sense = fields.get("opType");
  if (sense !== "max" && sense !== "min") refuse("opType", `must be "max" or "min", got ${JSON.stringify(sense)}`);
  const objective = fields.get("optimize");
  if (typeof objective !== "string")
    refuse("optimize", `must be the name of what is optimised, got ${JSON.stringify(objective)}`);

  const variables = [...readObject("variables", fields.get("variables"))].map(([name, terms]) => ({
    name,
    terms: new Map(
      [...readObject(`variables.${name}`, terms)].map(([term, value]) => [
        term,
        readNumber(`variables.${name}.${term}`, value),
      ]),
    ),
  }));
  const names = new Set(variables.map(({ name }) => name));
  const marked = (field: string) => readMarks(field, fields.get(field), names);
  const [ints, binaries, unrestricted] = [marked("ints"), marked("binaries"), marked("unrestricted")];
  const columns = variables.map(({ name, terms }): ModelColumn => {
    const binary = binaries.has(name);
    if (binary && unrestricted.has(name)) refuse(`unrestricted.${name}`, "is also a binary");
    return {
      name,
      cost: terms.get(objective) ?? 0,
      lower: unrestricted.has(name) ? Number.NEGATIVE_INFINITY : 0,
      upper: binary ? 1 : Number.POSITIVE_INFINITY,
      integer: binary || ints.has(name),
    };
  });
  if (!variables.some(({ terms }) => terms.has(objective)))
    refuse("optimize", `no variable has ${JSON.stringify(objective)}`);
  const rows = [...readObject("constraints", fields.get("constraints"))].map(
    ([name, bounds]): ModelRow => ({
      name,
      ...readBounds(`constraints.${name}`, bounds),
      terms: variables.flatMap(({ name: column, terms }) => {
        const coefficient = terms.get(name);
        return coefficient === undefined ? [] : [{ column, coefficient }];
      }),
    }),
  );
  return { sense, columns, rows };
}

function readBounds(path: string, json: unknown): { lower: number; upper: number } {
  const fields = readObject(path, json);
  for (const field of fields.keys())
    if (field !== "min" && field !== "max" && field !== "equal")
      refuse(`${path}.${field}`, "is not supported: a constraint has min, max or equal");
  const side = (field: string) => (fields.has(field) ? readNumber(`${path}.${field}`, fields.get(field)) : null);
  const equal = side("equal");
  if (equal !== null && fields.size > 1) refuse(path, "has equal beside min or max");
  const [lower, upper] = [
    equal ?? side("min") ?? Number.NEGATIVE_INFINITY,
    equal ?? side("max") ?? Number.POSITIVE_INFINITY,
  ];
  if (lower > upper) refuse(path, `its bounds are empty: at least ${lower} and at most ${upper}`);
  return { lower, upper };
}

/** Variables that are marked with a 1 (or true); a mark of 0 is none. */
function readMarks(path: string, json: unknown, names: ReadonlySet<string>): Set<string> {
  const marks = json === undefined ? new Map<string, unknown>() : readObject(path, json);
  const marked = new Set<string>();
  for (const [name, mark] of marks) {
    if (!names.has(name)) refuse(`${path}.${name}`, "names a variable that does not exist");
    if (mark !== 0 && mark !== 1 && typeof mark !== "boolean")
      refuse(`${path}.${name}`, `must be 1 or 0, got ${JSON.stringify(mark)}`);
    if (mark === 1 || mark === true) marked.add(name);
  }
  return marked;
}

function readObject(path: string, json: unknown): Map<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    refuse(path, `must be an object, got ${JSON.stringify(json)}`);
  return new Map(Object.entries(json));
}

function readNumber(path: string, json: unknown): number {
  return typeof json === "number" && Number.isFinite(json)
    ? json
    : refuse(path, `must be a finite number, got ${typeof json === "number" ? String(json) : JSON.stringify(json)}`);
}
