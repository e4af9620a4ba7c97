import { defuseText } from "@touchline/server/contract";
import type { Language } from "../../i18n/language.ts";
import type { Cell, TableModel } from "../table-model.ts";
import { plainNumber, timesHundred } from "./plain-number.ts";

export interface CsvDialect {
  readonly separator: "," | ";";
  readonly decimal: "." | ",";
  /** "12.5%" reads as a share in a spreadsheet, 0.125 everywhere else. */
  readonly hasPercentSigns: boolean;
  readonly hasTotals: boolean;
  /** Without it spreadsheets take the file for one of an old code page. */
  readonly hasMark: boolean;
}

/** For programs: the same in every language. */
export const MACHINE_CSV: CsvDialect = {
  ...{ separator: ",", decimal: ".", hasPercentSigns: false, hasTotals: false, hasMark: false },
};

/** What a double click opens rightly in a spreadsheet of this language. */
export function spreadsheetCsv(language: Language): CsvDialect {
  const marks = language === "fr" ? ({ separator: ";", decimal: "," } as const) : MACHINE_CSV;
  return { ...marks, hasPercentSigns: true, hasTotals: true, hasMark: true };
}

const MARK = "\ufeff";
const MISSING = "–";

function quote(text: string): string {
  return /[",;\t\r\n|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function fieldOf(cell: Cell, dialect: CsvDialect): string {
  if (typeof cell === "string") return cell === MISSING ? "" : quote(defuseText(cell));
  const { value, unit } = cell;
  if (value === null) return "";
  if (unit === "date") return quote(defuseText(String(value)));
  const number = plainNumber(value);
  if (number === null) return quote(defuseText(String(value)));
  const isPercent = unit === "percent" && dialect.hasPercentSigns;
  const printed = (isPercent ? timesHundred(number) : number).replace(".", dialect.decimal);
  // Without quotes: no separator is a decimal sign of its own dialect.
  return isPercent ? `${printed}%` : printed;
}

/** The head of each column; money says its currency, because the figures below it cannot. */
export function headsOf(table: TableModel, currency: string): string[] {
  return table.columns.map(({ label }, column) => {
    const isMoney = table.rows.some(({ cells }) => {
      const cell = cells[column];
      return typeof cell === "object" && cell.unit === "money";
    });
    return isMoney && currency !== "" ? `${label} (${currency})` : label;
  });
}

/**
 * Law: a reader of the dialect finds every figure with all its digits and every text, those that begin like a formula with an
 * apostrophe before them.
 */
export function writeCsv(table: TableModel, dialect: CsvDialect, currency: string): string {
  const rows: (readonly Cell[])[] = [headsOf(table, currency), ...table.rows.map(({ cells }) => cells)];
  if (dialect.hasTotals && table.total !== undefined) rows.push(table.total);
  const lines = rows.map((cells) => cells.map((cell) => fieldOf(cell, dialect)).join(dialect.separator));
  return `${dialect.hasMark ? MARK : ""}${lines.join("\r\n")}\r\n`;
}
