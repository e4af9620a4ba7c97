import type { ProposalSummary, RebalancingRunSummary, RebalancingWeek } from "@touchline/server/contract";
import { wordPlanName } from "../../charts/prepare/plan-name.ts";
import type { Words } from "../../i18n/words.ts";
import { wordEnding } from "./describe-ending.ts";
import { wordPeriod } from "./describe-run.ts";

export interface TimelineWeek {
  readonly id: string;
  /** Sorts by it. */
  readonly day: string;
  readonly when: string;
  /** How its dot is drawn. */
  readonly look: "realised" | "approved" | "waiting" | "stopped";
  readonly run: string | null;
  readonly runState: RebalancingRunSummary["state"] | null;
  readonly proposal: { readonly id: string; readonly name: string } | null;
  readonly proposalState: ProposalSummary["state"] | null;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly note: string | null;
}

const MOST_SHOWN = 26;

/** Weeks of decided plans, and runs that came to none, the newest first. */
export function prepareTimeline(
  weeks: readonly RebalancingWeek[],
  runs: readonly RebalancingRunSummary[],
  proposals: readonly ProposalSummary[],
  timeZone: string,
  words: Words,
): TimelineWeek[] {
  const byId = new Map(proposals.map((proposal) => [proposal.id, proposal]));
  const told = new Set(weeks.map(({ proposalId }) => proposalId));
  const decided = weeks.map((week) => weekOf(week, byId.get(week.proposalId ?? ""), words));
  const others = runs
    .filter(({ isDry, proposalId }) => !isDry && (proposalId === null || !told.has(proposalId)))
    .map((run) => runOf(run, byId.get(run.proposalId ?? ""), timeZone, words));
  return [...decided, ...others].sort((a, b) => (a.day < b.day ? 1 : -1)).slice(0, MOST_SHOWN);
}

function weekOf(week: RebalancingWeek, proposal: ProposalSummary | undefined, words: Words): TimelineWeek {
  const { t, format } = words;
  const { from, to, promised, realised, overrides, control } = week;
  const print = (range: NonNullable<RebalancingWeek["realised"]>) =>
    t("rebalancing.timeline.range", {
      ...{ gain: format.moneyChange(range.gain) },
      ...{ low: format.moneyChange(range.low), high: format.moneyChange(range.high) },
    });
  const isApproved = promised !== null;
  return {
    ...{ id: `${week.proposalId} ${from}`, day: from, when: format.range(from, to), run: week.runId },
    look: realised !== null ? "realised" : isApproved ? "approved" : "stopped",
    ...{ runState: week.state, proposal: linkOf(proposal, words) },
    proposalState: proposal?.state ?? (isApproved ? "approved" : "rejected"),
    figures: [
      ...(promised === null ? [] : [{ label: t("rebalancing.timeline.promised"), value: print(promised) }]),
      ...(isApproved
        ? [
            {
              label: t("rebalancing.timeline.realised"),
              value: realised === null ? t("rebalancing.timeline.immature") : print(realised),
            },
          ]
        : []),
      ...(isApproved && overrides.length > 0
        ? [
            {
              label: t("rebalancing.overrides.title"),
              value: t("rebalancing.timeline.changed", { count: overrides.length }),
            },
          ]
        : []),
    ],
    note:
      control === null || control.channels.length === 0
        ? null
        : t("rebalancing.timeline.control", {
            ...{ channels: control.channels.join(", "), spend: format.money(control.spend) },
          }),
  };
}

function linkOf(proposal: ProposalSummary | undefined, words: Words): TimelineWeek["proposal"] {
  return proposal === undefined ? null : { id: proposal.id, name: wordPlanName(proposal, words) };
}

function runOf(
  run: RebalancingRunSummary,
  proposal: ProposalSummary | undefined,
  timeZone: string,
  words: Words,
): TimelineWeek {
  const { t, format } = words;
  const note = wordEnding(run, timeZone, words);
  const isWaiting = run.state === "proposed" && (proposal === undefined || proposal.state === "proposed");
  return {
    ...{ id: run.id, day: run.period, when: wordPeriod(run, words), run: run.id, runState: run.state },
    look: isWaiting ? "waiting" : "stopped",
    proposal: linkOf(proposal, words),
    proposalState: proposal?.state ?? null,
    figures:
      run.movedPerWeek === null ? [] : [{ label: t("rebalancing.runs.moved"), value: format.money(run.movedPerWeek) }],
    note: note === "" ? null : note,
  };
}
