import { percentile, printLatencies, printVerdicts } from "../bench/dashboard/figures.ts";
import type { Latencies } from "../bench/dashboard/readers.ts";
import type { KindBalance } from "./check-tables.ts";
import type { SenderReport } from "./sender-order.ts";
import type { PlanTimes } from "./use-dashboard.ts";

const TARGETS = { dashboardP95Ms: 200, acknowledgeP99Ms: 1_500 };
const MOST_SHOWN = 5;

export interface LoadResult {
  readonly report: SenderReport;
  readonly reading: Latencies;
  readonly plans: PlanTimes;
  /** Of the server while events arrived. */
  readonly processorSeconds: number;
  readonly peakGb: number | null;
  readonly balances: readonly KindBalance[];
  /** What is wrong with the books of the imports, in words. */
  readonly wrong: readonly string[];
}

const count = (n: number) => n.toLocaleString("en-US");

/** @returns whether every target is kept */
export function printLoad(print: (line: string) => void, result: LoadResult): boolean {
  const { report, reading, plans, processorSeconds, peakGb, balances, wrong } = result;
  printLatencies(print, "questions of the pages", reading.byProcedure.values);
  printLatencies(print, "pages", reading.byPage.values);
  printLatencies(
    print,
    "plans and events",
    new Map([
      ["planning.propose", plans.ms],
      ["acknowledgement", report.acknowledgeMs],
    ]),
  );
  const failures = [...reading.failures, ...plans.failures];
  for (const failure of [...new Set(failures)].slice(0, MOST_SHOWN)) print(`  refused: ${failure}`);
  const acknowledged = balances.reduce((sum, each) => sum + each.acknowledged, 0);
  print("");
  print(
    `acknowledged ${count(Math.round(acknowledged / report.seconds))} events a second, ${count(report.repeated)} of them sent once more`,
  );
  for (const [status, times] of Object.entries(report.refusals))
    print(`answered with ${status}: ${count(times)} times, and sent again`);
  print(
    `processor seconds: server ${processorSeconds.toFixed(0)}, sender ${report.processorSeconds.toFixed(0)}, in ${report.seconds.toFixed(0)} s; peak memory of the server ${peakGb?.toFixed(2) ?? "unknown"} GB`,
  );
  for (const { kind, sent, stored, rejected, lost, doubled, strange, ...rest } of balances)
    print(
      `${kind}: sent ${count(sent)}, acknowledged ${count(rest.acknowledged)} = stored ${count(stored)} + rejected ${count(rejected)}; lost ${lost}, doubled ${doubled}, strange ${strange}`,
    );
  for (const sentence of wrong.slice(0, MOST_SHOWN)) print(`  ${sentence}`);
  print("");
  const areTimesKept = printVerdicts(print, [
    {
      name: "p95 of the questions of all pages",
      ms: percentile(reading.byProcedure.all, 0.95),
      target: TARGETS.dashboardP95Ms,
    },
    {
      name: "p99 until events are acknowledged",
      ms: percentile(report.acknowledgeMs, 0.99),
      target: TARGETS.acknowledgeP99Ms,
    },
  ]);
  const breaches = balances.reduce(
    (sum, { sent, lost, doubled, strange, ...rest }) => sum + lost + doubled + strange + (sent - rest.acknowledged),
    0,
  );
  const isBalanced = breaches === 0 && wrong.length === 0;
  print(`  every event acknowledged, none lost, none doubled, the books agree   ${isBalanced ? "kept" : "MISSED"}`);
  return areTimesKept && isBalanced && failures.length === 0;
}
