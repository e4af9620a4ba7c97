import { prepareActivation } from "../../activation/index.ts";
import { nameWeeklyPlan, type Plan, WEEKLY_JOB_ID } from "../../contract/index.ts";
import { tell } from "../../notifications/index.ts";
import { approveByPolicy, movedPerWeek, putForwardPlan } from "../../proposals/index.ts";
import type { Actor, WorkspaceStore } from "../../store/index.ts";
import type { RunContext } from "../run-context.ts";
import type { RunEnd, RunFindings } from "./run-log.ts";

/** Who decides where nobody does: the actor of what a run writes by itself. */
export const WEEKLY_JOB: Actor = {
  ...{ kind: "system", id: WEEKLY_JOB_ID, name: "weekly job" },
  ...{ ip: null, userAgent: null },
};

/** A plan on its way to whoever decides, or approved by the policy. */
interface Proposing {
  readonly end: RunEnd;
  /** Writes it, inside the transaction that ends the run: both are there, or neither. */
  readonly write: (tx: WorkspaceStore) => Promise<Partial<RunEnd>>;
}

/** What needs the data is asked for before: a transaction does not wait for the engine. */
export async function preparePropose(
  { workspace, settings, now }: RunContext,
  { id, period }: { readonly id: string; readonly period: string },
  { plan, input, checks }: RunFindings,
): Promise<Proposing> {
  const { applyUpTo, expireAfterDays } = settings.approval;
  const mayApply = applyUpTo !== null && movedPerWeek(plan!) <= applyUpTo;
  const prepared = mayApply ? await prepareActivation(workspace, plan!, null, undefined, now) : null;
  const moves = moneyMoved(plan!);
  const waits: RunEnd = { state: "proposed", outcome: `A plan that moves ${moves} a week waits to be approved.` };
  return {
    end: waits,
    async write(tx) {
      const row = await putForwardPlan(tx, {
        ...{ origin: "rebalancing", originId: id, name: nameWeeklyPlan(period), note: noteOf(checks) },
        ...{ input: input!, plan: plan!, now, expireAfterDays, actor: WEEKLY_JOB },
      });
      const isApplied = prepared !== null && (await approveByPolicy(tx, row, { applyUpTo, prepared, now }));
      const outcome = isApplied
        ? `A plan that moves ${moves} a week was approved by the policy.`
        : `A plan that moves ${moves} a week waits to be approved${until(row.expiresAt)}.`;
      await tell(tx, {
        event: isApplied ? "rebalancing.applied" : "rebalancing.proposed",
        ...{ title: outcome, text: reasonsOf(plan!), path: `/rebalancing?id=${row.id}` },
        facts: { run: id, period, proposal: row.id, movedPerWeek: row.movedPerWeek, currency: plan!.currency },
        mailTo: isApplied ? null : "plans:approve",
      });
      return { state: isApplied ? "applied" : "proposed", outcome, proposalId: row.id };
    },
  };
}

function moneyMoved(plan: Plan): string {
  const moved = movedPerWeek(plan).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return plan.currency === "" ? moved : `${moved} ${plan.currency}`;
}

function until(expiresAt: Date | null): string {
  return expiresAt === null ? "" : ` until ${expiresAt.toISOString().slice(0, 10)}`;
}

/** What the guard-rails did to it, for whoever decides. */
function noteOf(checks: RunFindings["checks"]): string {
  const texts = checks.filter(({ outcome }) => outcome !== "passed").map(({ text }) => text);
  const note = texts.join("\n");
  return note.length <= LONGEST_NOTE ? note : `${note.slice(0, LONGEST_NOTE - 1)}…`;
}

const LONGEST_NOTE = 1_000;

/** One line a channel that moves. */
function reasonsOf({ allocation }: Plan): string {
  return allocation
    .filter(({ current, recommended }) => current !== recommended)
    .map(({ channel, current, recommended, reason }) => `${channel}: ${current} to ${recommended}. ${reason}`)
    .join("\n");
}
