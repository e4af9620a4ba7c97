import { Worker } from "node:worker_threads";
import { ModelError } from "@touchline/solver";
import { UserError } from "../user-error.ts";
import type { ChannelFit, FittedModel, JourneyStatistics } from "./models/index.ts";
import type { RunParameters } from "./run-parameters.ts";

/** What is sent to the thread, and what comes back. */
export interface FitTask {
  readonly model: string;
  readonly statistics: JourneyStatistics;
  readonly parameters: RunParameters;
}
export type FitAnswer = { readonly fitted: ChannelFit } | { readonly refused: string } | { readonly failed: string };

/** From so many rows on, a fit may take long enough to keep a server from answering; a thread takes half a second to begin. */
const MANY_ROWS = 2_000;
const LONGEST_MS = 300_000;
const MOST_MEMORY_MB = 2_048;

/** Fits a model: here where that is quick, otherwise in a thread of its own, so that whoever serves goes on serving. */
export async function fitModel(
  model: FittedModel,
  statistics: JourneyStatistics,
  parameters: RunParameters,
  signal?: AbortSignal,
): Promise<ChannelFit> {
  const { paths, sets } = statistics;
  const rows = Math.max(...model.needs(parameters).map((name) => (name === "sets" ? sets : paths)?.nulls.length ?? 0));
  if (rows < MANY_ROWS) return model.fit(statistics, parameters);
  const answer = await fitInThread({ model: model.name, statistics, parameters }, signal);
  if ("fitted" in answer) return answer.fitted;
  if ("refused" in answer) throw new ModelError(answer.refused);
  throw new Error(answer.failed);
}

function fitInThread(task: FitTask, signal?: AbortSignal): Promise<FitAnswer> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL("./fit-thread.mjs", import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const stop = (reason: unknown) => {
      failed(reason);
      void worker.terminate();
    };
    const late = setTimeout(
      () => stop(tooMuch(task.model, `takes more than ${LONGEST_MS / 60_000} minutes`)),
      LONGEST_MS,
    );
    const stopped = () => stop(signal?.reason);
    signal?.addEventListener("abort", stopped, { once: true });
    worker.once("message", done);
    worker.once("error", (error: NodeJS.ErrnoException) =>
      failed(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? tooMuch(task.model, `needs more than ${MOST_MEMORY_MB / 1024} GB of memory`)
          : error,
      ),
    );
    worker.once("exit", () => {
      clearTimeout(late);
      signal?.removeEventListener("abort", stopped);
      failed(new Error(`the fit of ${task.model} ended without an answer`));
    });
  });
}

function tooMuch(model: string, what: string): UserError {
  return new UserError(`the fit of ${model} ${what}: choose fewer days, or a Markov model of a lower order`);
}
