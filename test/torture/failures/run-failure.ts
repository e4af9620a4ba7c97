import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeys } from "../create-keys.ts";
import { planRound } from "../plan.ts";
import { seeded } from "../random.ts";
import { type Ground, runRound } from "../round.ts";
import { type Count, Truth } from "../truth.ts";
import { failRound } from "./fail-round.ts";
import type { FailureName } from "./failure.ts";
import { openFailure } from "./open-failure.ts";

const MOST_SHOWN = 10;

export interface FailureOptions {
  readonly failure: FailureName;
  readonly rounds: number;
  readonly seed: number;
  /** True for a look that it works at all: what lasts a minute lasts seconds. */
  readonly isShort?: boolean;
  readonly print: (line: string) => void;
}

/** Fails again and again while senders send. @returns every breach of the promise, in words; empty when it was kept */
export async function runFailure({
  failure: name,
  rounds,
  seed,
  isShort = false,
  print,
}: FailureOptions): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-failure-"));
  const began = Date.now();
  const failure = await openFailure(name, folder, isShort);
  const breaches: string[] = [];
  const sums = { requests: 0, unanswered: 0, asked: 0, refused: 0 };
  let count: Count = { stored: 0, refused: 0, takenBack: 0 };
  let round = 1;
  try {
    const { env, server = { serverUrl: env.CLICKHOUSE_URL }, dataFolder: data = join(folder, "data") } = failure;
    const ground: Ground = { folder, data, env, keys: await createKeys(data, env), truth: new Truth() };
    for (; round <= rounds && breaches.length === 0; round++) {
      const random = seeded(seed, round, 7);
      const plan = planRound(round, seeded(seed, round));
      const outcome =
        name === "process-killed"
          ? {
              ...(await runRound(ground, plan)),
              ...{ happened: `Touchline killed ${plan.kills.length} times`, asked: 0, refused: 0 },
            }
          : await failRound(ground, failure, { ...plan, file: null }, random);
      const checked = await ground.truth.check(data, server);
      ({ count } = checked);
      breaches.push(...outcome.wrong, ...checked.wrong);
      sums.requests += outcome.requests;
      sums.unanswered += outcome.unanswered;
      sums.asked += outcome.asked;
      sums.refused += outcome.refused;
      print(
        `round ${round}: ${outcome.happened}; ${outcome.requests} requests, ${outcome.unanswered} to be sent again: ${breaches.length === 0 ? "kept" : `${breaches.length} BREACHES`}`,
      );
      for (const sentence of breaches.slice(0, MOST_SHOWN)) print(`    ${sentence}`);
    }
  } finally {
    await failure.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const rows: [string, string | number][] = [
    ["failure", name],
    ["rounds", round - 1],
    ["requests", sums.requests],
    ["of them to be sent again", sums.unanswered],
    ["questions meanwhile", sums.asked],
    ["of them answered with a sentence why not", sums.refused],
    ["rows stored", count.stored],
    ["rows refused", count.refused],
    ["imports interrupted and taken back", count.takenBack],
    ["breaches", breaches.length],
    ["seed", seed],
    ["seconds", Math.round((Date.now() - began) / 1000)],
  ];
  for (const [what, value] of rows) print(`${what.padEnd(44)}${value}`);
  return breaches;
}
