import { setTimeout } from "node:timers/promises";
import { askPage, type Latencies, noLatencies, readingPause } from "../bench/dashboard/readers.ts";
import type { WalkedPage } from "../bench/dashboard/walk-pages.ts";
import type { Caller } from "../support/sign-in.ts";

/** Somebody asks for a plan with a budget of their own so often, beside those who read. */
const PLAN_EVERY_MS = 30_000;

/** Everybody walks from page to page until the deadline, each one beginning at another one. */
export async function readUntil(
  deadline: number,
  readers: readonly Caller[],
  pages: readonly WalkedPage[],
): Promise<Latencies> {
  const latencies = noLatencies();
  await Promise.all(
    readers.map(async (reader, place) => {
      for (let step = 0; ; step++) {
        const pause = readingPause();
        if (performance.now() + pause > deadline) return;
        await setTimeout(pause);
        await askPage(reader, pages[(place + step) % pages.length]!, latencies);
      }
    }),
  );
  return latencies;
}

export interface PlanTimes {
  readonly ms: number[];
  readonly failures: string[];
}

/** Budgets that nobody has asked for: no answer to them is kept. */
export async function planUntil(deadline: number, planner: Caller): Promise<PlanTimes> {
  const times: PlanTimes = { ms: [], failures: [] };
  for (let n = 0; performance.now() + PLAN_EVERY_MS < deadline; n++) {
    await setTimeout(PLAN_EVERY_MS);
    const input = { period: "week", budget: 20_000 + 137 * n, exact: false, maxChange: 0.2, bounds: [] };
    const began = performance.now();
    const { status, message } = await planner.call("planning.propose", input);
    times.ms.push(performance.now() - began);
    if (status !== 200) times.failures.push(`planning.propose: ${status} ${message.slice(0, 120)}`);
  }
  return times;
}
