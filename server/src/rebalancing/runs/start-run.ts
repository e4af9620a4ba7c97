import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { RebalancingSettings, RebalancingTrigger } from "../../contract/index.ts";
import { type Actor, rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import type { Workspace } from "../../workspace.ts";
import { periodAt } from "../schedule/due-times.ts";
import { settingsOf } from "../settings.ts";
import { leaseEnd, type RunRow } from "./lease.ts";
import { WAITING } from "./run-log.ts";

export interface StartOptions {
  readonly trigger: RebalancingTrigger;
  readonly actor: Actor;
  /** As people are called on pages, where the audit calls them otherwise. */
  readonly starterName?: string;
  readonly now: Date;
  /** The execution that takes it at once; null: whichever server sees it first. */
  readonly holder: string | null;
  readonly isDry?: boolean;
  /** Runs that ended without a plan are done again: what stopped them may be lifted. */
  readonly again?: boolean;
}

export interface Started {
  readonly row: RunRow;
  /** False: it stood already. */
  readonly isNew: boolean;
}

/** What ended without a plan, and may be tried again where somebody asks for it. */
const WITHOUT_A_PLAN: readonly RunRow["state"][] = ["failed", "cancelled", "blocked", "nothing"];
/** What failed is tried so often by the schedule, and after a pause: a database that is away comes back. */
const SCHEDULED_TRIES = 3;
const PAUSE_MS = 5 * 60_000;

/**
 * The run of the period that it is, begun where it was not yet: of all who start one at the same moment, on however many servers, one
 * begins it. A run that failed is begun anew by whoever asks for it by hand.
 */
export async function startRun(store: WorkspaceStore, workspace: Workspace, options: StartOptions): Promise<Started> {
  const { actor, now, isDry = false } = options;
  const [settings, { timeZone }] = await Promise.all([settingsOf(store), workspace.settings()]);
  const period = isDry ? null : periodAt(settings.schedule, timeZone, now);
  const standing = period === null ? undefined : await findByPeriod(store, period);
  // A schedule asks again and again, and what stands is no reason to write.
  if (standing !== undefined && !mayRetry(standing, options)) return { row: standing, isNew: false };
  return store.transaction(async (tx) => {
    const made = await insertRun(tx, settings, period, options);
    if (made !== null) {
      await audit(tx, actor, "rebalancing.start", made);
      return { row: made, isNew: true };
    }
    const row = (await findByPeriod(tx, period!))!;
    const retried = mayRetry(row, options) ? await retryRun(tx, row, { ...options, settings }) : null;
    if (retried === null) return { row, isNew: false };
    await audit(tx, actor, "rebalancing.try-again", retried);
    return { row: retried, isNew: true };
  });
}

async function findByPeriod(store: WorkspaceStore, period: string): Promise<RunRow | undefined> {
  return (await store.select(rebalancingRuns, eq(rebalancingRuns.period, period)))[0];
}

/** @param period null: a dry run, of which there may be any number */
function insertRun(
  tx: WorkspaceStore,
  settings: RebalancingSettings,
  period: string | null,
  { trigger, actor, starterName = actor.name, now, holder }: StartOptions,
): Promise<RunRow | null> {
  const id = randomUUID();
  return tx.insertOnce(rebalancingRuns, {
    ...{ id, period: period ?? id, isDry: period === null, trigger, settings, attempts: 1 },
    ...{ startedBy: actor.id, starterName, startedAt: now, endedAt: null, cancelledBy: null },
    ...{ state: "underway", outcome: "", steps: [...WAITING], checks: [], proposalId: null },
    ...{ watermark: null, attributionRun: null, input: null, plan: null },
    ...{ holder, heldUntil: holder === null ? null : leaseEnd() },
  });
}

function mayRetry({ state, attempts, endedAt }: RunRow, { trigger, again = false, now }: StartOptions): boolean {
  if (again) return WITHOUT_A_PLAN.includes(state);
  if (state !== "failed" || trigger !== "schedule") return state === "failed";
  return attempts < SCHEDULED_TRIES && now.getTime() - (endedAt?.getTime() ?? 0) >= PAUSE_MS * attempts;
}

/** @returns null where somebody else was faster */
async function retryRun(
  tx: WorkspaceStore,
  { id, attempts, state: found }: RunRow,
  {
    trigger,
    actor,
    starterName = actor.name,
    now,
    holder,
    settings,
  }: StartOptions & { readonly settings: RebalancingSettings },
): Promise<RunRow | null> {
  const { id: ids, state, attempts: tried } = rebalancingRuns;
  const [row] = await tx.update(
    rebalancingRuns,
    {
      ...{ trigger, settings, attempts: attempts + 1, state: "underway", outcome: "", cancelledBy: null },
      ...{ startedBy: actor.id, starterName, startedAt: now, endedAt: null, steps: [...WAITING] },
      ...{ checks: [], watermark: null, attributionRun: null, input: null, plan: null, proposalId: null },
      ...{ holder, heldUntil: holder === null ? null : leaseEnd() },
    },
    and(eq(ids, id), eq(state, found), eq(tried, attempts))!,
  );
  return row ?? null;
}

function audit(tx: WorkspaceStore, actor: Actor, action: string, { id, period, trigger, isDry, attempts }: RunRow) {
  const subject = { kind: "rebalancing", id };
  return tx.audit({ actor, action, subject, after: { period, trigger, isDry, attempts } });
}
