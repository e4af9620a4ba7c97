import type { Curve } from "../../response/curve-families.ts";
import { readCurve, readCurveDraws } from "./read-curve.ts";
import { guard, type Refused } from "./read-fields.ts";

/** Reads a curve in the layout of a problem file from JSON that nobody has checked. */
export function parseCurve(path: string, json: unknown): { readonly kind: "ok"; readonly curve: Curve } | Refused {
  return guard(() => ({ kind: "ok", curve: readCurve(path, json) }));
}

/** Reads draws of a curve in the layout of a problem file from JSON that nobody has checked. */
export function parseCurveDraws(
  path: string,
  json: unknown,
): { readonly kind: "ok"; readonly draws: readonly Curve[] } | Refused {
  return guard(() => ({ kind: "ok", draws: readCurveDraws(path, json) }));
}
