import type { RebalancingCheck } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";
import { wordBy } from "./describe-check.ts";

/** What would lift it; nothing where it passed. */
export function wordLift(check: RebalancingCheck, timeZone: string, words: Words): string {
  if (check.outcome === "passed") return "";
  return wordBy(`review.lift.${check.rule}.${check.numbers.says}`, check, timeZone, words) ?? check.lift;
}

/** What stopped the run, or changed the plan, before what passed. */
export function sortChecks(checks: readonly RebalancingCheck[]): RebalancingCheck[] {
  const order = ["blocked", "held", "trimmed", "passed"];
  return checks.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
}

/** Of all checks, how many did what. */
export function summariseChecks(checks: readonly RebalancingCheck[], { t, format }: Words): string {
  const number = format.count(checks.length);
  const of = (...outcomes: readonly string[]) => checks.filter(({ outcome }) => outcomes.includes(outcome)).length;
  if (of("blocked") > 0) return t("review.checks.blocked", { blocked: format.count(of("blocked")), number });
  const touched = of("held", "trimmed");
  if (touched > 0) return t("review.checks.touched", { touched: format.count(touched), number });
  return t("review.checks.passed", { number });
}
