import type { ReconciliationLine, RoiFigures, RoiReport, RoiRow } from "@touchline/server/contract";
import { findText, strong, type Words } from "../../i18n/words.ts";
import { countCell, figureCell, moneyCell, percentCell, ratioCell } from "./cells.ts";
import { type Change, describeChange, relativeChange } from "./change.ts";
import type { Cell, ChartTable } from "./chart-model.ts";

export interface ReportTile {
  readonly id: "spend" | "attributed" | "incremental" | "baseline";
  readonly label: string;
  readonly value: string;
  readonly below: string;
}

export interface ReportHead {
  readonly headline: string;
  readonly sub: string | null;
  readonly tiles: readonly ReportTile[];
  readonly standsOn: string;
  readonly status: string;
  readonly isClosed: boolean;
}

export function prepareReportHead(report: RoiReport, words: Words): ReportHead {
  const { t, format } = words;
  const { total, baseline, closed } = report;
  const { iroas, incrementalLow: low, incrementalHigh: high } = total;
  const incremental = format.money(total.incrementalRevenue);
  const spend = format.money(total.spend);
  const interval =
    low === null || high === null
      ? ""
      : ` ${t("reports.subInterval", { low: format.money(low), high: format.money(high) })}`;
  const ratio = (name: string, value: number | null) => (value === null ? "" : `${name} ${format.roas(value)}`);
  const { spend: spendLabel, attributed, incremental: incrementalLabel, baseline: share } = tileNames(words);
  return {
    headline:
      iroas === null
        ? t("reports.headNoSpend", { incremental: strong(incremental) })
        : t("reports.headOne", { one: format.money(1), iroas: strong(format.money(iroas, 2)) }),
    sub: iroas === null ? null : `${t("reports.sub", { incremental, spend })}${interval}`,
    tiles: [
      { id: "spend", label: spendLabel, value: spend, below: cpaOf(total, words) },
      {
        ...{ id: "attributed", label: attributed, value: format.money(total.attributedRevenue) },
        below: ratio(t("reports.column.roas"), total.roas),
      },
      {
        ...{ id: "incremental", label: incrementalLabel, value: incremental },
        below: ratio(t("reports.column.iroas"), total.iroas),
      },
      {
        ...{ id: "baseline", label: share, value: baseline.share === null ? "–" : format.percent(baseline.share) },
        below: format.money(baseline.revenue),
      },
    ],
    standsOn: t("reports.standsOn", {
      model: t(`models.${report.model}`),
      days: format.days(report.lookbackDays),
      basis: t(`reports.basis.${report.dateBasis}`),
      tax: t(`reports.tax.${report.taxBasis}`),
    }),
    status:
      closed === null
        ? t("reports.open")
        : t("reports.closedBy", {
            month: format.month(closed.month),
            by: closed.by,
            at: format.moment(new Date(closed.at), report.timeZone),
          }),
    isClosed: closed !== null,
  };
}

function tileNames({ t }: Words) {
  return {
    spend: t("reports.tile.spend"),
    attributed: t("reports.tile.attributed"),
    incremental: t("reports.tile.incremental"),
    baseline: t("reports.tile.baseline"),
  };
}

function cpaOf({ cpa }: RoiFigures, { t, format }: Words): string {
  return cpa === null ? "" : `${t("reports.column.cpa")} ${format.money(cpa, 2)}`;
}

/** One line of the table, as it is printed. */
export interface ReportLine {
  readonly id: string;
  readonly name: string;
  readonly channel: string | null;
  readonly spend: string;
  readonly spendChange: Change | null;
  readonly attributed: string;
  readonly roas: string;
  readonly incremental: string;
  readonly interval: string;
  readonly revenueChange: Change | null;
  readonly iroas: string;
  readonly payback: string;
  readonly budget: string;
}

export function nameOfRow({ name, campaign }: RoiRow, level: RoiReport["level"], { format }: Words): string {
  return campaign ?? (level === "month" ? format.month(name) : name);
}

const changeOf = (now: string, before: string | undefined, words: Words) =>
  describeChange(before === undefined ? null : relativeChange(Number(now), Number(before)), words);

function lineOf(
  name: string,
  channel: string | null,
  { now, before }: { now: RoiFigures; before: RoiFigures | null },
  words: Words,
): ReportLine {
  const { t, format } = words;
  const { incrementalLow: low, incrementalHigh: high } = now;
  return {
    ...{ id: `${channel ?? ""} ${name}`, name, channel, spend: format.amount(now.spend, 2) },
    spendChange: changeOf(now.spend, before?.spend, words),
    attributed: format.amount(now.attributedRevenue, 2),
    roas: now.roas === null ? "–" : format.roas(now.roas),
    incremental: format.amount(now.incrementalRevenue, 2),
    interval:
      low === null || high === null ? "" : t("reports.between", { low: format.amount(low), high: format.amount(high) }),
    revenueChange: changeOf(now.incrementalRevenue, before?.incrementalRevenue, words),
    iroas: now.iroas === null ? "–" : format.roas(now.iroas),
    payback: now.paybackDays === null ? "–" : format.count(now.paybackDays, now.paybackDays % 1 === 0 ? 0 : 1),
    budget: now.budget === null ? "–" : format.amount(now.budget, 2),
  };
}

export interface ReportTable {
  readonly lines: readonly ReportLine[];
  readonly total: ReportLine;
  readonly sentence: string;
}

export function prepareReportTable(report: RoiReport, words: Words, unit: string): ReportTable {
  const { t, format } = words;
  const lines = report.rows.map((row) =>
    lineOf(
      nameOfRow(row, report.level, words),
      row.campaign === null ? null : row.name,
      { now: row.figures, before: row.before },
      words,
    ),
  );
  const best = report.rows
    .filter(({ figures }) => figures.iroas !== null)
    .toSorted((a, b) => (b.figures.iroas ?? 0) - (a.figures.iroas ?? 0))[0];
  const sentence =
    best === undefined
      ? t("reports.rowsNone")
      : t("reports.rowsSentence", {
          name: nameOfRow(best, report.level, words),
          iroas: strong(format.money(best.figures.iroas ?? 0, 2)),
          unit,
        });
  const total = lineOf(t("words.total"), null, { now: report.total, before: report.totalBefore }, words);
  return { lines, total, sentence };
}

const COLUMNS = [
  "spend",
  "spendChange",
  "attributedConversions",
  "attributedRevenue",
  "roas",
  "cpa",
  "incrementalConversions",
  "incrementalRevenue",
  "incrementalLow",
  "incrementalHigh",
  "revenueChange",
  "iroas",
  "margin",
  "presentValue",
  "paybackDays",
  "budget",
  "committed",
  "invoiced",
] as const;

/** The table as it is taken out of the page. */
export function exportReport(report: RoiReport, words: Words): ChartTable {
  const { t } = words;
  const cells = (now: RoiFigures, before: RoiFigures | null): Cell[] => {
    const change = (to: string, from: string | undefined) =>
      percentCell(from === undefined ? null : relativeChange(Number(to), Number(from)), words);
    return [
      moneyCell(now.spend, words, 2),
      change(now.spend, before?.spend),
      countCell(now.attributedConversions, words, 1),
      moneyCell(now.attributedRevenue, words, 2),
      ratioCell(now.roas, words),
      moneyCell(now.cpa, words, 2),
      countCell(now.incrementalConversions, words, 1),
      ...[now.incrementalRevenue, now.incrementalLow, now.incrementalHigh].map((each) => moneyCell(each, words, 2)),
      change(now.incrementalRevenue, before?.incrementalRevenue),
      ratioCell(now.iroas, words),
      ...[now.margin, now.presentValue].map((each) => moneyCell(each, words, 2)),
      figureCell("number", now.paybackDays, (days) => words.format.count(days, 1)),
      ...[now.budget, now.committed, now.invoiced].map((each) => moneyCell(each, words, 2)),
    ];
  };
  const isByCampaign = report.level === "campaign";
  return {
    columns: [
      { label: t(`reports.column.name.${report.level}`), isNumeric: false },
      ...(isByCampaign ? [{ label: t("reports.column.channel"), isNumeric: false }] : []),
      ...COLUMNS.map((column) => ({ label: t(`reports.column.${column}`), isNumeric: true })),
    ],
    rows: report.rows.map((row) => {
      const name = nameOfRow(row, report.level, words);
      return {
        id: `${row.name} ${name}`,
        cells: [name, ...(isByCampaign ? [row.name] : []), ...cells(row.figures, row.before)],
      };
    }),
    total: [t("words.total"), ...(isByCampaign ? [""] : []), ...cells(report.total, report.totalBefore)],
  };
}

/** A line of the reconciliation, printed. */
export interface BalanceLine {
  readonly title: string;
  readonly parts: readonly { readonly label: string; readonly amount: string }[];
  readonly total: string;
  readonly booked: string;
  readonly difference: string;
  readonly isBalanced: boolean;
}

export interface Balance {
  readonly sentence: string;
  readonly isBalanced: boolean;
  readonly lines: readonly BalanceLine[];
}

export function prepareBalance({ reconciliation }: RoiReport, words: Words): Balance {
  const { t, format } = words;
  const isBalanced = reconciliation.every((line) => line.isBalanced);
  const nameOf = ({ code }: ReconciliationLine) => t(`reports.line.${code}`);
  const printed =
    ({ code }: ReconciliationLine) =>
    (amount: string) =>
      code === "conversions" ? format.count(amount, Number(amount) % 1 === 0 ? 0 : 4) : format.amount(amount, 2);
  const wordOf = (code: string) => findText(t, `reports.part.${code}`) ?? code;
  return {
    isBalanced,
    sentence: isBalanced
      ? t("reports.balanced")
      : t("reports.unbalanced", {
          lines: reconciliation
            .filter((line) => !line.isBalanced)
            .map(nameOf)
            .join(", "),
        }),
    lines: reconciliation.map((line) => ({
      title: nameOf(line),
      parts: line.parts.map(({ code, amount }) => ({ label: wordOf(code), amount: printed(line)(amount) })),
      ...{ total: printed(line)(line.total), booked: printed(line)(line.booked) },
      ...{ difference: printed(line)(line.difference), isBalanced: line.isBalanced },
    })),
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTHS = /^\d{4}-\d{2}(, \d{4}-\d{2})*$/;

/** What a reader has to know, in sentences; a note without words says its values. */
export function wordNotes({ notes }: RoiReport, words: Words): string[] {
  const { t, format } = words;
  const say = (name: string, value: string | number): string => {
    if (name === "flag") return findText(t, `reports.flag.${value}`) ?? String(value);
    if (name === "share" || name === "rate") return format.percent(Number(value));
    if (typeof value === "number") return format.count(value);
    if (DAY.test(value)) return format.date(value);
    return MONTHS.test(value) ? value.split(", ").map(format.month).join(", ") : value;
  };
  return notes.map(({ code, values }) => {
    const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, say(name, value)]));
    const text = findText(t, `reports.note.${code}`);
    if (text === null) return `${code}: ${Object.values(said).join(", ")}`;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => said[name] ?? "");
  });
}
