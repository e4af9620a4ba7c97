import { setTimeout as pause } from "node:timers/promises";
import { startServer } from "../../support/process.ts";
import type { RoundPlan } from "../plan.ts";
import type { Random } from "../random.ts";
import { type Ground, type Outcome, sendAll, Turnstile } from "../round.ts";
import type { Failure } from "./failure.ts";

const LONGEST_ROUND_MS = 300_000;
const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 250;

export interface FailedRound extends Outcome {
  readonly happened: string;
}

/** Sends while something fails and is mended, until everything has its answer. Touchline lives through it, and is stopped in the end. */
export async function failRound(
  ground: Ground,
  failure: Failure,
  plan: RoundPlan,
  random: Random,
): Promise<FailedRound> {
  const outcome: Outcome = { requests: 0, unanswered: 0, wrong: [] };
  const server = await startServer(["serve", "--data", ground.data], { env: ground.env });
  const turnstile = new Turnstile();
  turnstile.open(server);
  let happened = "nothing";
  try {
    const everybody = Promise.all(plan.senders.map((batches) => sendAll(ground, turnstile, batches, outcome)));
    everybody.catch(() => undefined); // Told below.
    await pause(200 + random.below(2_000));
    happened = await failure.strike(random);
    const isOver = await Promise.race([everybody.then(() => true), pause(LONGEST_ROUND_MS, false, { ref: false })]);
    if (!isOver) outcome.wrong.push(`the round did not end within ${LONGEST_ROUND_MS / 1000} s`);
    if (server.child.exitCode !== null) outcome.wrong.push("Touchline did not live through it");
    else if (!(await isReadySoon(server.url))) outcome.wrong.push("/readyz did not say ready again");
  } finally {
    await server.stop(plan.lastSignal);
  }
  return { ...outcome, happened };
}

async function isReadySoon(url: string): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return true;
    await pause(ASK_EVERY_MS);
  }
  return false;
}
