import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createKeys } from "./create-keys.ts";
import { FAILURES } from "./failures/failure.ts";
import { runFailure } from "./failures/run-failure.ts";
import { planRound, type RoundPlan } from "./plan.ts";
import { seeded } from "./random.ts";
import { type Ground, type RoundOutcome, runRound } from "./round.ts";
import { Truth } from "./truth.ts";

/**
 * `npm run torture -- [--rounds 20] [--seed N]`: senders and a server that is killed again and again. What was acknowledged must be in
 * the tables exactly once, or in rejected_rows with its step and reason; nothing else may be there, and the ledger must agree. What is
 * sent follows from the seed; where a kill strikes follows from the machine too. With `--failure NAME` something else fails, with a real
 * ClickHouse server: docs/failures.md names them.
 */

const MOST_SHOWN = 10;

function describeRound(plan: RoundPlan, { requests, unanswered }: RoundOutcome): string {
  const rows = plan.senders.flat().reduce((sum, { items }) => sum + items.length, plan.file?.items.length ?? 0);
  const kills = plan.kills.map(({ from, afterMs }) => `${afterMs} ms after ${from}`).join(", ");
  return `${plan.senders.length} senders${plan.file === null ? "" : " and a file"}, ${rows.toLocaleString("en-US")} rows, ${requests} requests, ${unanswered} without an answer; killed ${kills}, ended by ${plan.lastSignal}`;
}

async function torture(rounds: number, seed: number, print: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-torture-"));
  const data = join(folder, "data");
  const began = Date.now();
  const ground: Ground = { folder, data, env: {}, keys: await createKeys(data), truth: new Truth() };
  let breaches = 0;
  let isKept = true;
  let summary = "nothing was checked";
  for (let round = 1; round <= rounds; round++) {
    const plan = planRound(round, seeded(seed, round));
    const outcome = await runRound(ground, plan);
    const { wrong, count } = await ground.truth.check(data);
    const all = [...outcome.wrong, ...wrong];
    breaches += all.length;
    isKept &&= all.length === 0;
    summary = `${count.stored.toLocaleString("en-US")} rows stored, ${count.refused.toLocaleString("en-US")} refused, ${count.takenBack} imports interrupted and taken back`;
    print(`round ${round}: ${describeRound(plan, outcome)}: ${all.length === 0 ? "kept" : `${all.length} BREACHES`}`);
    for (const sentence of all.slice(0, MOST_SHOWN)) print(`    ${sentence}`);
    if (all.length > 0) break; // What follows would only repeat it.
  }
  print(
    `${isKept ? "The promise was kept" : `The promise was broken ${breaches} times, the data is in ${data}`}: ${summary}, seed ${seed}, ${((Date.now() - began) / 1000).toFixed(0)} s`,
  );
  if (isKept) rmSync(folder, { recursive: true, force: true });
  return isKept;
}

const { values } = parseArgs({
  options: { rounds: { type: "string" }, seed: { type: "string" }, failure: { type: "string" } },
});
const failure = FAILURES.find((name) => name === values.failure);
const rounds = Number(values.rounds ?? (failure === undefined ? 20 : 10));
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error("torture: --rounds and --seed are whole numbers");
  process.exitCode = 2;
} else if (values.failure !== undefined && failure === undefined) {
  console.error(`torture: --failure is one of ${FAILURES.join(", ")}`);
  process.exitCode = 2;
} else {
  console.log(`torture: ${rounds} rounds, seed ${seed}`);
  const isKept =
    failure === undefined
      ? await torture(rounds, seed, console.log)
      : (await runFailure({ failure, rounds, seed, print: console.log })).length === 0;
  if (!isKept) process.exitCode = 1;
}
