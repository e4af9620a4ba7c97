import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { ProveOptions } from "../options.ts";
import { proveWeekly, type WeeklyOrder } from "./live-market.ts";
import { appendWeekly, readWeekly, type WeeklyResult } from "./weekly-result.ts";
import { marketInWords, weekInWords, weeklyInWords, weeksInWords } from "./weekly-words.ts";

/**
 * `npm run prove -- --weekly`: half a year of weekly runs on markets that react to them, one market after the other, for a process
 * can open one folder of data at a time.
 * @returns whether every market ran
 */
export async function runWeekly(options: ProveOptions, print: (text: string) => void): Promise<boolean> {
  mkdirSync(dirname(options.json), { recursive: true });
  const orders = prepareOrders(options, readWeekly(options.json));
  print(`prove --weekly: ${orders.length} markets of ${options.weeks} weeks, results in ${options.json}\n`);
  let failures = 0;
  for (const order of orders) {
    const began = performance.now();
    try {
      const result = await proveWeekly(order, {
        onWeek: (week) => print(`  ${order.kind} ${order.seed} ${weekInWords(week)}\n`),
      });
      appendWeekly(options.json, result);
      print(`${weeksInWords(result)}${marketInWords(result)}`);
      print(`${((performance.now() - began) / 60_000).toFixed(1)} min\n`);
    } catch (error) {
      failures++;
      print(`FAILED: ${order.kind} ${order.seed}: ${(error as Error).message}\n`);
    }
  }
  if (failures > 0) print(`${failures} markets failed\n`);
  print(weeklyInWords(readWeekly(options.json)));
  return failures === 0;
}

/** Seed by seed, so that a run that is stopped has seen all kinds. */
function prepareOrders(options: ProveOptions, done: readonly WeeklyResult[]): WeeklyOrder[] {
  const { markets, seed: first, kinds, weeks } = options;
  const size = options.size ?? 1;
  return Array.from({ length: markets }, (_, i) => first + i).flatMap((seed) =>
    kinds
      .filter((kind) => !done.some((one) => isOf(one, { kind, seed, size, weeks })))
      .map((kind) => ({ kind, seed, size, weeks })),
  );
}

function isOf(result: WeeklyResult, { kind, seed, size, weeks }: WeeklyOrder): boolean {
  return result.kind === kind && result.seed === seed && result.size === size && result.weeks.length === weeks;
}
