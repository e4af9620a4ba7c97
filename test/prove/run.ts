import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { judge } from "./judge.ts";
import { sparseSize } from "./market/sparse-size.ts";
import { HELP, type ProveOptions, parseOptions } from "./options.ts";
import { plansByModel } from "./product.ts";
import { type MarketOrder, proveMarket } from "./prove-market.ts";
import { appendResult, openResults, type Result, readResults } from "./result.ts";
import { resultsInWords } from "./results-in-words.ts";
import { readWeekly } from "./weekly/weekly-result.ts";
import { weeklyInWords } from "./weekly/weekly-words.ts";
import { removeWorkFolders } from "./work-folder.ts";

/**
 * `npm run prove`: the acceptance test of attribution and planning. Markets are simulated, so that what each channel caused
 * and what every split is worth is known; the product sees only the files that such a market would export.
 *
 * Seeds under 5000 are for development. Seeds from 5000 on (the default) are never used to choose a parameter, of the product or
 * of this judge: what they show is what a user can expect in markets like these.
 *
 * The exit code says only whether everything ran; which targets are met is printed.
 */

/** What is still to be done: a market with those models that have no result in the file. */
function prepareOrders(options: ProveOptions, done: readonly Result[], hasPlansByModel: boolean): MarketOrder[] {
  const orders: MarketOrder[] = [];
  // Seed by seed, so that a run that is stopped has seen all kinds.
  for (let market = 0; market < options.markets; market++) {
    const seed = options.seed + market;
    const size = options.size ?? sparseSize(seed);
    for (const kind of options.kinds) {
      const isDone = (model: string) =>
        done.some((one) => one.kind === kind && one.seed === seed && one.size === size && one.model === model);
      const models = options.models.filter((model) => !isDone(model));
      if (models.length > 0) orders.push({ kind, seed, size, models, hasPlansByModel, keep: options.keep });
    }
  }
  return orders;
}

function describeResult(result: Result): string {
  const { shareError, largestGap, intervals, captured, regret, lost } = judge(result);
  const share = `share error ${shareError.toFixed(3)} (${largestGap.channel} ${largestGap.gap > 0 ? "+" : ""}${largestGap.gap.toFixed(3)})`;
  const covered = intervals.all > 0 ? `, ${intervals.covered} of ${intervals.all} intervals` : "";
  const figures = [captured?.toFixed(2) ?? "-", regret?.toFixed(3), lost?.toFixed(3)];
  const plan =
    regret === null ? "" : `, ${result.planStatus}: captured ${figures[0]}, regret ${figures[1]}, lost ${figures[2]}`;
  return `${result.kind} ${result.seed} ${result.model}: ${share}${covered}${plan}, ${result.seconds.attribute.toFixed(1)} s`;
}

/** @returns whether every market ran */
async function prove(options: ProveOptions, print: (text: string) => void): Promise<boolean> {
  mkdirSync(dirname(options.json), { recursive: true });
  const done = openResults(options.json);
  const orders = prepareOrders(options, done, await plansByModel());
  print(`prove: ${orders.length} markets, results in ${options.json}\n`);
  const missing = new Set<string>();
  let failures = 0;
  const work = async () => {
    for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
      const known = { ...order, models: order.models.filter((model) => !missing.has(model)) };
      if (known.models.length === 0) continue;
      try {
        await proveMarket(known, {
          onResult(result) {
            appendResult(options.json, result);
            print(`${describeResult(result)}\n`);
          },
          onMissingModel(model) {
            if (!missing.has(model)) print(`NOT JUDGED: the product has no model "${model}"\n`);
            missing.add(model);
          },
          onKept: (folder) => print(`${order.kind} ${order.seed}: files and data in ${folder}\n`),
        });
      } catch (error) {
        failures++;
        print(`FAILED: ${order.kind} ${order.seed}: ${(error as Error).message}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  if (missing.size > 0) print(`NOT JUDGED, for the product does not have them: ${[...missing].join(", ")}\n`);
  if (failures > 0) print(`${failures} markets failed\n`);
  print(resultsInWords(readResults(options.json)));
  return failures === 0;
}

async function main(print: (text: string) => void): Promise<number> {
  let options: ProveOptions;
  try {
    options = parseOptions(process.argv.slice(2), new Date());
  } catch (error) {
    process.stderr.write(`prove: ${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    print(HELP);
    return 0;
  }
  if (options.summary !== null) {
    if (!existsSync(options.summary)) {
      process.stderr.write(`prove: --summary: ${options.summary} does not exist\n`);
      return 2;
    }
    const { summary } = options;
    print(options.weekly ? weeklyInWords(readWeekly(summary)) : resultsInWords(readResults(summary)));
    return 0;
  }
  // It opens the engine in this process, which the other way has no need of.
  const run = options.weekly ? (await import("./weekly/run-weekly.ts")).runWeekly : prove;
  return (await run(options, print)) ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.once("exit", removeWorkFolders);
process.exitCode = await main((text) => process.stdout.write(text));
