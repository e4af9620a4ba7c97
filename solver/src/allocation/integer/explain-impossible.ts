import type { Engines } from "../../linear/index.ts";
import { smallestConflict } from "../conflict.ts";
import type { AllocationProblem, Limit } from "../problem.ts";
import type { Repair } from "../repair.ts";
import { judge } from "./judge.ts";
import { repairOf } from "./repair-limit.ts";

interface Explained {
  readonly conflict: Limit[];
  /** One entry a limit that can repair the problem on its own, the least relative change first */
  readonly repairs: Repair[];
}

/**
 * Why no plan keeps the limits with the steps and the minimums when on, and which single number would have to change. Steps
 * and minimums are taken as given: where they alone are impossible, no limit is to blame.
 */
export function explainImpossible(problem: AllocationProblem, limits: readonly Limit[], engines: Engines): Explained {
  const isImpossible = (some: readonly Limit[]) => judge(problem, some, engines) === "impossible";
  if (!isImpossible(limits) || isImpossible([])) return { conflict: [], repairs: [] };
  const conflict = smallestConflict(limits, isImpossible);
  const repairs = conflict.flatMap((limit) => repairOf(problem, limits, limit, engines) ?? []);
  const change = ({ limit, to }: Repair) =>
    Math.abs(to - limit.value) / Math.max(Math.abs(limit.value), Number.MIN_VALUE);
  return { conflict, repairs: repairs.sort((a, b) => change(a) - change(b)) };
}
