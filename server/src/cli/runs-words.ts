import type { RunComparison, RunDetails, RunRepetition, RunSummary, RunsPage } from "../contract/index.ts";
import { drawTable, grouped, printable } from "./io.ts";

const ID_LENGTH = 8;
export const shortId = ({ run }: { readonly run: string }) => run.slice(0, ID_LENGTH);

const minute = (instant: string) => instant.slice(0, 16).replace("T", " ");
const percent = (share: number) => `${Math.round(share * 100)} %`;

function stateOf({ state, progress, reason, pin }: RunSummary): string {
  if (progress !== null) return `running, ${percent(progress.share)}: ${progress.step}`;
  if (state !== "done") return reason === "" ? state : `${state}: ${reason}`;
  return pin === null ? "" : `pinned: ${pin.label}`;
}

export function drawRuns({ total, runs }: RunsPage): string {
  if (runs.length === 0) return "Nothing was computed yet: touchline attribute\n";
  const table = drawTable(
    ["Run", "Began (UTC)", "Model", "From", "To", "Date basis", "Seconds", ""],
    runs.map((run) => [
      ...[shortId(run), minute(run.startedAt), run.model, run.from, run.to, run.dateBasis],
      ...[run.seconds.toFixed(1), stateOf(run)],
    ]),
  );
  return total > runs.length ? `${table}The newest ${runs.length} of ${total}; --limit shows more.\n` : table;
}

export function drawRun(run: RunDetails): string {
  const lines: [string, string][] = [
    ["Run", run.run],
    ["State", stateOf(run) || "done"],
    ["Began", `${run.startedAt}, by ${run.owner || "an older version"}, ${run.seconds.toFixed(1)} s`],
    ["Pinned", run.pin === null ? "no" : `${run.pin.label} (${run.pin.by}, ${minute(run.pin.at)})`],
    ["Data", `${run.watermark || "-"}${run.isOfPresentData ? "" : " (changed since)"}`],
    ["Code", run.codeVersion],
    ["Frozen", run.frozenBytes === 0 ? "nothing but its credit" : `${grouped(run.frozenBytes)} bytes to fit it again`],
    ...Object.entries(run.parameters).map(([name, value]): [string, string] => [`  ${name}`, wordsOf(value)]),
    ...Object.entries(run.quality)
      .filter(([, value]) => wordsOf(value) !== "-")
      .map(([name, value]): [string, string] => [`  ${name}`, wordsOf(value)]),
    ...run.warnings.map((warning): [string, string] => ["Warning", warning]),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${name.padEnd(width)}  ${printable(text)}\n`).join("");
}

/** What a fit found may be thousands of numbers: a table shows their beginning. */
const LONGEST_VALUE = 300;

function wordsOf(value: unknown): string {
  if (value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0)) return "-";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}… (--json prints all of it)`;
}

export function drawComparison(comparison: RunComparison, currency: string): string {
  const unit = currency === "" ? "" : ` ${currency}`;
  const signed = (text: string) => `${Number(text) > 0 ? "+" : ""}${grouped(text, 2)}`;
  const row = (name: string, { conversions, revenue }: RunComparison["totals"]) => [
    ...[name, grouped(conversions.a, 2), grouped(conversions.b, 2), signed(conversions.difference)],
    ...[grouped(revenue.a, 2), grouped(revenue.b, 2), signed(revenue.difference)],
  ];
  const { a, b, channels, noTouch, totals } = comparison;
  const table = drawTable(
    ["Channel", "Conversions A", "B", "B - A", `Revenue${unit} A`, "B", "B - A"],
    [
      ...channels.map((channel) => row(channel.channel, channel)),
      row("(no channel)", noTouch),
      row("Total booked", totals),
    ],
  );
  const name = (run: RunSummary) =>
    `${shortId(run)} (${run.model}, ${run.from} to ${run.to}, ${minute(run.startedAt)})`;
  return `A: ${name(a)}\nB: ${name(b)}\n\n${table}\n${reasons(comparison)}`;
}

function reasons({ isSame, differs: { parameters, data, code } }: RunComparison): string {
  const found = [
    ...parameters.map(({ name, a, b }) => `Parameter ${name}: ${a || "none"} and ${b || "none"}.\n`),
    ...(data ? ["Data: rows came, went or were linked between the two.\n"] : []),
    ...(code ? ["Code: they were computed by different versions.\n"] : []),
  ];
  if (isSame) return `Every digit of the credit is the same.\n${found.join("")}`;
  return found.length === 0 ? "Same parameters, data and code: this should not be.\n" : found.join("");
}

export function drawRepetition(repetition: RunRepetition, currency: string): string {
  const { kept, frozen, events, code, comparison } = repetition;
  const rows = { "Kept credit": kept, "From what was frozen": frozen, "From the events": events };
  const lines = Object.entries(rows).map(([what, { verdict, why }]) => `${what.padEnd(21)} ${verdict}: ${why}.\n`);
  const codes = code.recorded === code.present ? "" : `It was computed by ${code.recorded}; this is ${code.present}.\n`;
  const heading = `${shortId(repetition)} (${repetition.model}) ${repetition.isSame ? "repeats to the same digits" : "does NOT repeat"}\n\n`;
  return `${heading}${lines.join("")}${codes}${comparison === null ? "" : `\n${drawComparison(comparison, currency)}`}`;
}
