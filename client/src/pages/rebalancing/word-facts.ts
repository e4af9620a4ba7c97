import { ProposalOrigin, type RebalancingStepRecord } from "@touchline/server/contract";
import { wordPlanName } from "../../charts/prepare/plan-name.ts";
import type { Words } from "../../i18n/words.ts";

/** Facts that have words, in the order in which they are told. */
const COUNTS = ["lookbackDays", "confirmed", "curves", "withoutCurve"] as const;
const CHECKS = ["passed", "trimmed", "held", "blocked"] as const;
const MONEY = ["movedPerWeek", "gain"] as const;
const FLAGS = ["dataArrived", "isSame"] as const;
const LAST = ["differing", "waiting"] as const;

/** What a step found, as texts; counts of nothing, and what has no words, are left out. */
export function wordFacts(facts: RebalancingStepRecord["facts"], words: Words): string[] {
  const { t, format } = words;
  const { lastBookedDay, standing } = facts;
  const origin = ProposalOrigin.safeParse(facts.standingOrigin).data ?? null;
  const counted = (name: (typeof COUNTS | typeof CHECKS | typeof LAST)[number]) => {
    const value = facts[name];
    return typeof value === "number" && value > 0
      ? [t(`rebalancing.fact.${name}`, { value: format.count(value) })]
      : [];
  };
  return [
    ...(typeof lastBookedDay === "string" && lastBookedDay !== ""
      ? [t("rebalancing.fact.lastBookedDay", { value: format.date(lastBookedDay) })]
      : []),
    ...COUNTS.flatMap(counted),
    ...MONEY.flatMap((name) => {
      const value = facts[name];
      return typeof value === "number" ? [t(`rebalancing.fact.${name}`, { value: format.money(value) })] : [];
    }),
    ...CHECKS.flatMap(counted),
    ...FLAGS.flatMap((name) => (facts[name] === true ? [t(`rebalancing.fact.${name}`)] : [])),
    ...(typeof standing === "string"
      ? [t("rebalancing.fact.standing", { value: wordPlanName({ name: standing, origin }, words) })]
      : []),
    ...LAST.flatMap(counted),
  ];
}
