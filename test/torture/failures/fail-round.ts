import { setTimeout as pause } from "node:timers/promises";
import { runTouchline, startServer } from "../../support/process.ts";
import { type RoundPlan, WORKSPACES } from "../plan.ts";
import type { Random } from "../random.ts";
import { type Ground, type Outcome, sendAll, Turnstile } from "../round.ts";
import type { Failure } from "./failure.ts";

const LONGEST_ROUND_MS = 300_000;
const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 250;

/** A question that is under way when something fails ends in an answer or a sentence within this time. */
const LONGEST_QUESTION_MS = 120_000;

export interface FailedRound extends Outcome {
  readonly happened: string;
  /** Questions that were asked meanwhile, and those that ended in a sentence. */
  readonly asked: number;
  readonly refused: number;
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
  let isMended = false;
  const questions = { asked: 0, refused: 0 };
  const asking = askUntil(ground, () => isMended, questions, outcome.wrong);
  try {
    const everybody = Promise.all(plan.senders.map((batches) => sendAll(ground, turnstile, batches, outcome)));
    everybody.catch(() => undefined); // Told below.
    await pause(200 + random.below(2_000));
    happened = await failure.strike(random);
    isMended = true;
    const isOver = await Promise.race([everybody.then(() => true), pause(LONGEST_ROUND_MS, false, { ref: false })]);
    if (!isOver) outcome.wrong.push(`the round did not end within ${LONGEST_ROUND_MS / 1000} s`);
    if (server.child.exitCode !== null) outcome.wrong.push("Touchline did not live through it");
    else if (!(await isReadySoon(server.url))) outcome.wrong.push("/readyz did not say ready again");
    await asking;
  } finally {
    isMended = true;
    await server.stop(plan.lastSignal);
  }
  return { ...outcome, ...questions, happened };
}

/** Asks the running server one question after the other, as the command line does, until it is told that this is enough. */
async function askUntil(
  { data, env }: Ground,
  isEnough: () => boolean,
  questions: { asked: number; refused: number },
  wrong: string[],
): Promise<void> {
  const [workspace] = WORKSPACES;
  while (!isEnough()) {
    const began = performance.now();
    const { exitCode, stderr } = await runTouchline(["journeys", "--json", "--data", data, "--workspace", workspace!], {
      env,
    });
    const ms = performance.now() - began;
    questions.asked++;
    if (ms > LONGEST_QUESTION_MS) wrong.push(`a question took ${Math.round(ms / 1000)} s`);
    if (exitCode === 0) continue;
    questions.refused++;
    if (!/^touchline: \S/m.test(stderr) || /\n\s+at /.test(stderr))
      wrong.push(`a question ended with ${exitCode} and no sentence: ${stderr.slice(-300)}`);
    await pause(ASK_EVERY_MS);
  }
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
