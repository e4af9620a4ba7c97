import type { CellObject, Row, Sheet } from "write-excel-file/browser";
import type { Cell, CellUnit, TableModel } from "../table-model.ts";
import { headsOf } from "./csv.ts";
import type { NoteLine } from "./notes.ts";
import { plainNumber } from "./plain-number.ts";

type FileSheet = Sheet<FileContent>;
type FileContent = File | Blob | ArrayBuffer;

const [NARROWEST, WIDEST] = [8, 60];
/** Of a cell, in characters: beyond it the format itself ends. */
const LONGEST_TEXT = 32_767;
const DAY = "yyyy-mm-dd";

/** How spreadsheets print a unit. The sign of the currency is text inside the format, so a file opens alike in every country. */
function formatOf(unit: CellUnit, number: string, currencySymbol: string): string {
  switch (unit) {
    case "money":
      return `#,##0.00\\ "${currencySymbol.replaceAll('"', "")}"`;
    case "count":
      return number.includes(".") ? "#,##0.0" : "#,##0";
    case "percent":
      return "0.0%";
    case "ratio":
      return "0.00";
    case "date":
      return DAY;
    default:
      return "General";
  }
}

/** Text is always written as text: nothing that comes from the data can become a formula. */
function textCell(text: string): CellObject {
  return { type: String, value: text.slice(0, LONGEST_TEXT) };
}

function cellOf(cell: Cell, currencySymbol: string): CellObject | null {
  if (typeof cell === "string") return cell === "" || cell === "–" ? null : textCell(cell);
  const { value, unit } = cell;
  if (value === null) return null;
  if (unit === "date") {
    const day = new Date(`${value}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? textCell(String(value)) : { type: Date, value: day, format: DAY };
  }
  const number = plainNumber(value);
  if (number === null) return textCell(String(value));
  return { type: Number, value: Number(number), format: formatOf(unit, number, currencySymbol) };
}

function widthsOf(rows: readonly (readonly string[])[]): { width: number }[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) => {
    const longest = Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
    return { width: Math.min(WIDEST, Math.max(NARROWEST, longest + 2)) };
  });
}

const printed = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);

function figuresSheet(table: TableModel, name: string, currency: { code: string; symbol: string }): FileSheet {
  const heads = headsOf(table, currency.code);
  const head: Row = heads.map((label, column) => ({
    ...textCell(label),
    fontWeight: "bold",
    wrap: true,
    align: table.columns[column]?.isNumeric ? "right" : "left",
    bottomBorderStyle: "thin",
  }));
  const body: Row[] = table.rows.map(({ cells }) => cells.map((cell) => cellOf(cell, currency.symbol)));
  const total = table.total?.map((cell): CellObject | null => {
    const made = cellOf(cell, currency.symbol);
    return made === null ? null : { ...made, fontWeight: "bold", topBorderStyle: "thin" };
  });
  return {
    sheet: name,
    data: [head, ...body, ...(total === undefined ? [] : [total])],
    stickyRowsCount: 1,
    columns: widthsOf([heads, ...table.rows.map(({ cells }) => cells.map(printed))]),
  };
}

function notesSheet(notes: readonly NoteLine[], name: string): FileSheet {
  return {
    sheet: name,
    data: notes.map(
      ([label, text]): Row => [
        { ...textCell(label), fontWeight: "bold", alignVertical: "top" },
        { ...textCell(text), wrap: true, alignVertical: "top" },
      ],
    ),
    columns: [{ width: 26 }, { width: 100 }],
  };
}

/** The sheets of a file, for whatever writes it. */
export function sheetsOf(
  table: TableModel,
  notes: readonly NoteLine[],
  names: { readonly figures: string; readonly notes: string },
  currency: { readonly code: string; readonly symbol: string },
): FileSheet[] {
  return [figuresSheet(table, names.figures, currency), notesSheet(notes, names.notes)];
}

/** The writer is a chunk of its own: it is fetched when somebody wants such a file. */
export async function writeXlsx(sheets: FileSheet[]): Promise<Blob> {
  const { default: write } = await import("write-excel-file/browser");
  return write(sheets).toBlob();
}
