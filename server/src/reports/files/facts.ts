import type { RoiReport } from "../../contract/index.ts";
import type { Printer } from "./print.ts";
import { type FileWords, fill, wordOf } from "./words/index.ts";

export type FactLine = readonly [label: string, text: string];

export function isReconciled({ reconciliation }: RoiReport): boolean {
  return reconciliation.every(({ isBalanced }) => isBalanced);
}

export function statusOf({ closed, timeZone }: RoiReport, words: FileWords, print: Printer): string {
  if (closed === null) return words.head.open;
  const { by, at, version } = closed;
  const text = version > 1 ? words.head.closedVersion : words.head.closed;
  return fill(text, { by, at: print.moment(at, timeZone), version });
}

/** The report's answer in a sentence or two, with its interval. */
export function headlineOf({ total, currency }: RoiReport, words: FileWords, print: Printer): string[] {
  const { incrementalRevenue, incrementalLow, incrementalHigh, spend, iroas } = total;
  const incremental = print.money(incrementalRevenue);
  if (iroas === null) return [fill(words.head.noSpend, { incremental })];
  const one = print.money("1").replace(/[.,]00/, "");
  const first = fill(words.head.one, { one: currency === "" ? "1" : one, iroas: print.money(iroas.toFixed(2)) });
  const second = fill(words.head.from, { incremental, spend: print.money(spend) });
  if (incrementalLow === null || incrementalHigh === null) return [first, second];
  const [low, high] = [incrementalLow, incrementalHigh].map((amount) => print.money(amount));
  return [first, `${second} ${fill(words.head.interval, { low: low!, high: high! })}`];
}

/** What the figures stand on: it goes into every file, because no file says it by its figures. */
export function factsOf(report: RoiReport, words: FileWords, print: Printer): FactLine[] {
  const { facts, models } = words;
  const { baseline, runs, timeZone } = report;
  return [
    [facts.workspace, report.workspace],
    [facts.period, print.range(report.range)],
    ...(report.before === null ? [] : [[facts.before, print.range(report.before)] as const]),
    [facts.level, words.level[report.level]],
    [facts.model, models[report.model][0]],
    [facts.window, fill(facts.windowDays, { days: report.lookbackDays })],
    [facts.basis, words.basis[report.dateBasis]],
    [facts.currency, report.currency],
    [facts.tax, words.tax[report.taxBasis]],
    [facts.zone, timeZone],
    [facts.status, statusOf(report, words, print)],
    [facts.written, print.moment(report.writtenAt, timeZone)],
    [facts.baselineRevenue, print.money(baseline.revenue)],
    ...(baseline.share === null ? [] : [[facts.baseline, print.percent(baseline.share)] as const]),
    [facts.attributedRun, runs.attributed],
    [facts.incrementalRun, runs.incremental],
    [facts.watermark, report.watermark],
    [facts.version, report.codeVersion],
  ];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTHS = /^\d{4}-\d{2}(, \d{4}-\d{2})*$/;
const SHARES: ReadonlySet<string> = new Set(["share", "rate"]);

/** A value of a note as people write it: days and months by name, shares in per cent. */
function sayValue(name: string, value: string | number, words: FileWords, print: Printer): string {
  if (name === "flag") return wordOf(words.flags, String(value));
  if (SHARES.has(name)) return print.percent(Number(value));
  const text = String(value);
  if (DAY.test(text)) return print.date(text);
  return MONTHS.test(text) ? text.split(", ").map(print.month).join(", ") : text;
}

/** What a reader has to know, in sentences; a note without words is printed as it is. */
export function noteTexts({ notes }: RoiReport, words: FileWords, print: Printer): string[] {
  return notes.map(({ code, values }) => {
    const said = Object.entries(values).map(([name, value]) => [name, sayValue(name, value, words, print)] as const);
    if (!Object.hasOwn(words.notes, code)) return `${code}: ${said.map((each) => each.join(" ")).join(", ")}`;
    return fill(wordOf(words.notes, code), Object.fromEntries(said));
  });
}

/** What a column is, in the order of the definitions. */
export function definitionLines(words: FileWords): FactLine[] {
  return Object.values(words.definitions).map(([name = "", text = ""]) => [name, text]);
}
