import { createHash } from "node:crypto";
import { findRun, keepSeeds } from "@touchline/sql";
import { UserError } from "../user-error.ts";
import { WorkStopped } from "../work.ts";
import type { Workspace } from "../workspace.ts";
import { ensureBasis } from "./ensure-basis.ts";
import { Fit } from "./fit.ts";
import { modelNamed } from "./models/index.ts";
import { codeVersion } from "./run-ledger/code-version.ts";
import { pruneNowAndThen } from "./run-ledger/prune-runs.ts";
import type { PlannedParameters, RunEntry } from "./run-ledger/run-entry.ts";
import { RunsUnderway } from "./run-ledger/runs-underway.ts";
import type { RunParameters } from "./run-parameters.ts";
import { onlyNeeded } from "./statistics.ts";
import { type CreditWatcher, writeCredits } from "./write-credit.ts";

export interface AttributionRun {
  readonly runId: string;
  readonly fit: Fit;
}

/** How much of the work building the journeys is, where they are not there. */
const JOURNEYS_SHARE = 0.5;

/**
 * The credit of a model on a range: computed once for the data as it is, then found again.
 * Law: the run's credit adds up exactly to the booked conversions and revenue that had a touch in their window.
 * @throws UserError when somebody cancels it
 */
export async function ensureRun(workspace: Workspace, parameters: RunParameters): Promise<AttributionRun> {
  const [run] = await ensureRuns(workspace, [parameters]);
  return run!;
}

/** Several models at once: those that are not there yet are computed in as few passes over the data as they allow. */
export async function ensureRuns(
  workspace: Workspace,
  list: readonly RunParameters[],
): Promise<readonly AttributionRun[]> {
  const { timeZone } = await workspace.settings();
  const plans = list.map((parameters) => planRun(parameters, timeZone));
  for (;;) {
    const runs = new RunsUnderway(workspace, plans);
    try {
      return await runs.watch(() => computeRuns(workspace, runs, timeZone));
    } catch (error) {
      if (runs.signal.aborted) {
        throw new UserError(`the run ${runs.mark} was cancelled; asking for the same again begins a new one`, {
          cause: error,
        });
      }
      // It waited for somebody else's run, which was cancelled: this one is still wanted.
      if (!(error instanceof WorkStopped)) throw error;
    }
  }
}

function planRun(parameters: RunParameters, timeZone: string): PlannedParameters {
  const frozen = JSON.stringify({ ...parameters, timeZone });
  return { parameters, frozen, key: createHash("sha256").update(frozen).digest("hex") };
}

async function computeRuns(
  workspace: Workspace,
  runs: RunsUnderway,
  timeZone: string,
): Promise<readonly AttributionRun[]> {
  const own = workspace.during(runs);
  runs.step("build the journeys", 0);
  const watermarks: string[] = [];
  for (const { plan } of runs.entries) watermarks.push(await ensureBasis(own, plan.parameters, timeZone));
  // Runs that are computed already by somebody else are waited for; `once` calls what it is given at once, or not at all.
  const claimed: { entry: RunEntry; watermark: string }[] = [];
  const computing = Promise.resolve().then(() => computeMissing(workspace, own, runs, claimed, timeZone));
  const answers = runs.entries.map((entry, i) =>
    workspace.once(`run ${entry.plan.key} ${watermarks[i]}`, async () => {
      claimed.push({ entry, watermark: watermarks[i]! });
      return (await computing).get(entry)!;
    }),
  );
  // Settled, all of them: nothing may be at work any more when it is written down how this ended.
  const settled = await Promise.allSettled([computing, ...answers]);
  const failed = settled.find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  const found = await Promise.all(answers);
  const isOurs = new Set(found.map(({ runId }) => runId));
  for (const entry of runs.entries) if (!isOurs.has(entry.runId)) await entry.forget();
  return found;
}

async function computeMissing(
  workspace: Workspace,
  own: Workspace,
  runs: RunsUnderway,
  claimed: readonly { entry: RunEntry; watermark: string }[],
  timeZone: string,
): Promise<Map<RunEntry, AttributionRun>> {
  const answers = new Map<RunEntry, AttributionRun>();
  const missing: RunEntry[] = [];
  for (const { entry, watermark } of claimed) {
    const [known] = await own.warehouse.ask(findRun, {
      ...{ parametersKey: entry.plan.key, watermark, codeVersion: codeVersion() },
    });
    if (known === undefined) {
      await entry.record({ watermark });
      missing.push(entry);
    } else answers.set(entry, { runId: known.runId, fit: Fit.parse(JSON.parse(known.fit)) });
  }
  if (missing.length === 0) return answers;
  const planned = missing.map(({ runId, plan: { parameters } }) => ({ runId, parameters }));
  const fits = await writeCredits(own, planned, timeZone, watcherOf(own, runs));
  runs.requireGoing();
  for (const entry of missing) {
    const fit = await entry.finish(fits.get(entry.runId)!, runs.frozenOf(entry));
    answers.set(entry, { runId: entry.runId, fit });
  }
  await pruneNowAndThen(workspace);
  return answers;
}

/** Shows how far the work is, and keeps what a fitted model stands on. */
function watcherOf({ warehouse }: Workspace, runs: RunsUnderway): CreditWatcher {
  return {
    signal: runs.signal,
    step: (name, share) => runs.step(name, JOURNEYS_SHARE + (1 - JOURNEYS_SHARE) * share),
    async weighed(runId, { statistics, channels, table }) {
      const { parameters } = runs.entries.find((entry) => entry.runId === runId)!.plan;
      const model = modelNamed(parameters.model);
      if (model.kind !== "fitted") return;
      runs.freeze(runId, { statistics: onlyNeeded(statistics, model.needs(parameters)), weights: channels });
      await keepSeeds(warehouse, table, runId);
    },
  };
}
