import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type RunningServer, runTouchline, startServer, startTouchline } from "../support/process.ts";
import { ndjson, send } from "../support/send.ts";
import type { Batch, RoundPlan, WorkspaceName } from "./plan.ts";
import type { Truth } from "./truth.ts";

/** A round takes some ten seconds; one that takes this long hangs. */
const LONGEST_ROUND_MS = 120_000;
const RETRY_AFTER_MS = 100;

/** Where the data is, who may send to it, and what was promised so far. */
export interface Ground {
  readonly folder: string;
  readonly data: string;
  readonly keys: Readonly<Record<WorkspaceName, string>>;
  readonly truth: Truth;
  /** Where the servers are that Touchline works with; empty where it has all in its folder. */
  readonly env: Readonly<Record<string, string>>;
}

/** The server that runs now; senders wait here while there is none. */
export class Turnstile {
  #server: RunningServer | null = null;
  #waiting: ((server: RunningServer) => void)[] = [];

  open(server: RunningServer): void {
    this.#server = server;
    for (const go of this.#waiting.splice(0)) go(server);
  }

  close(): void {
    this.#server = null;
  }

  current(): Promise<RunningServer> {
    const server = this.#server;
    return server === null ? new Promise((go) => this.#waiting.push(go)) : Promise.resolve(server);
  }
}

export interface RoundOutcome {
  readonly requests: number;
  readonly unanswered: number;
  readonly wrong: readonly string[];
}

/** Sends, kills, starts again, and waits until everything has its answer. The server is stopped when this returns. */
export async function runRound(ground: Ground, plan: RoundPlan): Promise<RoundOutcome> {
  const turnstile = new Turnstile();
  const outcome = { requests: 0, unanswered: 0, wrong: [] as string[] };
  let importing: Promise<unknown> = Promise.resolve();
  const everybody = Promise.all([
    ...plan.senders.map((batches) => sendAll(ground, turnstile, batches, outcome)),
    plan.file === null
      ? null
      : importFile(ground, turnstile, plan.file, (run) => {
          importing = run;
        }),
  ]);
  everybody.catch(() => undefined); // Told below; meanwhile the server is being killed.
  for (const { from, afterMs } of plan.kills) {
    if (from === "start") await startAndKill(ground, afterMs);
    else {
      const server = await startServer(["serve", "--data", ground.data], { env: ground.env });
      turnstile.open(server);
      await setTimeout(afterMs);
      turnstile.close();
      await server.stop("SIGKILL");
    }
    await importing; // A command that finds no server opens the folder itself.
  }
  const last = await startServer(["serve", "--data", ground.data], { env: ground.env });
  turnstile.open(last);
  const deadline = new AbortController();
  await Promise.race([
    everybody,
    setTimeout(LONGEST_ROUND_MS, undefined, { signal: deadline.signal }).then(() => {
      outcome.wrong.push(`the round did not end within ${LONGEST_ROUND_MS / 1000} s`);
    }),
  ]).finally(() => {
    deadline.abort();
    return last.stop(plan.lastSignal);
  });
  return outcome;
}

/** A server that is killed before or soon after it is ready: while it takes back what the one before it left. */
async function startAndKill({ data, env }: Ground, afterMs: number): Promise<void> {
  const child = startTouchline(["serve", "--data", data, "--port", "0"], { env });
  const ended = new Promise((done) => child.on("close", done));
  await setTimeout(afterMs);
  child.kill("SIGKILL");
  await ended;
}

export type Outcome = { requests: number; unanswered: number; wrong: string[] };

export async function sendAll(
  ground: Ground,
  turnstile: Turnstile,
  batches: readonly Batch[],
  outcome: Outcome,
): Promise<void> {
  for (const batch of batches) {
    const isTaken = await sendUntilTaken(ground, turnstile, batch, outcome);
    if (isTaken && batch.isRepeated) await sendUntilTaken(ground, turnstile, batch, outcome);
  }
}

async function sendUntilTaken(ground: Ground, turnstile: Turnstile, batch: Batch, outcome: Outcome): Promise<boolean> {
  const bodies = batch.items.map(({ body }) => body);
  const expected = batch.items.flatMap(({ isGood }, i) => (isGood ? [] : [i]));
  ground.truth.sent(batch);
  for (;;) {
    const { url } = await turnstile.current();
    outcome.requests++;
    const answer = await send({ url, key: ground.keys[batch.workspace] }, batch.kind, bodies);
    if (answer.status === 202) {
      const refused = answer.rejected.map(({ index }) => index);
      if (answer.received !== bodies.length || refused.join() !== expected.join())
        outcome.wrong.push(
          `an answer names other refusals than the batch has: ${refused.join()} for ${expected.join()}`,
        );
      ground.truth.acknowledged(batch);
      return true;
    }
    outcome.unanswered++;
    if (answer.status !== 0 && answer.status !== 503) {
      outcome.wrong.push(`a batch was answered with ${answer.status}: ${answer.error}`);
      return false;
    }
    if (batch.isGivenUp) return false;
    await setTimeout(RETRY_AFTER_MS);
  }
}

/** The command hands its work to the server; when that dies, it is run again. */
async function importFile(
  { folder, data, truth, env }: Ground,
  turnstile: Turnstile,
  batch: Batch,
  started: (run: Promise<unknown>) => void,
): Promise<void> {
  const path = join(folder, "import.ndjson");
  writeFileSync(path, ndjson(batch.items.map(({ body }) => body)));
  truth.sent(batch);
  for (;;) {
    await turnstile.current();
    const run = runTouchline(["import", batch.kind, path, "--data", data, "--workspace", batch.workspace], { env });
    started(run);
    if ((await run).exitCode === 0) break;
    await setTimeout(RETRY_AFTER_MS);
  }
  truth.acknowledged(batch);
  rmSync(path);
}
