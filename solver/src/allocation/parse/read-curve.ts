import type { Curve } from "../../response/curve-families.ts";
import {
  allowFields,
  type Fields,
  readAmount,
  readList,
  readObject,
  readPositive,
  refuse,
  show,
} from "./read-fields.ts";

const PARAMETERS = {
  hill: ["beta", "k", "s"],
  log: ["a", "b"],
  power: ["a", "p"],
  exp: ["a", "b"],
  logistic: ["a", "lam"],
} as const;
type Family = keyof typeof PARAMETERS;

/** One curve of a family, or a weighted sum of several: `{ type: "mixture", parts: [{ weight, curve }] }`. */
export function readCurve(path: string, json: unknown): Curve {
  const fields = readObject(path, json);
  return fields.type === "mixture" ? readMixture(path, fields) : readSimpleCurve(path, fields);
}

function readMixture(path: string, fields: Fields): Curve {
  allowFields(path, fields, ["type", "parts"]);
  const parts = readList(`${path}.parts`, fields.parts).map((item, i) => {
    const at = `${path}.parts[${i}]`;
    const part = readObject(at, item);
    allowFields(at, part, ["weight", "curve"]);
    const weight = readAmount(`${at}.weight`, part.weight);
    return { weight, curve: readSimpleCurve(`${at}.curve`, readObject(`${at}.curve`, part.curve)) };
  });
  if (parts.length === 0) refuse(`${path}.parts`, "must have at least one part");
  return { type: "mixture", parts };
}

function readSimpleCurve(path: string, fields: Fields): Curve {
  const family = readFamily(path, fields);
  allowFields(path, fields, ["type", ...PARAMETERS[family]]);
  return curveOf(family, (field, isScale) => readParameter(`${path}.${field}`, field, fields[field], isScale));
}

/** Steeper curves than any market has; their powers would leave what a double holds. */
const STEEPEST: Readonly<Record<string, number>> = { p: 10, s: 100 };

function readParameter(path: string, field: string, json: unknown, isScale: boolean): number {
  const value = isScale ? readPositive(path, json) : readAmount(path, json);
  const most = STEEPEST[field] ?? Number.POSITIVE_INFINITY;
  return value <= most ? value : refuse(path, `must be at most ${most}, got ${value}`);
}

function readFamily(path: string, fields: Fields): Family {
  const type = fields.type;
  const families = Object.keys(PARAMETERS);
  return typeof type === "string" && Object.hasOwn(PARAMETERS, type)
    ? (type as Family)
    : refuse(`${path}.type`, `must be one of ${families.join(", ")}, got ${show(type)}`);
}

/** @param read gives a parameter; a scale must be above 0, a height may be 0 */
function curveOf(family: Family, read: (field: string, isScale: boolean) => number): Curve {
  switch (family) {
    case "hill":
      return { type: family, beta: read("beta", false), k: read("k", true), s: read("s", true) };
    case "log":
    case "exp":
      return { type: family, a: read("a", false), b: read("b", true) };
    case "power":
      return { type: family, a: read("a", false), p: read("p", true) };
    case "logistic":
      return { type: family, a: read("a", false), lam: read("lam", true) };
  }
}

/**
 * Curves of one family, one a draw: each parameter is a list with a number for every draw, or one number that all share. A list of
 * whole curves does as well.
 */
export function readCurveDraws(path: string, json: unknown): readonly Curve[] {
  if (Array.isArray(json)) {
    if (json.length === 0) refuse(path, "must hold at least one draw");
    return json.map((curve, i) => readCurve(`${path}[${i}]`, curve));
  }
  const fields = readObject(path, json);
  const family = readFamily(path, fields);
  const parameters = PARAMETERS[family];
  allowFields(path, fields, ["type", ...parameters]);
  const lengths = parameters.flatMap((field) => {
    const values = fields[field];
    return Array.isArray(values) ? [{ field, count: values.length }] : [];
  });
  const first = lengths[0];
  if (first === undefined) refuse(path, `must give at least one of ${parameters.join(", ")} as a list, one a draw`);
  if (first.count === 0) refuse(`${path}.${first.field}`, "must hold at least one draw");
  for (const { field, count } of lengths)
    if (count !== first.count)
      refuse(`${path}.${field}`, `must have as many draws as ${first.field} (${first.count}), got ${count}`);
  return Array.from({ length: first.count }, (_, d) =>
    curveOf(family, (field, isScale) => {
      const values = fields[field];
      const at = Array.isArray(values) ? `${path}.${field}[${d}]` : `${path}.${field}`;
      const value: unknown = Array.isArray(values) ? values[d] : values;
      return readParameter(at, field, value, isScale);
    }),
  );
}
