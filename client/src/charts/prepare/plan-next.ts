import type { Plan } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

/** Something to do about a plan, in the order of what settles most. */
export interface NextStep {
  readonly code: "test" | "limits" | "vary" | "wait" | "enough";
  readonly text: string;
}

const UNTESTED = new Set(["uncertain", "demand-capture", "low-coverage"]);

function namesOf(plan: Plan, matches: (code: string) => boolean): string[] {
  return plan.allocation.filter(({ why }) => matches(why.code)).map(({ channel }) => channel);
}

/**
 * What to do next where a plan cannot, or need not, move money: test what is too uncertain, vary what never varied, loosen what
 * binds. A plan that stays as it is never ends in silence.
 */
export function prepareNextSteps(plan: Plan, { t }: Words): NextStep[] {
  if (plan.status === "infeasible") return [];
  const told = plan.warnings.flatMap((warning) => (warning.code === "test-first" ? warning.channels : []));
  const toTest = [...new Set([...told, ...namesOf(plan, (code) => UNTESTED.has(code))])];
  const toVary = namesOf(plan, (code) => code === "unidentified");
  const steps: NextStep[] = [];
  if (toTest.length > 0) steps.push({ code: "test", text: t("planner.next.test", { channels: toTest.join(", ") }) });
  if (toVary.length > 0) steps.push({ code: "vary", text: t("planner.next.vary", { channels: toVary.join(", ") }) });
  if (plan.status === "optimal") return steps;
  const isBest = plan.warnings.some(({ code }) => code === "already-best");
  const isUnsure = plan.warnings.some(({ code }) => code === "unconvincing");
  if (isBest && plan.shadowPrices.length > 0) steps.push({ code: "limits", text: t("planner.next.limits") });
  if (isUnsure) steps.push({ code: "wait", text: t("planner.next.wait") });
  if (steps.length === 0) steps.push({ code: "enough", text: t("planner.next.enough") });
  return steps;
}
