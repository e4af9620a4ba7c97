import type { Blob } from "node:buffer";
import type Stream from "node:stream";
import type { CellObject, Row, Sheet } from "write-excel-file/node";
import type { RoiReport } from "../../../contract/index.ts";
import { definitionLines, factsOf, headlineOf, noteTexts } from "../facts.ts";
import type { Printer } from "../print.ts";
import {
  adjustmentsTable,
  currenciesTable,
  type FileCell,
  type FileTable,
  figuresTable,
  monthsTable,
  reconciledLines,
} from "../tables.ts";
import type { FileWords } from "../words/index.ts";
import { addsUp, cellOf, columnName, type Formulas, formatOf, textCell, widthsOf, wrappedHeight } from "./cells.ts";

type FileSheet = Sheet<Stream | Buffer | Blob>;

interface SheetFrame {
  readonly report: RoiReport;
  readonly words: FileWords;
  readonly print: Printer;
  readonly formulas: Formulas;
}

const BOLD = { fontWeight: "bold" } as const;
const NOTE_WIDTH = 96;
const [GOOD, BAD] = ["#0B6E4F", "#B42318"];

const nothing = (cell: FileCell) => cell.value === null || cell.value === "";

/** The total of a column: a formula wherever it really is what the formula says, else the figure itself. */
function totalCell(
  table: FileTable,
  column: number,
  place: { sheet: number; row: number },
  frame: SheetFrame,
): CellObject | null {
  const { columns, rows, total } = table;
  const cell = total![column]!;
  const { report, formulas } = frame;
  const plain = cellOf(cell, report.currency);
  const style = { ...BOLD, topBorderStyle: "thin" } as const;
  if (plain === null) return { ...style, type: String, value: "" };
  const spec = columns[column]!.totalBy;
  const address = `${columnName(column)}${place.row + 1}`;
  const styled = { ...style, format: formatOf(cell.unit, report.currency) };
  if (spec === "sum" && rows.length > 0) {
    const amounts = rows.map((cells) => cells[column]!.value);
    const name = columnName(column);
    const formula = `SUM(${name}2:${name}${rows.length + 1})`;
    if (addsUp(amounts, cell.value)) return formulas.cell(place.sheet, address, formula, String(cell.value), styled);
  }
  if (Array.isArray(spec)) {
    const [over, under] = spec.map((key: string) => columns.findIndex((each) => each.key === key));
    const [a, b] = [Number(total![over!]?.value), Number(total![under!]?.value)];
    const value = Number(cell.value);
    const formula = `${columnName(over!)}${place.row + 1}/${columnName(under!)}${place.row + 1}`;
    if (b !== 0 && Math.abs(a / b - value) <= 1e-9 * Math.max(1, Math.abs(value)))
      return formulas.cell(place.sheet, address, formula, value, styled);
  }
  return { ...plain, ...style };
}

function tableSheet(name: string, table: FileTable, sheet: number, frame: SheetFrame, columnsStay = 1): FileSheet {
  const { currency } = frame.report;
  const { columns, rows, total } = table;
  const labels = columns.map(({ label, unit }) =>
    unit === "money" && currency !== "" ? `${label} (${currency})` : label,
  );
  const head = columns.map(
    ({ unit }, at): CellObject => ({
      ...{ ...textCell(labels[at]!), ...BOLD, wrap: true, alignVertical: "bottom", bottomBorderStyle: "thin" },
      align: unit === "text" || unit === "month" ? "left" : "right",
    }),
  );
  const body: Row[] = rows.map((cells) => cells.map((cell) => cellOf(cell, currency)));
  const place = { sheet, row: rows.length + 1 };
  const foot: Row[] = total === null ? [] : [columns.map((_, column) => totalCell(table, column, place, frame))];
  const widths = widthsOf([head, ...body, ...foot]);
  const height = wrappedHeight(labels, widths);
  const data: Row[] = [head.map((cell) => ({ ...cell, height })), ...body, ...foot];
  return { sheet: name, data, stickyRowsCount: 1, stickyColumnsCount: columnsStay, columns: widths };
}

/** Parts, their total, what is booked and the difference, with formulas that can be followed. */
function reconciliationSheet(sheet: number, { report, words, formulas }: SheetFrame): FileSheet {
  const { columns, reconciled } = words;
  const labels = [columns.line, columns.item, `${columns.amount} (${report.currency})`, columns.result];
  const data: Row[] = [
    labels.map((label, at) => ({
      ...{
        ...textCell(label),
        ...BOLD,
        bottomBorderStyle: "thin",
        align: at === 2 ? "right" : "left",
        indent: at === 3 ? 1 : 0,
      },
    })),
  ];
  for (const line of reconciledLines(report, words)) {
    const first = data.length + 1;
    const format = formatOf(line.unit, report.currency);
    const add = (label: string, amount: CellObject | null, state: CellObject | null = null, isBold = false) =>
      data.push([textCell(line.title), isBold ? { ...textCell(label), ...BOLD } : textCell(label), amount, state]);
    for (const part of line.parts) add(part.label, { type: Number, value: Number(part.amount), format });
    const row = data.length + 1;
    const isSum =
      line.parts.length > 0 &&
      addsUp(
        line.parts.map(({ amount }) => amount),
        line.total,
      );
    const style = { format, ...BOLD } as const;
    const total = isSum
      ? formulas.cell(sheet, `C${row}`, `SUM(C${first}:C${row - 1})`, line.total, { ...style, topBorderStyle: "thin" })
      : { ...style, type: Number, value: Number(line.total) };
    add(reconciled.total, total, null, true);
    add(reconciled.booked, { type: Number, value: Number(line.booked), format });
    const isLeft = addsUp([line.booked, line.difference], line.total);
    const difference = isLeft
      ? formulas.cell(sheet, `C${row + 2}`, `ROUND(C${row}-C${row + 1},4)`, line.difference, style)
      : { ...style, type: Number, value: Number(line.difference) };
    const state = textCell(line.isBalanced ? reconciled.adds : reconciled.off);
    add(
      reconciled.difference,
      difference,
      { ...state, ...BOLD, align: "left", indent: 1, textColor: line.isBalanced ? GOOD : BAD },
      true,
    );
    data.push([null]);
  }
  return {
    sheet: words.parts.reconciliation,
    data,
    stickyRowsCount: 1,
    stickyColumnsCount: 2,
    columns: widthsOf(data),
  };
}

function notesSheet({ report, words, print }: SheetFrame): FileSheet {
  // Narrower than the column is: where its font is missing, letters are wider.
  const wrapped = (text: string): CellObject => ({
    ...{ ...textCell(text), alignVertical: "top", wrap: true },
    height: wrappedHeight([text], [{ width: 0.85 * NOTE_WIDTH }]),
  });
  const pair = ([label, text]: readonly [string, string]): Row => [
    { ...textCell(label), ...BOLD, alignVertical: "top" },
    wrapped(text),
  ];
  const alone = (text: string): Row => [null, wrapped(text)];
  const title = (text: string): Row => [{ ...textCell(text), ...BOLD, fontSize: 13 }];
  const notes = noteTexts(report, words, print);
  const [name, what] = words.models[report.model];
  const currencies = currenciesTable(report, words);
  const data: Row[] = [
    title(`${words.product} – ${words.title}`),
    ...headlineOf(report, words, print).map(alone),
    [null],
    ...factsOf(report, words, print).map(pair),
    pair([name, what]),
    ...(notes.length === 0 ? [] : [[null], title(words.parts.attention), ...notes.map(alone)]),
    [null],
    title(words.parts.definitions),
    ...definitionLines(words).map(pair),
    ...(currencies.rows.length === 0
      ? []
      : [
          [null],
          title(words.parts.currencies),
          currencies.columns.map(({ label }): CellObject => ({ ...textCell(label), ...BOLD })),
          ...currencies.rows.map((cells): Row => cells.map((cell) => cellOf(cell, report.currency))),
        ]),
  ];
  return {
    sheet: words.parts.notes,
    data,
    columns: [{ width: 34 }, { width: NOTE_WIDTH }, { width: 16 }, { width: 18 }],
  };
}

/** An empty sheet says why it is empty. */
function adjustmentsSheet(sheet: number, frame: SheetFrame): FileSheet {
  const { report, words } = frame;
  const table = adjustmentsTable(report.adjustments, words);
  const made = tableSheet(words.parts.adjustments, table, sheet, frame);
  return table.rows.some((cells) => !cells.every(nothing))
    ? made
    : { ...made, data: [...made.data, [textCell(words.noAdjustments)]] };
}

/** The sheets of a report. Formulas are numbered by the order here. */
export function sheetsOf(frame: SheetFrame): FileSheet[] {
  const { report, words } = frame;
  return [
    tableSheet(words.parts.report, figuresTable(report, words), 0, frame, report.level === "campaign" ? 2 : 1),
    reconciliationSheet(1, frame),
    adjustmentsSheet(2, frame),
    tableSheet(words.parts.months, monthsTable(report, words), 3, frame),
    notesSheet(frame),
  ];
}
