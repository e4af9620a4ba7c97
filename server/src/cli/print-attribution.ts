import type { AttributionReport } from "../attribution/index.ts";
import { type CommandIo, drawTable, grouped } from "./io.ts";

type Row = AttributionReport["channels"][number];

/** Prints a report of credit: a table for people, or JSON with money as decimal strings and counts of conversions as numbers. */
export function printAttribution(report: AttributionReport, currency: string, asJson: boolean, io: CommandIo): void {
  const { warnings, channels, ...head } = report;
  for (const warning of warnings) io.stderr(`touchline: ${warning}\n`);
  if (asJson) {
    const counted = <T extends { conversions: string }>(row: T) => ({ ...row, conversions: Number(row.conversions) });
    const rows = channels.map(({ channel, below, ...row }) => counted({ channel, ...below, ...row }));
    io.stdout(
      `${JSON.stringify({ ...head, totals: counted(head.totals), baseline: counted(head.baseline), channels: rows })}\n`,
    );
    return;
  }
  const title = head.from === "" ? head.model : `${head.model}, ${head.from} to ${head.to}, by ${head.dateBasis} date`;
  io.stdout(`Credit by ${title}\n\n${drawCredit(report, currency)}`);
}

function drawCredit({ model, channels, baseline, totals }: AttributionReport, currency: string): string {
  const unit = currency === "" ? "" : ` ${currency}`;
  const hasInterval = channels.some(({ interval }) => interval !== null);
  const hasFlags = channels.some(({ flags }) => flags.length > 0);
  const level = channels.find(({ interval }) => interval !== null)?.interval?.level;
  const extra = (interval: string, flags: string) => [...(hasInterval ? [interval] : []), ...(hasFlags ? [flags] : [])];
  const rows = channels.map((row) => [
    nameOf(row),
    grouped(row.conversions, 2),
    grouped(row.revenue, 2),
    row.spend === null ? "-" : grouped(row.spend, 2),
    row.roas === null ? "-" : row.roas.toFixed(2),
    ...extra(
      row.interval === null ? "-" : `${grouped(row.interval.low, 0)} to ${grouped(row.interval.high, 0)}`,
      row.flags.join(", "),
    ),
  ]);
  const none = extra("", "");
  const nobody = model === "incremental" ? "(baseline)" : "(no touch)";
  rows.push([nobody, grouped(baseline.conversions, 2), grouped(baseline.revenue, 2), "-", "-", ...none]);
  rows.push(["Total booked", grouped(totals.conversions, 2), grouped(totals.revenue, 2), "", "", ...none]);
  const head = ["Channel", "Conversions", `Revenue${unit}`, `Spend${unit}`, "ROAS"];
  return drawTable([...head, ...extra(`${((level ?? 0) * 100).toFixed(0)} % interval`, "Flags")], rows);
}

function nameOf({ channel, below }: Row): string {
  return [channel, ...Object.values(below).map((name) => (name === "" ? "(none)" : name))].join(" / ");
}
