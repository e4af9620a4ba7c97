import { DAYS_PER_PERIOD, type Policies, type Proposal, type ProposalSummary } from "@touchline/server/contract";
import { goalAmount, goalChange, goalFigure } from "../../charts/prepare/goal-figure.ts";
import { wordActor, wordPlanName } from "../../charts/prepare/plan-name.ts";
import { strong, type Words } from "../../i18n/words.ts";
import { prepareLimitChips } from "../planner/limit-chips.ts";
import { DEFAULT_LIMITS } from "../planner/limits.ts";
import type { ShownState } from "./proposals-search.ts";

export interface ProposalLine {
  readonly id: string;
  readonly name: string;
  readonly state: ProposalSummary["state"];
  readonly proposed: string;
  readonly moved: string;
  readonly gain: string;
  readonly interval: string | null;
  /** Who decided and when, or what it waits for. */
  readonly decided: string;
  readonly remark: string;
}

export function wordPolicy({ secondPersonAbove }: Policies, { t, format }: Words): string {
  if (secondPersonAbove === null) return t("proposals.policyNone");
  return t("proposals.policyAbove", { above: format.money(secondPersonAbove) });
}

export function countStates(list: readonly ProposalSummary[]): Readonly<Record<ShownState, number>> {
  const counts = {
    ...{ proposed: 0, approved: 0, rejected: 0, withdrawn: 0, expired: 0, superseded: 0 },
    all: list.length,
  };
  for (const { state } of list) counts[state] += 1;
  return counts;
}

export function prepareLines(
  list: readonly ProposalSummary[],
  shown: ShownState,
  timeZone: string,
  words: Words,
): ProposalLine[] {
  const { t, format } = words;
  const byAt = (who: string, at: string) => t("proposals.byAt", { who, when: format.moment(new Date(at), timeZone) });
  return list
    .filter(({ state }) => shown === "all" || state === shown)
    .map((proposal) => {
      const { goal, value, valueAtCurrent, interval } = proposal.expected.goal;
      const { decision } = proposal;
      const week = DAYS_PER_PERIOD.week / DAYS_PER_PERIOD[proposal.period];
      return {
        ...{ id: proposal.id, name: wordPlanName(proposal, words), state: proposal.state },
        proposed: byAt(wordActor(proposal.proposedBy, words), proposal.proposedAt),
        moved: format.money(proposal.movedPerWeek),
        gain: goalChange(week * (value - valueAtCurrent), goal, words),
        interval:
          interval === null
            ? null
            : t("proposals.interval", {
                low: goalChange(week * interval.low, goal, words),
                high: goalChange(week * interval.high, goal, words),
              }),
        decided:
          decision === null
            ? t(proposal.needsSecondPerson ? "proposals.waitsSecond" : "proposals.waits")
            : byAt(wordActor(decision.by, words), decision.at),
        remark: decision?.remark ?? "",
      };
    });
}

/** What one proposal would do in a week, or what became of it. */
export function wordProposal(proposal: Proposal, timeZone: string, words: Words): string {
  const { t, format } = words;
  const { state, decision, plan, proposedBy } = proposal;
  const moved = strong(format.money(proposal.movedPerWeek));
  if (state !== "proposed" && decision !== null) {
    const when = format.moment(new Date(decision.at), timeZone);
    return t(`proposals.headline.${state}`, { by: wordActor(decision.by, words), when, moved });
  }
  const who = proposal.origin === "rebalancing" ? t("rebalancing.byRun.who") : proposedBy.name;
  if (Number(proposal.movedPerWeek) === 0) return t("proposals.headline.proposedLeave", { who });
  const { goal, value, valueAtCurrent } = plan.expected.goal;
  const gain = ((value - valueAtCurrent) * DAYS_PER_PERIOD.week) / DAYS_PER_PERIOD[plan.period];
  if (gain < 0) {
    return t("proposals.headline.proposedCost", { who, moved, gain: strong(goalAmount(-gain, goal, words)) });
  }
  const what = t(`planner.whatOf.${goal}`);
  return t("proposals.headline.proposedMove", { who, moved, gain: strong(goalFigure(gain, goal, words)), what });
}

/** What was asked for: the chips name what differs from an empty form, and what an empty form asks for stands before them. */
export function wordAskedFor({ input, plan }: Pick<Proposal, "input" | "plan">, words: Words): string[] {
  const { t, format } = words;
  const per = t(`planner.per.${input.period}`);
  return [
    ...(input.budget === null ? [t("proposals.asToday", { budget: format.money(plan.budget), per })] : []),
    ...(input.maxChange !== null && input.maxChange === DEFAULT_LIMITS.maxChange
      ? [t("proposals.change", { share: format.percent(input.maxChange, 0) })]
      : []),
    ...prepareLimitChips(input, words).map(({ text }) => text),
  ];
}
