import type { Adjustment, ClosedPeriod, ReconciliationLine, RoiFigures, RoiReport } from "../../contract/index.ts";
import { createPrinter, noteTexts, wordsIn } from "../../reports/files/index.ts";
import { drawTable, grouped } from "../io.ts";

const money = (amount: string | null) => (amount === null ? "" : grouped(amount, 2));
const ratio = (value: number | null) => (value === null ? "" : grouped(value, 2));

/** The report for a terminal: figures, what they are held against, and what is to be kept in mind. */
export function reportInWords(report: RoiReport): string {
  const { range, currency, model, total, closed, taxBasis, lookbackDays, baseline } = report;
  const state = closed === null ? "not closed" : `closed by ${closed.by} on ${closed.at.slice(0, 10)}`;
  const share = baseline.share === null ? "" : `, ${grouped(baseline.share * 100, 1)} % of what is booked`;
  return [
    `Return on spend from ${range.from} to ${range.to} in ${currency}, ${taxBasis} of tax, ${state}`,
    `Attributed: ${model}, window of ${lookbackDays} days. Incremental: what would not have come otherwise.\n`,
    figuresTable(report),
    `Baseline, caused by no channel: ${money(baseline.revenue)}${share}.`,
    ...(total.paybackDays === null ? [] : [`Spend has paid back after ${grouped(total.paybackDays, 1)} days.`]),
    `\nHeld against the books:\n${reconciliationTable(report.reconciliation)}`,
    ...(report.adjustments.length === 0 ? [] : [`Came after closing:\n${adjustmentsTable(report.adjustments)}`]),
    ...noteTexts(report, wordsIn("en"), createPrinter("en", currency)).map((text) => `Note: ${text}`),
    "",
  ].join("\n");
}

function figuresTable({ rows, total, level }: RoiReport): string {
  const name = { channel: "Channel", campaign: "Campaign", month: "Month" }[level];
  const line = (label: string, each: RoiFigures) => [
    ...[label, money(each.spend), money(each.attributedRevenue), money(each.incrementalRevenue), money(each.margin)],
    ...[ratio(each.roas), ratio(each.iroas), ratio(each.cpa)],
    ...[each.paybackDays === null ? "" : grouped(each.paybackDays, 1), money(each.budget)],
  ];
  return drawTable(
    [name, "Spend", "Attributed", "Incremental", "Margin", "ROAS", "iROAS", "CPA", "Payback", "Budget"],
    [
      ...rows.map((row) => line(row.campaign === null ? row.name : `${row.name} / ${row.campaign}`, row.figures)),
      line("Total", total),
    ],
  );
}

function reconciliationTable(lines: readonly ReconciliationLine[]): string {
  return drawTable(
    ["Line", "Made of", "Total", "Books", "Difference", ""],
    lines.map(({ code, parts, total, booked, difference, isBalanced }) => [
      ...[code, parts.map((part) => `${part.code} ${money(part.amount)}`).join(", ")],
      ...[money(total), money(booked), money(difference), isBalanced ? "adds up" : "DOES NOT ADD UP"],
    ]),
  );
}

export function adjustmentsTable(adjustments: readonly Adjustment[]): string {
  return drawTable(
    ["Month", "Counted in", "Kind", "Channel", "Amount", "Rows"],
    adjustments.map(({ month, countedIn, kind, channel, amount, rows }) => [
      ...[month, countedIn, kind, channel === "" ? "all" : channel],
      ...[kind === "conversions" ? grouped(amount) : money(amount), grouped(rows)],
    ]),
  );
}

export function closedInWords(periods: readonly ClosedPeriod[]): string {
  if (periods.length === 0) return "No month was closed yet: touchline report close MONTH\n";
  return drawTable(
    ["Month", "Version", "Closed by", "On", "SHA-256 of the report", "Opened again"],
    periods.map(({ month, version, closedBy, closedAt, print, reopened }) => [
      ...[month, String(version), closedBy, closedAt.slice(0, 10), print.slice(0, 16)],
      reopened === null ? "" : `by ${reopened.by} on ${reopened.at.slice(0, 10)}: ${reopened.reason}`,
    ]),
  );
}
