import type { CellObject, Row } from "write-excel-file/node";
import { unitsOf } from "../../../exact.ts";
import { symbolOf } from "../print.ts";
import type { FileCell, Unit } from "../tables.ts";

/** Of a cell, in characters: beyond it the format itself ends. */
const LONGEST_TEXT = 32_767;
const [NARROWEST, WIDEST] = [9, 48];
const LINE_POINTS = 15.75;

/** Text is always written as text: nothing that comes from the data can become a formula. */
export function textCell(text: string): CellObject {
  return { type: String, value: text.slice(0, LONGEST_TEXT) };
}

/** How spreadsheets print a unit. The sign of the currency is text inside the format, so a file opens alike in every country. */
export function formatOf(unit: Unit, currency: string): string {
  switch (unit) {
    case "money":
      return currency === "" ? "#,##0.00" : `#,##0.00\\ "${symbolOf(currency).replaceAll('"', "")}"`;
    case "count":
      return "#,##0.##";
    case "percent":
      return "0.0%";
    case "ratio":
      return "0.00";
    case "days":
      return "0.0";
    case "month":
      return "yyyy-mm";
    default:
      return "General";
  }
}

/** A figure as a number, a month as its first day, text as text. */
export function cellOf({ unit, value }: FileCell, currency: string): CellObject | null {
  if (value === null || value === "") return null;
  const format = formatOf(unit, currency);
  if (unit === "text") return textCell(String(value));
  if (unit === "month") return { type: Date, value: new Date(`${value}-01T00:00:00Z`), format, align: "left" };
  return { type: Number, value: Number(value), format };
}

/** The name of a column as formulas write it: A, B … Z, AA. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest === 0 ? "" : columnName(rest - 1)}${String.fromCharCode(65 + (index % 26))}`;
}

export function widthsOf(rows: readonly Row[]): { width: number }[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) => {
    const longest = Math.max(0, ...rows.map((row) => lengthOf(row[column])));
    return { width: Math.min(WIDEST, Math.max(NARROWEST, longest + 2)) };
  });
}

/** Of figures that are short whatever they are of. */
const NARROW_FORMATS: ReadonlySet<string> = new Set(["0.00", "0.0", "0.0%"]);

/** Points that a row of texts needs which break between their words: not every program finds that out by itself. */
export function wrappedHeight(texts: readonly string[], widths: readonly { readonly width: number }[]): number {
  const lines = texts.map((text, column) => {
    const width = (widths[column]?.width ?? WIDEST) - 1;
    let [count, used] = [1, 0];
    for (const { length } of text.split(/\s/)) {
      const isBroken = used > 0 && used + 1 + length > width;
      count += isBroken ? 1 : 0;
      used = isBroken || used === 0 ? length : used + 1 + length;
    }
    return count;
  });
  return LINE_POINTS * Math.max(1, ...lines);
}

/** About as many letters as a cell shows; a long head breaks instead. */
function lengthOf(cell: Row[number]): number {
  if (cell === null || cell === undefined || typeof cell !== "object" || cell instanceof Date || !("value" in cell))
    return 0;
  const { value, wrap, type, format } = cell as CellObject;
  if (type === "Formula" || typeof value === "number") return NARROW_FORMATS.has(format ?? "") ? 7 : 14;
  if (value instanceof Date) return 10;
  const text = String(value ?? "");
  return wrap === true ? Math.max(...text.split(/\s/).map((word) => word.length)) : text.length;
}

/** What formulas come to, by sheet and cell: they are written beside them, for whoever reads a file without computing it. */
export class Formulas {
  readonly #values = new Map<string, string>();

  /** @param value as the cell shows it before anything is computed anew */
  cell(sheet: number, address: string, formula: string, value: string | number, style: CellObject): CellObject {
    this.#values.set(`${sheet}!${address}`, String(value));
    return { ...style, type: "Formula", value: formula };
  }

  /** Adds the values to what the writer made of a sheet: it has none for formulas by itself. */
  writeValues(xml: string, sheet: number): string {
    return xml.replace(
      /(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*<\/f>)(?=<\/c>)/g,
      (cell: string, _: string, address: string) => {
        const value = this.#values.get(`${sheet}!${address}`);
        if (value === undefined) throw new Error(`the formula in ${address} of sheet ${sheet} has no value`);
        return `${cell}<v>${value}</v>`;
      },
    );
  }
}

/** True where amounts add up to a total exactly: only then may a formula stand for it. */
export function addsUp(amounts: readonly (string | number | null)[], total: string | number | null): boolean {
  if (total === null || amounts.some((amount) => typeof amount === "number")) return false;
  const sum = amounts.reduce((units, amount) => units + (amount === null ? 0n : unitsOf(String(amount))), 0n);
  return sum === unitsOf(String(total));
}
