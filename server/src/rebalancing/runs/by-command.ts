import { desc, eq } from "drizzle-orm";
import type { RebalancingRun, RebalancingStep } from "../../contract/index.ts";
import { movedPerWeek } from "../../proposals/index.ts";
import { type Actor, rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { periodAt } from "../schedule/due-times.ts";
import { settingsOf } from "../settings.ts";
import { cancelRun } from "./cancel-run.ts";
import { executeRun } from "./execute-run.ts";
import { forgetHolder, newHolder, takeRun } from "./lease.ts";
import { describeRun } from "./list-runs.ts";
import { endingOf } from "./run-ending.ts";
import { PassingLog } from "./run-log.ts";
import { startRun } from "./start-run.ts";
import { workOnRun } from "./work-on-run.ts";

interface Desk {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

interface CommandOptions {
  readonly again: boolean;
  readonly clock: () => Date;
  readonly onStep: (step: RebalancingStep, place: number) => void;
}

/** How a command found the run of its period, or made it. */
export interface CommandRun {
  readonly run: RebalancingRun;
  /** done: by this command. stood: it had ended before. busy: another process works on it. */
  readonly way: "done" | "stood" | "busy";
}

/** `touchline rebalance`: does the run of this period, or goes on with it where a process left it. */
export async function rebalanceByCommand(
  { workspace, store, actor }: Desk,
  { again, clock, onStep }: CommandOptions,
): Promise<CommandRun> {
  const holder = newHolder();
  try {
    const asked = { trigger: "command", actor, now: clock(), holder, again } as const;
    const { row, isNew } = await startRun(store, workspace, asked);
    if (!isNew && row.state !== "underway") return { run: describeRun(row), way: "stood" };
    const own = isNew ? row : await takeRun(store, row.id, holder);
    if (own === null) return { run: describeRun(row), way: "busy" };
    const ended = await workOnRun({ workspace, store, row: own, holder }, { now: clock, onStep });
    return { run: describeRun(ended), way: ended.state === "underway" ? "busy" : "done" };
  } finally {
    forgetHolder(holder);
  }
}

/** `touchline rebalance --dry-run`: everything but the proposal, and nothing of it is kept. */
export async function rehearseByCommand(
  { workspace, store, actor }: Desk,
  { clock, onStep }: CommandOptions,
): Promise<RebalancingRun> {
  const [settings, { timeZone }] = await Promise.all([settingsOf(store), workspace.settings()]);
  const startedAt = clock();
  const period = periodAt(settings.schedule, timeZone, startedAt);
  const runLog = new PassingLog();
  await executeRun({ workspace, store, settings, period, isDry: true, now: clock, onStep }, runLog);
  const { plan, watermark, attributionRun, checks } = runLog.findings();
  const { state, outcome } = runLog.ended!;
  const [steps, cancelledBy] = [runLog.steps(), null];
  return {
    ...{ id: runLog.id, period, isDry: true, trigger: "command", startedBy: actor.name, proposalId: null, settings },
    ...{ startedAt: startedAt.toISOString(), endedAt: clock().toISOString() },
    ...{ state, outcome, steps: [...steps], checks: [...checks] },
    ending: endingOf({ state, steps, checks, plan, cancelledBy }),
    ...{ watermark, attributionRun, plan, movedPerWeek: plan === null ? null : movedPerWeek(plan).toFixed(2) },
  };
}

/** `touchline rebalance --status`: the newest run. */
export async function statusByCommand({ store }: Pick<Desk, "store">): Promise<RebalancingRun | null> {
  const newest = { orderBy: desc(rebalancingRuns.startedAt), limit: 1 };
  const [row] = await store.select(rebalancingRuns, eq(rebalancingRuns.isDry, false), newest);
  return row === undefined ? null : describeRun(row);
}

/** `touchline rebalance --cancel` */
export async function cancelByCommand(desk: Desk, now: Date): Promise<RebalancingRun> {
  const [row] = await desk.store.select(rebalancingRuns, eq(rebalancingRuns.state, "underway"), {
    ...{ orderBy: desc(rebalancingRuns.startedAt), limit: 1 },
  });
  if (row === undefined)
    throw new UserError(
      `no run of the rebalancing is under way in workspace ${desk.workspace.id}: there is nothing to cancel`,
    );
  return describeRun(await cancelRun(desk, row.id, now));
}
