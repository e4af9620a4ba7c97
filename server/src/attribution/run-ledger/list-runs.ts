import { noteRun, runStatistics, runsPage } from "@touchline/sql";
import type { RunDetails, RunSummary, RunsPage } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { findFinishedRun, findRecordedRun, type RecordedRun, readRun } from "./find-recorded-run.ts";
import { frameOf, standsOnPresentData } from "./run-frame.ts";
import { runUnderway } from "./runs-underway.ts";

/** A run in a few words; how far one of this process is comes from itself, which is newer than its row. */
export function summariseRun(run: RecordedRun): RunSummary {
  const { runId, state, asked, codeVersion, watermark, reason, startedAt, finishedAt } = run;
  const live = runUnderway(runId)?.progress;
  return {
    ...{
      run: runId,
      state: state === "pruned" ? "interrupted" : state,
      model: asked.model,
      from: asked.from,
      to: asked.to,
    },
    ...{ dateBasis: asked.dateBasis, watermark, codeVersion, reason },
    progress: state === "running" ? { step: live?.step ?? run.step, share: live?.share ?? run.share } : null,
    startedAt,
    finishedAt,
    seconds: (Date.parse(finishedAt ?? new Date().toISOString()) - Date.parse(startedAt)) / 1000,
    pin: run.pinnedAt === null ? null : { label: run.pinLabel, by: run.pinnedBy, at: run.pinnedAt },
    warnings: run.found.warnings,
  };
}

export async function fetchRuns(
  workspace: Workspace,
  page: { readonly limit: number; readonly offset: number },
): Promise<RunsPage> {
  const rows = await workspace.warehouse.askAside(runsPage, { ...page, idPrefix: "" });
  return { total: rows[0]?.total ?? 0, runs: rows.map((row) => summariseRun(readRun(row))) };
}

export async function fetchRun(workspace: Workspace, id: string): Promise<RunDetails> {
  const run = await findRecordedRun(workspace, id);
  const { warnings: _, ...found } = run.found;
  const kept = await workspace.warehouse.askAside(runStatistics, { runId: run.runId, names: ["fit"] });
  return {
    ...summariseRun(run),
    parameters: { ...run.asked },
    owner: run.owner,
    quality: found,
    frozenBytes: kept.reduce((sum, { value }) => sum + value.length, 0),
    isOfPresentData: await standsOnPresentData(workspace, run.runId),
  };
}

/** Keeps a run for ever, with the report that it gives now. */
export async function pinRun(workspace: Workspace, id: string, label: string, by: string): Promise<RunSummary> {
  const run = await findFinishedRun(workspace, id);
  if (label.trim() === "") throw new UserError("a pin needs a label that says what it is for", { exitCode: 2 });
  for (const byCampaign of [false, true]) await frameOf(workspace, run.runId, run.asked, byCampaign);
  await workspace.warehouse.tell(noteRun, { runId: run.runId, note: "pin", value: label.trim(), setBy: by });
  return summariseRun(await findRecordedRun(workspace, run.runId));
}

export async function unpinRun(workspace: Workspace, id: string, by: string): Promise<RunSummary> {
  const run = await findRecordedRun(workspace, id);
  if (run.pinnedAt === null) throw new UserError(`the run ${run.runId.slice(0, 8)} is not pinned`);
  await workspace.warehouse.tell(noteRun, { runId: run.runId, note: "pin", value: "", setBy: by });
  return summariseRun(await findRecordedRun(workspace, run.runId));
}
