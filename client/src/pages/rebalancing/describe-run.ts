import type { ProposalSummary, RebalancingRunSummary, RebalancingSchedule } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";

/** The state of things: what runs next, and what waits for the reader. */
export function wordState(
  schedule: RebalancingSchedule,
  runs: readonly RebalancingRunSummary[],
  waiting: readonly Pick<ProposalSummary, "whyNotApprove">[],
  words: Words,
): string {
  const { t, format } = words;
  const [next] = schedule.next;
  const isUnderway = runs.some(({ state }) => state === "underway");
  const first = isUnderway
    ? t("rebalancing.underway")
    : schedule.settings.isScheduled && next !== undefined
      ? t("rebalancing.next", { when: strong(format.weekMoment(new Date(next), schedule.timeZone)) })
      : t("rebalancing.unscheduled");
  const own = waiting.filter(({ whyNotApprove }) => whyNotApprove === null).length;
  const second =
    own > 1
      ? t("rebalancing.waitMany", { number: strong(format.count(own)) })
      : t(own === 1 ? "rebalancing.waitOne" : waiting.length > 0 ? "rebalancing.waitOthers" : "rebalancing.waitNone");
  return `${first} ${second}`;
}

export function wordStarter({ trigger, startedBy }: RebalancingRunSummary, { t }: Words): string {
  return t(`rebalancing.triggerOf.${trigger}`, { who: startedBy });
}

/** A period is a day; that of a dry run is its own id. */
export function wordPeriod({ period, isDry }: Pick<RebalancingRunSummary, "period" | "isDry">, { t, format }: Words) {
  return isDry || !/^\d{4}-\d{2}-\d{2}$/.test(period) ? t("rebalancing.dry") : format.date(period);
}
