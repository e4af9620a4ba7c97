import type { Adjustment, RoiFigures, RoiReport, RoiRow } from "../../contract/index.ts";
import { minus } from "../../exact.ts";
import { type FileWords, wordOf } from "./words/index.ts";

export type Unit = "text" | "money" | "count" | "ratio" | "percent" | "days" | "month";

/** Exact amounts as decimals in text, months as `YYYY-MM`; null where there is nothing to say. */
export interface FileCell {
  readonly unit: Unit;
  readonly value: string | number | null;
}

export interface FileColumn {
  readonly key: string;
  readonly label: string;
  readonly unit: Unit;
  /** How a total comes from the rows, or from two other totals; null where it is a figure of its own. */
  readonly totalBy: "sum" | readonly [numerator: string, denominator: string] | null;
}

export interface FileTable {
  readonly columns: readonly FileColumn[];
  readonly rows: readonly (readonly FileCell[])[];
  readonly total: readonly FileCell[] | null;
}

type Figure = (now: RoiFigures, before: RoiFigures | null) => string | number | null;
interface Measure extends Omit<FileColumn, "label"> {
  readonly of: Figure;
}

const measure = (key: string, unit: Unit, totalBy: FileColumn["totalBy"], of: Figure): Measure => ({
  ...{ key, unit, totalBy, of },
});

function changeOf(now: string, before: string | undefined): number | null {
  const base = Number(before);
  return before === undefined || base === 0 ? null : (Number(now) - base) / base;
}

const MEASURES: readonly Measure[] = [
  measure("spend", "money", "sum", ({ spend }) => spend),
  measure("attributedConversions", "count", "sum", (now) => now.attributedConversions),
  measure("attributedRevenue", "money", "sum", (now) => now.attributedRevenue),
  measure("roas", "ratio", ["attributedRevenue", "spend"], ({ roas }) => roas),
  measure("cpa", "money", ["spend", "attributedConversions"], ({ cpa }) => cpa),
  measure("incrementalConversions", "count", "sum", (now) => now.incrementalConversions),
  measure("incrementalRevenue", "money", "sum", (now) => now.incrementalRevenue),
  measure("incrementalLow", "money", null, ({ incrementalLow }) => incrementalLow),
  measure("incrementalHigh", "money", null, ({ incrementalHigh }) => incrementalHigh),
  measure("iroas", "ratio", ["incrementalRevenue", "spend"], ({ iroas }) => iroas),
  measure("margin", "money", "sum", ({ margin }) => margin),
  measure("presentValue", "money", "sum", ({ presentValue }) => presentValue),
  measure("paybackDays", "days", null, ({ paybackDays }) => paybackDays),
  measure("budget", "money", "sum", ({ budget }) => budget),
  measure("budgetDifference", "money", null, ({ spend, budget }) => (budget === null ? null : minus(spend, budget))),
  measure("committed", "money", "sum", ({ committed }) => committed),
  measure("invoiced", "money", "sum", ({ invoiced }) => invoiced),
];

const COMPARED: readonly Measure[] = [
  measure("spendBefore", "money", null, (_, before) => before?.spend ?? null),
  measure("spendChange", "percent", null, (now, before) => changeOf(now.spend, before?.spend)),
  measure("attributedRevenueBefore", "money", null, (_, before) => before?.attributedRevenue ?? null),
  measure("incrementalRevenueBefore", "money", null, (_, before) => before?.incrementalRevenue ?? null),
  measure("revenueChange", "percent", null, (now, before) =>
    changeOf(now.incrementalRevenue, before?.incrementalRevenue),
  ),
  measure("roasBefore", "ratio", null, (_, before) => before?.roas ?? null),
  measure("iroasBefore", "ratio", null, (_, before) => before?.iroas ?? null),
];

const NAMES = ["name", "campaign"] as const;

interface Wanted {
  /** All of them without. */
  readonly keys?: readonly string[];
  /** Those of the report without; they have to come to its total. */
  readonly rows?: readonly RoiRow[];
}

/** The rows of a report with their figures. */
export function figuresTable(
  report: RoiReport,
  words: FileWords,
  { keys, rows = report.rows }: Wanted = {},
): FileTable {
  const names = report.level === "campaign" ? NAMES : NAMES.slice(0, 1);
  const all = report.totalBefore === null ? MEASURES : [...MEASURES, ...COMPARED];
  const measures = keys === undefined ? all : keys.flatMap((key) => all.filter((each) => each.key === key));
  const labels = words.columns as Readonly<Record<string, unknown>>;
  const cellsOf = (now: RoiFigures, before: RoiFigures | null) =>
    measures.map(({ unit, of }): FileCell => ({ unit, value: of(now, before) }));
  const nameCells = ({ name, campaign }: RoiRow): FileCell[] => {
    const first: FileCell = { unit: report.level === "month" ? "month" : "text", value: name };
    return names.length === 1 ? [first] : [first, { unit: "text", value: campaign ?? "" }];
  };
  return {
    columns: [
      ...names.map((key): FileColumn => {
        const label = key === "name" ? words.columns.name[report.level] : words.columns.campaign;
        return { key, label, unit: "text", totalBy: null };
      }),
      ...measures.map(({ of: _, ...column }) => ({ ...column, label: String(labels[column.key] ?? column.key) })),
    ],
    rows: rows.map((row) => [...nameCells(row), ...cellsOf(row.figures, row.before)]),
    total: [
      { unit: "text", value: words.columns.total },
      ...names.slice(1).map((): FileCell => ({ unit: "text", value: "" })),
      ...cellsOf(report.total, report.totalBefore),
    ],
  };
}

const text = (value: string): FileCell => ({ unit: "text", value });
const column = (
  key: string,
  label: string,
  unit: Unit = "text",
  totalBy: FileColumn["totalBy"] = null,
): FileColumn => ({
  ...{ key, label, unit, totalBy },
});

export function adjustmentsTable(adjustments: readonly Adjustment[], words: FileWords): FileTable {
  const { columns, kinds } = words;
  return {
    columns: [
      column("month", columns.month, "month"),
      column("countedIn", columns.countedIn, "month"),
      column("channel", columns.name.channel),
      column("kind", columns.kind),
      column("amount", columns.amount, "money"),
      column("rows", columns.rows, "count"),
    ],
    rows: adjustments.map(({ month, countedIn, channel, kind, amount, rows }) => [
      { unit: "month", value: month },
      { unit: "month", value: countedIn },
      text(channel === "" ? words.allChannels : channel),
      text(kinds[kind]),
      { unit: kind === "conversions" ? "count" : "money", value: amount },
      { unit: "count", value: rows },
    ]),
    total: null,
  };
}

export function monthsTable({ months, total }: RoiReport, words: FileWords): FileTable {
  const { columns } = words;
  const money = (value: string): FileCell => ({ unit: "money", value });
  return {
    columns: [
      column("month", columns.month, "month"),
      column("spend", columns.spend, "money", "sum"),
      column("attributedRevenue", columns.attributedRevenue, "money", "sum"),
      column("incrementalRevenue", columns.incrementalRevenue, "money", "sum"),
    ],
    rows: months.map(({ month, spend, attributedRevenue, incrementalRevenue }) => [
      { unit: "month", value: month },
      ...[spend, attributedRevenue, incrementalRevenue].map(money),
    ]),
    total: [text(columns.total), ...[total.spend, total.attributedRevenue, total.incrementalRevenue].map(money)],
  };
}

export function currenciesTable({ currencies }: RoiReport, words: FileWords): FileTable {
  const { columns, kinds } = words;
  return {
    columns: [
      column("currency", columns.currency),
      column("kind", columns.kind),
      column("amount", columns.amount, "count"),
      column("converted", columns.converted, "money"),
    ],
    rows: currencies.map(({ currency, kind, amount, converted }) => [
      text(currency),
      text(kinds[kind]),
      { unit: "count", value: amount },
      { unit: "money", value: converted },
    ]),
    total: null,
  };
}

/** One line of the reconciliation, in words: its parts, their total, what is booked, and what is left. */
export interface ReconciledLine {
  readonly title: string;
  readonly unit: "money" | "count";
  readonly parts: readonly { readonly label: string; readonly amount: string }[];
  readonly total: string;
  readonly booked: string;
  readonly difference: string;
  readonly isBalanced: boolean;
}

export function reconciledLines({ reconciliation }: RoiReport, words: FileWords): ReconciledLine[] {
  return reconciliation.map(({ code, parts, ...line }) => ({
    ...line,
    title: wordOf(words.lines, code),
    unit: code === "conversions" ? "count" : "money",
    parts: parts.map((part) => ({ label: wordOf(words.items, part.code), amount: part.amount })),
  }));
}
