import { curveSlope, curveValue } from "../response/curve-families.ts";
import type { Programme } from "./programme.ts";

/** Slopes (in scaled units) that differ by less than this from half to twice the spend make a stretch of curve straight. */
const STRAIGHT = 1e-9;
/** A sale this near (relative) to nothing or to all of the response is at that end. */
const AT_END = 1e-9;
/** How stiffly a channel is held where it was: scaled worth a scaled unit. */
export const STIFFNESS = 1e-3;

/** A channel on a straight stretch: its value there is read off the tangent at `at`, less the pull back to it. */
export interface Spring {
  readonly at: number;
  readonly value: number;
  readonly slope: number;
}

export function findSprings(programme: Programme, ceiling: Float64Array, spend: Float64Array): (Spring | null)[] {
  return programme.curves.map((curve, i) => {
    const at = spend[i]!;
    const bend =
      curveSlope(curve, Math.max(programme.lower[i]!, at / 2)) - curveSlope(curve, Math.min(ceiling[i]!, 2 * at));
    return bend <= STRAIGHT ? { at, value: curveValue(curve, at), slope: curveSlope(curve, at) } : null;
  });
}

/**
 * A channel whose response is worth exactly the stock that it takes sells some of it, and a price a hair higher or lower
 * would sell none or all: its spend and its sale are held where the linear programme has them.
 */
export interface PartialSale {
  readonly spend: number;
  readonly sold: number;
  readonly response: number;
}

export function findPartialSales(
  { curves, stocks }: Programme,
  spend: Float64Array,
  sales: Float64Array | null,
): (PartialSale | null)[] {
  return curves.map((curve, i) => {
    if (sales === null || !stocks.some(({ use }) => use[i]! > 0)) return null;
    const response = curveValue(curve, spend[i]!);
    const sold = sales[i]!;
    const isPart = sold > AT_END * response && sold < response * (1 - AT_END);
    return isPart ? { spend: spend[i]!, sold, response } : null;
  });
}
