import type { ImportReport } from "../ingest/index.ts";
import { grouped, printable } from "./io.ts";

/**
 * What became of a file, in words.
 * @param of what of a file that holds several kinds is meant
 */
export function importInWords(report: ImportReport, leftOutBy: string, of = ""): string {
  const rows = (count: number) => `${grouped(count)} ${count === 1 ? "row" : "rows"}`;
  const file = `${report.file}${of === "" ? "" : `, ${of}`}`;
  if (report.unchanged) {
    return `${file}: imported before, nothing changed (${rows(report.received)}${report.rejected > 0 ? `, ${grouped(report.rejected)} of them rejected then` : ""}).\n`;
  }
  const parts = [`${grouped(report.stored)} stored`];
  if (report.replaced > 0) parts.push(`${grouped(report.replaced)} replaced`);
  if (report.duplicates > 0) parts.push(`${grouped(report.duplicates)} already there`);
  if (report.filtered > 0) parts.push(`${grouped(report.filtered)} left out by ${leftOutBy}`);
  parts.push(`${grouped(report.rejected)} rejected`);
  const lines = [`${file}: ${rows(report.received)} read in ${report.seconds.toFixed(1)} s: ${parts.join(", ")}.\n`];
  for (const { reason, rows: count, firstLine } of report.reasons) {
    lines.push(
      `  ${count === 1 ? `line ${grouped(firstLine)}` : `${grouped(count)} rows, first on line ${grouped(firstLine)}`}: ${reason}\n`,
    );
  }
  lines.push(...changesInWords(report.changes));
  return lines.join("");
}

const SHOWN_CHANGES = 20;

/** The days whose cost a later export told otherwise. */
function changesInWords(changes: ImportReport["changes"]): string[] {
  const money = (amount: string) => Number(amount).toFixed(2);
  const lines = [...changes]
    .sort((a, b) => a.date.localeCompare(b.date))
    .slice(0, SHOWN_CHANGES)
    .map(
      ({ date, source, before, after }) =>
        `  ${date}${source === "" ? "" : `, ${source}`}: cost ${money(before)} is now ${money(after)}`,
    );
  if (changes.length > SHOWN_CHANGES)
    lines.push(`  and ${grouped(changes.length - SHOWN_CHANGES)} more days: --json and the page Data have all of them`);
  return lines.map(printable).map((line) => `${line}\n`);
}

/** True when not one row that was meant to be taken could be read. */
export function isUseless({ rejected, received, filtered }: ImportReport): boolean {
  return rejected > 0 && rejected === received - filtered;
}
