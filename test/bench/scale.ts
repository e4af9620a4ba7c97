import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SizeFigures, STAGES, type StageFigures, together } from "./scale/figures.ts";
import { measureSize } from "./scale/measure-size.ts";

const KEPT = fileURLToPath(new URL("../../test-output", import.meta.url));
const MILLION = 1_000_000;
const SIZES = "1,10,30,100";
const TARGETS = { timesLinear: 1.1, peakGb: 8 };

type Print = (line: string) => void;

function lineOf(name: string, figures: StageFigures): string {
  const { seconds, processorSeconds, peakGb, readRows, readBytes, queries } = figures;
  const [hungriest] = queries;
  const query = hungriest === undefined ? "" : `   ${hungriest.name} ${hungriest.peakGb.toFixed(2)} GB`;
  const column = (value: number, digits: number, width: number) => value.toFixed(digits).padStart(width);
  return `  ${name.padEnd(20)}${column(seconds, 1, 9)}${column(processorSeconds, 1, 9)}${column(peakGb, 2, 9)}${column(readRows / MILLION, 1, 11)}${column(readBytes / 1e9, 2, 9)}${query}`;
}

const HEADINGS = `  ${"".padEnd(20)}${["clock s", "CPU s", "peak GB"].map((name) => name.padStart(9)).join("")}${"M rows".padStart(11)}${"GB read".padStart(9)}   the hungriest query`;

const fileOf = (millions: number) => join(KEPT, `scale-${millions}.json`);

/** What earlier runs have measured, by size. */
function readKept(): SizeFigures[] {
  const names = readdirSync(KEPT).filter((name) => /^scale-[\d.]+\.json$/.test(name));
  return names
    .map((name) => SizeFigures.parse(JSON.parse(readFileSync(join(KEPT, name), "utf8"))))
    .sort((a, b) => a.touchpoints - b.touchpoints);
}

const sumOf = ({ stages }: SizeFigures): StageFigures => together(STAGES.map((stage) => stages[stage]));

/** The figures of every size for each million of touchpoints, and how they grow. */
function printTable(print: Print, sizes: readonly SizeFigures[]): void {
  for (const size of sizes) {
    print(
      `\n${size.touchpoints / MILLION} million touchpoints, ${size.conversions.toLocaleString("en-US")} conversions, ${(size.folderBytes / 1e9).toFixed(2)} GB on disk`,
    );
    print(HEADINGS);
    for (const stage of STAGES) print(lineOf(stage, size.stages[stage]));
    print(lineOf("all stages", sumOf(size)));
  }
  print(
    `\nfor each million touchpoints${["clock s", "CPU s", "M rows", "GB read"].map((n) => n.padStart(10)).join("")}`,
  );
  for (const size of sizes) {
    const { seconds, processorSeconds, readRows, readBytes } = sumOf(size);
    const each = [seconds, processorSeconds, readRows / MILLION, readBytes / 1e9].map((value) =>
      (value / (size.touchpoints / MILLION)).toFixed(3).padStart(10),
    );
    print(`  ${`at ${size.touchpoints / MILLION} million`.padEnd(26)}${each.join("")}`);
  }
  printGrowth(print, sizes);
}

function printGrowth(print: Print, sizes: readonly SizeFigures[]): void {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first === undefined || last === undefined || first === last) return;
  const times = last.touchpoints / first.touchpoints;
  const [before, after] = [sumOf(first), sumOf(last)];
  const verdict = (isKept: boolean) => (isKept ? "kept" : "MISSED");
  const linear = after.seconds / before.seconds / times;
  const power = (a: number, b: number) => (Math.log(b / a) / Math.log(times)).toFixed(2);
  print(
    `\ntime(${last.touchpoints / MILLION} M) / time(${first.touchpoints / MILLION} M) / ${times} = ${linear.toFixed(2)}   target ${TARGETS.timesLinear}   ${verdict(linear <= TARGETS.timesLinear)}`,
  );
  print(
    `slope of clock ${power(before.seconds, after.seconds)}, of processor ${power(before.processorSeconds, after.processorSeconds)}   (1 is linear)`,
  );
  print(
    `peak memory at ${last.touchpoints / MILLION} M ${after.peakGb.toFixed(2)} GB   target ${TARGETS.peakGb} GB   ${verdict(after.peakGb < TARGETS.peakGb)}`,
  );
  if (linear > TARGETS.timesLinear || after.peakGb >= TARGETS.peakGb) process.exitCode = 1;
}

/**
 * A year of a market at 1, 10, 30 and 100 million touchpoints, from files to credit: `npm run bench -- scale`. Each size can be measured
 * at its own time (`--sizes 1,10`), and what was measured is kept in test-output and printed together (`--table` measures nothing).
 */
export async function benchScale(print: Print): Promise<void> {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { sizes: { type: "string", default: SIZES }, table: { type: "boolean", default: false } },
  });
  mkdirSync(KEPT, { recursive: true });
  const sizes = values.table ? [] : values.sizes.split(",").map(Number);
  if (!sizes.every((millions) => millions >= 0.1)) throw new Error("--sizes: millions of touchpoints, such as 1,10");
  for (const millions of sizes) {
    print(`${millions} million touchpoints\n${HEADINGS}`);
    const figures = await measureSize(millions * MILLION, (stage, measured) => print(lineOf(stage, measured)));
    writeFileSync(fileOf(millions), `${JSON.stringify(figures, null, 2)}\n`);
  }
  printTable(print, readKept());
}
