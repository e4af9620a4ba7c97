import { ModelError } from "@touchline/solver";
import { EngineError } from "@touchline/sql";
import { and, desc, eq, inArray, isNotNull, ne } from "drizzle-orm";
import { type RebalancingSettings, RebalancingStep } from "../../contract/index.ts";
import { log } from "../../log.ts";
import { tell } from "../../notifications/index.ts";
import { rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import type { RunContext } from "../run-context.ts";
import { preparePropose } from "./propose-plan.ts";
import { RunCancelled, type RunLog, RunLost, RunReleased } from "./run-log.ts";
import { DataMoved, type RunDesk, STEPS } from "./steps.ts";

/** What an execution goes by. */
export interface Execution {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  readonly settings: RebalancingSettings;
  readonly period: string;
  readonly isDry: boolean;
  /** The clock, or what stands in for it. */
  readonly now: () => Date;
  /** True once the process is about to end: the run stops before its next step, and goes on elsewhere. */
  readonly isStopping?: () => boolean;
  readonly onStep?: (step: RebalancingStep, place: number) => void;
}

/**
 * Does the steps that are not done yet, and writes down how the run ends.
 * @throws RunLost where another process has taken it over, RunReleased where one is to: it goes on there
 */
export async function executeRun(execution: Execution, runLog: RunLog): Promise<void> {
  const { now } = execution;
  try {
    for (;;) {
      try {
        return await doSteps(execution, runLog);
      } catch (error) {
        if (!(error instanceof DataMoved)) throw error;
        await runLog.startOver();
      }
    }
  } catch (error) {
    if (error instanceof RunLost || error instanceof RunReleased) throw error;
    if (error instanceof RunCancelled)
      return runLog.end({ state: "cancelled", outcome: `Stopped: ${error.message}.` }, now());
    const outcome = sentenceOf(error);
    if (!isForPeople(error)) log.error({ err: error, run: runLog.id }, "a weekly run failed");
    const tell = tellingOf(execution, runLog.id, "rebalancing.failed", outcome);
    await runLog.end({ state: "failed", outcome }, now(), { also: tell });
  }
}

async function doSteps(execution: Execution, runLog: RunLog): Promise<void> {
  const { workspace, store, settings, period, isDry, now, isStopping, onStep } = execution;
  let frozenAt = frozenAtOf(runLog);
  if (frozenAt !== null && now().getTime() - frozenAt.getTime() > FRESH_MS) {
    await runLog.startOver();
    frozenAt = null;
  }
  const context: RunContext = {
    ...{ workspace, store, settings, last: await lastRun(store, runLog.id), now: frozenAt ?? now() },
  };
  const desk: RunDesk = { ...context, isDry, curves: null };
  for (const [place, step] of RebalancingStep.options.entries()) {
    if (runLog.steps().find((each) => each.step === step)?.state === "done") continue;
    if (isStopping?.() === true) throw new RunReleased("the process is about to end");
    await runLog.requireGoing();
    await runLog.begin(step, now());
    onStep?.(step, place);
    if (step === "propose") return propose(context, { period, isDry, now }, runLog);
    const { facts, found = {}, ends } = await STEPS[step](desk, runLog.findings());
    if (ends === undefined) {
      await runLog.done(step, now(), facts, found);
      continue;
    }
    // Together: a run that went on behind a step that had ended it would put a plan forward that a guard-rail had blocked.
    const also =
      ends.state === "blocked" ? tellingOf(execution, runLog.id, "rebalancing.blocked", ends.outcome) : undefined;
    return runLog.end(ends, now(), { step: { step, facts, found }, also });
  }
}

/** What was checked and planned longer ago than that is of other data: the run begins again. */
const FRESH_MS = 24 * 3_600_000;

function frozenAtOf(runLog: RunLog): Date | null {
  const asOf = runLog.steps().find(({ step, state }) => step === "freeze" && state === "done")?.facts.asOf;
  return typeof asOf === "string" ? new Date(asOf) : null;
}

async function propose(
  context: RunContext,
  { period, isDry, now }: Pick<Execution, "period" | "isDry" | "now">,
  runLog: RunLog,
): Promise<void> {
  const { end, write } = await preparePropose(context, { id: runLog.id, period }, runLog.findings());
  // Asked last: what somebody cancelled in the meantime is not put forward.
  await runLog.requireGoing();
  if (isDry) await runLog.end({ ...end, outcome: `${end.outcome.replace("waits", "would wait")}` }, now());
  else await runLog.end(end, now(), { also: write });
}

/** Tells whoever can do something about it; of a dry run somebody waits for the answer anyway. */
function tellingOf(
  { period, isDry }: Execution,
  id: string,
  event: "rebalancing.blocked" | "rebalancing.failed",
  outcome: string,
) {
  if (isDry) return undefined;
  return async (tx: WorkspaceStore) => {
    const title = `The weekly run of ${period} ${event === "rebalancing.blocked" ? "was blocked" : "failed"}`;
    const facts = { run: id, period, outcome };
    await tell(tx, { event, title, text: outcome, path: `/rebalancing?run=${id}`, facts, mailTo: "plans:propose" });
    return {};
  };
}

/** The newest run before this one that came as far as a plan. */
async function lastRun(store: WorkspaceStore, id: string): Promise<RunContext["last"]> {
  const { id: ids, isDry, state, attributionRun, plan, startedAt } = rebalancingRuns;
  const cameSoFar = and(
    ...[ne(ids, id), eq(isDry, false), inArray(state, ["proposed", "applied", "nothing"])],
    ...[isNotNull(attributionRun), isNotNull(plan)],
  );
  const [row] = await store.select(rebalancingRuns, cameSoFar, { orderBy: desc(startedAt), limit: 1 });
  if (row === undefined) return null;
  return { id: row.id, attributionRun: row.attributionRun!, endedAt: row.endedAt ?? row.startedAt };
}

function isForPeople(error: unknown): error is Error {
  return error instanceof UserError || error instanceof ModelError;
}

function sentenceOf(error: unknown): string {
  if (isForPeople(error))
    return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`.replace(/\.\.$/, ".");
  if (error instanceof EngineError) return `The database could not do its part (${error.message}).`;
  return "Something went wrong inside the program; the log of the process says what.";
}
