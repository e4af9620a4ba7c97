import type { RebalancingRunSummary } from "@touchline/server/contract";
import { wordPlanName } from "../../charts/prepare/plan-name.ts";
import { wordWarning } from "../../charts/prepare/plan-warning.ts";
import type { Words } from "../../i18n/words.ts";
import { capitalised, wordCheck } from "./describe-check.ts";

/** How a run ended, in one sentence. Why one failed, and which limits contradict each other, only the server says, in English. */
export function wordEnding(
  { ending, isDry, movedPerWeek, outcome }: RebalancingRunSummary,
  timeZone: string,
  words: Words,
): string {
  const { t, format } = words;
  if (ending === null) return outcome;
  const moved = format.money(movedPerWeek ?? 0);
  const isEnglish = format.language === "en";
  switch (ending.code) {
    case "check":
      return wordCheck(ending.check, timeZone, words);
    case "warning":
      return wordWarning(ending.warning, words);
    case "standing": {
      const name = wordPlanName(ending, words);
      if (ending.since === null) return t("rebalancing.ending.standingBare", { name });
      return t("rebalancing.ending.standing", { name, day: format.date(ending.since) });
    }
    case "cancelled":
      return ending.by === "" ? outcome : t("rebalancing.ending.cancelled", { who: ending.by });
    case "failed":
      return isEnglish ? outcome : t("rebalancing.ending.failed", { step: t(`rebalancing.step.${ending.step}`) });
    case "impossible":
      return isEnglish ? outcome : t("rebalancing.ending.impossible");
    case "waits":
      return t(isDry ? "rebalancing.ending.wouldWait" : "rebalancing.ending.waits", { moved });
    default:
      return t(`rebalancing.ending.${ending.code}`, { moved });
  }
}

/** The same behind the state that the run came to. */
export function wordHeadline(run: RebalancingRunSummary, timeZone: string, words: Words): string {
  const state = capitalised(words.t(`rebalancing.stateOf.${run.state}`));
  const outcome = wordEnding(run, timeZone, words);
  return outcome === "" ? state : words.t("rebalancing.runHeadline", { state, outcome });
}
