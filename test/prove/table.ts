import type { KindSummary } from "./summary.ts";

const HEAD = [
  ...["kind", "model", "n", "share err", "worst", "honest", "gap", "cover", "of", "width"],
  ...["prec", "recall", "captured", "worst", "of", "regret", "worst", "lost", "left", "s"],
];
export const LEGEND =
  "share err: half the sum of share differences, median and worst; honest: the same among channels that are no demand capture; gap: largest " +
  "of a channel; cover: intervals that hold the truth; captured: share of the gain there was; regret: share of the best split's worth given away; lost: the most that a plan was worth less than today's split, as a share of it; left: plans that " +
  "advise to leave everything as it is.";

/** The summaries as a table for people. */
export function drawSummaries(summaries: readonly KindSummary[]): string {
  const rows = summaries.map((one) => [
    ...[one.kind, one.model, String(one.markets)],
    ...[figure(one.shareError.median, 3), figure(one.shareError.worst, 3), figure(one.shareErrorOfHonest, 3)],
    ...[figure(one.largestGap, 3), figure(one.intervals.coverage, 2), String(one.intervals.all)],
    ...[figure(one.intervals.medianWidth, 2), figure(one.flags.precision, 2), figure(one.flags.recall, 2)],
    ...[figure(one.captured.median, 2), figure(one.captured.worst, 2), String(one.captured.markets)],
    ...[figure(one.regret.median, 3), figure(one.regret.worst, 3)],
    ...[figure(one.lost.worst, 3), figure(one.leftAlone, 2), figure(one.seconds, 1)],
  ]);
  const widths = HEAD.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  const rule = widths.map((width) => "-".repeat(width));
  return `${[line(HEAD), line(rule), ...rows.map(line)].join("\n")}\n`;
}

function figure(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : "-";
}
