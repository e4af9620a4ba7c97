import type { Content, ContentTable, CustomTableLayout, TableCell } from "pdfmake/interfaces";
import type { Printer } from "../print.ts";
import type { FileCell, FileTable } from "../tables.ts";
import { CONTENT_WIDTH, forFont, HAIRLINE, INK_SOFT } from "./theme.ts";

/** Hairlines between rows, a stronger one below the heads and above the total. */
export function linesOf(totals: number): CustomTableLayout {
  return {
    hLineWidth: (row, node) => (row === 0 ? 0 : row === 1 || row === node.table.body.length - totals ? 0.8 : 0.4),
    vLineWidth: () => 0,
    hLineColor: (row, node) => (row === 1 || row === node.table.body.length - totals ? INK_SOFT : HAIRLINE),
    paddingLeft: (column) => (column === 0 ? 0 : 5),
    paddingRight: (column, node) => (column === (node.table.widths?.length ?? 0) - 1 ? 0 : 3),
    paddingTop: () => 3.2,
    paddingBottom: () => 3.2,
  };
}

export function printCell({ unit, value }: FileCell, print: Printer): string {
  if (value === null || value === "") return unit === "text" ? "" : "–";
  switch (unit) {
    case "money":
      return print.amount(String(value));
    case "count":
      return print.count(value, Number(value) % 1 === 0 ? 0 : 1);
    case "ratio":
      return print.ratio(Number(value));
    case "percent":
      return print.percent(Number(value), true);
    case "days":
      return print.count(value, Number(value) % 1 === 0 ? 0 : 1);
    case "month":
      return print.month(String(value));
    default:
      return String(value);
  }
}

/** Letters that a line of a name may have before it is broken by hand: a name without blanks would run over its neighbours. */
const LONGEST_RUN = 24;
const BREAK = "\u200b";

/** Offers places to break at after the signs that names of campaigns are joined by, and inside what has none. */
export function breakable(text: string): string {
  return text
    .replace(/([_\-./|:;,=)\]])(?=\S)/g, `$1${BREAK}`)
    .split(/(\s|\u200b)/)
    .map((run) => (run.length <= LONGEST_RUN ? run : (run.match(/.{1,16}/gsu) ?? [run]).join(BREAK)))
    .join("");
}

/** Widths of letters at this size, about: digits and marks of figures, and the heads above them. */
const LETTER = { figure: 0.56, head: 0.58 } as const;
const NARROWEST = 30;

/** What the figures of a column need; a head may break between its words. */
function figureWidth(label: string, texts: readonly string[], size: number): number {
  const longest = Math.max(...texts.map((text) => text.length), 0) * LETTER.figure;
  const word = Math.max(...label.split(/\s/).map((each) => each.length)) * LETTER.head;
  return Math.max(NARROWEST, Math.ceil(Math.max(longest, word) * size) + 2);
}

/** A name, and what it belongs to below it. */
function nameText(text: string): { text: string } | { text: { text: string; color?: string }[] } {
  const [name = "", below] = text.split("\n");
  if (below === undefined) return { text: forFont(breakable(name)) };
  return { text: [{ text: `${forFont(breakable(name))}\n` }, { text: forFont(breakable(below)), color: INK_SOFT }] };
}

/** A table with its head on every page. Figures take what they need and names the rest. */
export function drawTable(
  table: FileTable,
  print: Printer,
  { names = 1, size = 8 }: { readonly names?: number; readonly size?: number } = {},
): Content {
  const { columns, rows, total } = table;
  const isFigure = (index: number) => index >= names;
  const lines = [...rows, ...(total === null ? [] : [total])];
  const printed = lines.map((cells) => cells.map((cell) => printCell(cell, print)));
  const head = columns.map(
    ({ label }, index): TableCell => ({
      text: forFont(label),
      ...{ bold: true, color: INK_SOFT, alignment: isFigure(index) ? "right" : "left" },
    }),
  );
  const body = printed.map((texts, row): TableCell[] => {
    const bold = total !== null && row === rows.length;
    return texts.map((text, index) =>
      isFigure(index)
        ? { text: forFont(text), alignment: "right" as const, noWrap: true, bold }
        : { ...nameText(text), bold },
    );
  });
  const figures = columns.map(({ label }, index) =>
    isFigure(index)
      ? figureWidth(
          label,
          printed.map((texts) => texts[index]!),
          size,
        )
      : 0,
  );
  const padding = (columns.length - 1) * 8;
  const spare = CONTENT_WIDTH - padding - figures.reduce((sum, width) => sum + width, 0);
  // Short names leave room: figures further apart are easier to follow along a line.
  const room = Math.max(80, Math.min(spare, CONTENT_WIDTH * (names === 1 ? 0.42 : 0.62)) / names);
  const apart = Math.max(0, (spare - room * names) / Math.max(1, columns.length - names));
  const made: ContentTable = {
    table: {
      ...{ headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 1 },
      widths: figures.map((width, index) => (isFigure(index) ? width + apart : room)),
      body: [head, ...body],
    },
    layout: linesOf(total === null ? -1 : 1),
    fontSize: size,
    margin: [0, 4, 0, 12],
  };
  return made;
}
