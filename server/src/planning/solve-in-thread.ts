import { Worker } from "node:worker_threads";
import type { ParsedProblem, ProblemAnswer } from "@touchline/solver";

/** `late`: the time was over before there was an answer. */
export type ThreadAnswer = { readonly kind: "answered"; readonly answer: ProblemAnswer } | { readonly kind: "late" };

let warm: Worker | undefined;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Solves beside the thread that serves, in one that stays warm with its engines loaded. Problems take their turns, and the
 * clock of each begins with it; one that takes too long ends the thread, because nothing else stops an engine.
 */
export function solveInThread(parsed: ParsedProblem, seconds: number): Promise<ThreadAnswer> {
  const answer = turn.then(() => solveNow(parsed, seconds));
  turn = answer.catch(() => undefined);
  return answer;
}

function solveNow(parsed: ParsedProblem, seconds: number): Promise<ThreadAnswer> {
  const worker = warmThread();
  return new Promise<ThreadAnswer>((done, failed) => {
    // Only while somebody waits may the thread keep the process alive.
    worker.ref();
    const clock = setTimeout(() => {
      forget(worker);
      void worker.terminate();
      finish(() => done({ kind: "late" }));
    }, seconds * 1_000);
    const finish = (say: () => void) => {
      clearTimeout(clock);
      worker.removeAllListeners("message").removeAllListeners("error").removeAllListeners("exit");
      worker.unref();
      say();
    };
    const fail = (error: Error) => {
      forget(worker);
      finish(() => failed(error));
    };
    worker.once("message", (answer: ProblemAnswer) => finish(() => done({ kind: "answered", answer })));
    worker.once("error", fail);
    worker.once("exit", () => fail(new Error("the optimiser's thread ended without an answer")));
    worker.postMessage(parsed);
  });
}

function warmThread(): Worker {
  warm ??= new Worker(new URL("./solve-thread.mjs", import.meta.url));
  return warm;
}

function forget(worker: Worker): void {
  if (warm === worker) warm = undefined;
}
