import type { Engines } from "../linear/index.ts";
import { judgeLimits } from "./judge-limits.ts";
import type { AllocationProblem, Limit } from "./problem.ts";
import { type Repair, repairOf } from "./repair.ts";

export interface Conflict {
  /** Limits that no plan keeps together; without any one of them the others can be kept. Empty when no conflict was proved */
  readonly limits: Limit[];
  /** One entry a limit that can repair the problem on its own, the least relative change first */
  readonly repairs: Repair[];
}

/** Why the limits cannot hold together, and which single number would have to change, by how much at least. */
export function findConflict(problem: AllocationProblem, limits: readonly Limit[], engines?: Engines): Conflict {
  if (judgeLimits(problem, limits, engines) !== "impossible") return { limits: [], repairs: [] };
  const conflict = smallestConflict(limits, (some) => judgeLimits(problem, some, engines) === "impossible");
  const repairs = conflict.flatMap((limit) => repairOf({ problem, limits, engines }, limit) ?? []);
  const change = ({ limit, to }: Repair) =>
    Math.abs(to - limit.value) / Math.max(Math.abs(limit.value), Number.MIN_VALUE);
  repairs.sort((a, b) => change(a) - change(b));
  return { limits: conflict, repairs };
}

/**
 * An irreducible subset of limits that is impossible, by halving (Junker 2004, "QuickXplain"): a conflict of k among n
 * limits takes about k * log2(n / k) tests instead of n.
 * @param limits impossible together
 */
export function smallestConflict<T>(limits: readonly T[], isImpossible: (some: readonly T[]) => boolean): T[] {
  const search = (background: T[], candidates: T[], grown: boolean): T[] => {
    if (grown && isImpossible(background)) return [];
    if (candidates.length === 1) return candidates;
    const half = candidates.length >> 1;
    const left = candidates.slice(0, half);
    const right = candidates.slice(half);
    const fromRight = search([...background, ...left], right, true);
    const fromLeft = search([...background, ...fromRight], left, fromRight.length > 0);
    return [...fromLeft, ...fromRight];
  };
  const found = new Set(search([], [...limits], false));
  return limits.filter((limit) => found.has(limit));
}
