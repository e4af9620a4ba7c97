import type { GoalSeek, GoalSeekInput } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { goalAmount } from "./goal-figure.ts";

/** What a wanted result takes, in one sentence; where it cannot be had, what can. */
export function writeGoalSeek(answer: GoalSeek, seek: GoalSeekInput["seek"], words: Words): string {
  const { t, format } = words;
  const { best, goal } = answer;
  const per = t(`planner.per.${answer.period}`);
  if (answer.status === "unsolved") return t("studies.seek.unsolved");
  if (answer.status === "unreachable" || best === null) {
    if (answer.mostReachable === null) return t("studies.seek.unreachableBare");
    return t("studies.seek.unreachable", { most: strong(goalAmount(answer.mostReachable, goal, words)) });
  }
  const spend = strong(format.money(best.spend));
  if (seek.type === "highest-roas") {
    return t("studies.seek.answerRoas", { roas: strong(format.roas(best.roas ?? 0)), spend, per });
  }
  const sentence = t("studies.seek.answerSpend", {
    target: goalAmount(seek.target, goal, words),
    spend,
    per,
    change: format.moneyChange(best.spend - answer.today.spend),
  });
  if (answer.marginalCost === null) return sentence;
  return `${sentence} ${t("studies.seek.marginalCost", { cost: format.money(answer.marginalCost, 2) })}`;
}
