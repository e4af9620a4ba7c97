import { defuseText, type ReportLocale, type RoiReport } from "../../contract/index.ts";
import { definitionLines, factsOf, headlineOf, isReconciled, noteTexts } from "./facts.ts";
import { createPrinter, plainDecimal } from "./print.ts";
import {
  adjustmentsTable,
  currenciesTable,
  type FileCell,
  type FileTable,
  figuresTable,
  monthsTable,
  reconciledLines,
  type Unit,
} from "./tables.ts";
import { wordsIn } from "./words/index.ts";

/** What a spreadsheet of that country opens rightly with a double click. */
const DIALECTS: Readonly<Record<ReportLocale, { separator: string; decimal: string }>> = {
  en: { separator: ",", decimal: "." },
  fr: { separator: ";", decimal: "," },
};
/** Without it spreadsheets take the file for one of an old code page. */
const MARK = "\ufeff";
const LINE_END = "\r\n";
const PLACES: Readonly<Record<Unit, number>> = {
  ...{ text: 0, month: 0, money: 2, count: 4, ratio: 4, percent: 2, days: 1 },
};

function quote(text: string): string {
  return /[",;\t\r\n|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const words = (text: string): string => quote(defuseText(text));

/** Numbers of the file's own are written plain: no separator of a dialect is its decimal mark. */
function field({ unit, value }: FileCell, decimal: string): string {
  if (value === null) return "";
  if (unit === "text" || unit === "month") return words(String(value));
  const number = plainDecimal(unit === "percent" ? Number(value) * 100 : value, PLACES[unit]);
  const short = unit === "money" ? number : number.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return `${short.replace(".", decimal)}${unit === "percent" ? "%" : ""}`;
}

/**
 * The report as one file of comma or semicolon separated values, RFC 4180: what it stands on first, then the rows with their total, the
 * reconciliation and the adjustments, each under its name and after an empty line.
 */
export function writeCsv(report: RoiReport, locale: ReportLocale): Uint8Array {
  const text = wordsIn(locale);
  const { separator, decimal } = DIALECTS[locale];
  const print = createPrinter(locale, report.currency);
  const line = (...fields: string[]) => `${fields.join(separator)}${LINE_END}`;
  const pair = ([label, value]: readonly [string, string]) => line(words(label), words(value));
  const table = ({ columns, rows, total }: FileTable): string => {
    const heads = columns.map(({ label, unit }) => words(unit === "money" ? `${label} (${report.currency})` : label));
    const lines = total === null ? rows : [...rows, total];
    return [heads, ...lines.map((cells) => cells.map((cell) => field(cell, decimal)))]
      .map((fields) => line(...fields))
      .join("");
  };
  const reconciled = reconciledLines(report, text).flatMap((each) => {
    const amount = (value: string) => field({ unit: each.unit, value }, decimal);
    const row = (label: string, value: string, state = "") =>
      line(words(each.title), words(label), amount(value), words(state));
    return [
      ...each.parts.map(({ label, amount: value }) => row(label, value)),
      row(text.reconciled.total, each.total),
      row(text.reconciled.booked, each.booked),
      row(text.reconciled.difference, each.difference, each.isBalanced ? text.reconciled.adds : text.reconciled.off),
    ];
  });
  const { columns, parts, reconciled: states } = text;
  const reconciliationHead = [columns.line, columns.item, `${columns.amount} (${report.currency})`, columns.result];
  const sections: readonly (readonly [title: string, body: string])[] = [
    [parts.figures, table(figuresTable(report, text))],
    [
      `${parts.reconciliation} – ${isReconciled(report) ? states.adds : states.off}`,
      line(...reconciliationHead.map(words)) + reconciled.join(""),
    ],
    [
      parts.adjustments,
      report.adjustments.length === 0
        ? line(words(text.noAdjustments))
        : table(adjustmentsTable(report.adjustments, text)),
    ],
    [parts.months, table(monthsTable(report, text))],
    ...(report.currencies.length === 0 ? [] : [[parts.currencies, table(currenciesTable(report, text))] as const]),
    [
      parts.attention,
      noteTexts(report, text, print)
        .map((note) => line(words(note)))
        .join(""),
    ],
    [parts.definitions, definitionLines(text).map(pair).join("")],
  ];
  const head = [line(words(`${text.product} – ${text.title}`)), ...factsOf(report, text, print).map(pair)];
  const headline = headlineOf(report, text, print).map((sentence) => line(words(sentence)));
  const body = sections
    .filter(([, content]) => content !== "")
    .map(([title, content]) => `${LINE_END}${line(words(title))}${content}`);
  return new TextEncoder().encode(`${MARK}${[...head, ...headline, ...body].join("")}`);
}
