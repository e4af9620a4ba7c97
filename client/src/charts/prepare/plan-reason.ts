import type { MoveReason, Period, PlanGoal } from "@touchline/server/contract";
import { unitName, type Words } from "../../i18n/words.ts";
import { goalPerUnit } from "./goal-figure.ts";
import { wordLimit } from "./plan-limits.ts";

/** What a reason is told of beside its own figures. */
export interface ReasonFrame {
  readonly goal: PlanGoal;
  readonly period: Period;
}

type Print = (value: number) => string;

/** The sentence that names the limit a channel stops at; null where there is none or a figure is missing. */
function wordStop(why: MoveReason, frame: ReasonFrame, print: Print, words: Words): string | null {
  const { t } = words;
  if (why.stop === null) return null;
  const limit = wordLimit(why.stop, frame.period, words, frame.goal);
  const unit = unitName(words);
  if (why.code === "off") return t("planner.reasonsStop.off", { limit });
  if (why.code === "at-upper" || why.code === "at-lower") {
    if (why.marginalThen === null) return null;
    const side = why.code === "at-upper" ? "upper" : "lower";
    return t(`planner.reasonsStop.${side}`, { unit, later: print(why.marginalThen), limit });
  }
  if (why.marginalNow === null) return null;
  if (why.code === "earns-more") return t("planner.reasonsStop.raise", { unit, now: print(why.marginalNow), limit });
  if (why.code === "earns-less") return t("planner.reasonsStop.cut", { unit, now: print(why.marginalNow), limit });
  return null;
}

/** Two figures that print alike cannot explain a move: it only evens out what is left. */
function wordEarns(why: MoveReason, code: "earns-more" | "earns-less", print: Print, words: Words): string {
  const { t } = words;
  const unit = unitName(words);
  if (why.marginalNow === null || why.marginalThen === null || why.marginalPlan === null)
    return t(`planner.reasonsBare.${code}`, { unit });
  const [now, later, plan] = [print(why.marginalNow), print(why.marginalThen), print(why.marginalPlan)];
  if (now === plan) return t("planner.reasonsClose", { unit, now });
  return t(`planner.reasons.${code}`, { unit, now, later, plan });
}

/** The reason of a move in the reader's language, from its code and figures. Figures that are missing are left out. */
export function wordReason(why: MoveReason, frame: ReasonFrame, words: Words): string {
  const { t } = words;
  const unit = unitName(words);
  const print: Print = (value) => goalPerUnit(value, frame.goal, words);
  const stop = wordStop(why, frame, print, words);
  if (stop !== null) return stop;
  switch (why.code) {
    case "unchanged":
      if (why.marginalNow === null) return t("planner.reasonsBare.unchanged");
      return t("planner.reasons.unchanged", { unit, now: print(why.marginalNow) });
    case "at-upper":
    case "at-lower":
      if (why.marginalThen === null || why.marginalPlan === null) return t(`planner.reasonsBare.${why.code}`);
      return t(`planner.reasons.${why.code}`, {
        unit,
        later: print(why.marginalThen),
        plan: print(why.marginalPlan),
      });
    case "earns-more":
    case "earns-less":
      return wordEarns(why, why.code, print, words);
    default:
      return t(`planner.reasons.${why.code}`);
  }
}
