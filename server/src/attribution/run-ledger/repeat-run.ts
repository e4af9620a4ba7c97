import { creditPrint, laySeeds, removeRunRows, runStatistics, withCreditTable } from "@touchline/sql";
import type { RunRepetition } from "../../contract/index.ts";
import type { FrozenFit } from "../../work.ts";
import type { Workspace } from "../../workspace.ts";
import { ensureBasis } from "../ensure-basis.ts";
import { fitModel } from "../fit-model.ts";
import type { ChannelFit, JourneyStatistics } from "../models/index.ts";
import { modelNamed } from "../models/index.ts";
import { ensureRun } from "../runs.ts";
import { creditChannels, writeCredits } from "../write-credit.ts";
import { codeVersion } from "./code-version.ts";
import { compareRuns } from "./compare-runs.ts";
import { findFinishedRun, type RecordedRun } from "./find-recorded-run.ts";
import { readFrozen, writeFrozen } from "./frozen-json.ts";
import { RunEntry } from "./run-entry.ts";

type Verdict = RunRepetition["frozen"];

/**
 * Repeats a run from what it froze, and from the events where they are still the same. Nothing of it stays, except with `fromEvents` on
 * data that has changed: then a new run is computed and compared.
 */
export async function repeatRun(workspace: Workspace, id: string, fromEvents = false): Promise<RunRepetition> {
  const run = await findFinishedRun(workspace, id);
  const kept = await keptCredit(workspace, run);
  const frozen = await fromFrozen(workspace, run);
  const watermark = await ensureBasis(workspace, run.asked, run.asked.timeZone);
  const isSameData = watermark === run.watermark;
  const events = isSameData ? await fromSameEvents(workspace, run) : changedEvents(fromEvents);
  const newRun = !isSameData && fromEvents ? (await ensureRun(workspace, run.asked)).runId : null;
  return {
    run: run.runId,
    model: run.asked.model,
    isSame: [kept, frozen, events].every(({ verdict }) => verdict !== "different"),
    ...{ kept, frozen, events },
    code: { recorded: run.codeVersion, present: codeVersion() },
    comparison: newRun === null ? null : await compareRuns(workspace, run.runId, newRun),
  };
}

async function printOf({ warehouse }: Workspace, runId: string): Promise<string> {
  return (await warehouse.askOne(creditPrint, { runId })).print;
}

async function keptCredit(workspace: Workspace, run: RecordedRun): Promise<Verdict> {
  if (run.creditPrint === "")
    return { verdict: "not tried", why: "the version that computed it kept no print of its credit" };
  return (await printOf(workspace, run.runId)) === run.creditPrint
    ? { verdict: "same", why: "the credit is as it was written" }
    : { verdict: "different", why: "the credit that is kept is not the credit that was written" };
}

/** Does work under a run id of its own, and removes what it wrote; where the process dies, the next opening does. */
async function withPassingRun<T>(workspace: Workspace, run: RecordedRun, work: (id: string) => Promise<T>): Promise<T> {
  const entry = new RunEntry(workspace, { parameters: run.asked, frozen: run.parameters, key: `repeats ${run.runId}` });
  await entry.record({ watermark: run.watermark, step: `repeat ${run.runId.slice(0, 8)}` });
  try {
    return await work(entry.runId);
  } finally {
    await removeRunRows(workspace.warehouse, [entry.runId]);
    await entry.forget();
  }
}

/** Fits the model again on the frozen statistics, and shares its totals out over the frozen seeds. */
async function fromFrozen(workspace: Workspace, run: RecordedRun): Promise<Verdict> {
  const model = modelNamed(run.asked.model);
  if (model.kind === "rule") {
    return {
      verdict: "not tried",
      why: "a rule is not fitted: its parameters are all that it froze, its credit is kept",
    };
  }
  const [row] = await workspace.warehouse.ask(runStatistics, { runId: run.runId, names: ["fit"] });
  if (row === undefined) return { verdict: "not tried", why: "nothing was frozen with this run" };
  const frozen = readFrozen(row.value) as FrozenFit;
  return withPassingRun(workspace, run, async (runId) => {
    if (model.kind === "self") {
      if (model.creditAgain === undefined)
        return { verdict: "not tried", why: "this model cannot be fitted again yet" };
      await model.creditAgain(workspace, run.runId, runId, run.asked, frozen);
    } else {
      const fitted = await fitModel(model, frozen.statistics as JourneyStatistics, run.asked);
      if (writeFrozen(fitted) !== writeFrozen(frozen.weights as ChannelFit))
        return { verdict: "different", why: "the fit gives other weights than it gave then" };
      await withCreditTable(workspace.warehouse, async (table) => {
        await laySeeds(workspace.warehouse, table, run.runId, runId);
        await creditChannels(workspace, table, { runId, parameters: run.asked }, fitted);
      });
    }
    return (await printOf(workspace, runId)) === run.creditPrint
      ? { verdict: "same", why: "fitted again on what was frozen, it gives the same digits" }
      : { verdict: "different", why: "fitted again on what was frozen, it gives other digits" };
  });
}

async function fromSameEvents(workspace: Workspace, run: RecordedRun): Promise<Verdict> {
  return withPassingRun(workspace, run, async (runId) => {
    await writeCredits(workspace, [{ runId, parameters: run.asked }], run.asked.timeZone);
    return (await printOf(workspace, runId)) === run.creditPrint
      ? { verdict: "same", why: "the events are the same, and give the same digits" }
      : { verdict: "different", why: "the events are the same, and give other digits" };
  });
}

function changedEvents(isTried: boolean): Verdict {
  const changed = "the events have changed since: rows were imported, erased or linked otherwise";
  return { verdict: "not tried", why: isTried ? `${changed}; a new run stands on them` : changed };
}
