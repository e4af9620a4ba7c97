import type { PlanWarning } from "../../contract/index.ts";
import type { SolvedPlan } from "../solve-plan.ts";
import { warningInWords } from "../words.ts";

/** Points without an answer are no impossible ones: what was not proved is said once for each reason. */
export function warnOfStops(solved: readonly SolvedPlan[]): PlanWarning[] {
  const reasons = solved.flatMap(({ allocation }) => (allocation.status === "stopped" ? [allocation.reason] : []));
  return [...new Set(reasons)].map((detail) => warningInWords({ code: "not-proved", detail }));
}
