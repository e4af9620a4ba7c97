import type { Content, ContentTable, TableCell } from "pdfmake/interfaces";
import { definitionLines, type FactLine, factsOf, noteTexts } from "../facts.ts";
import { adjustmentsTable, currenciesTable, type ReconciledLine, reconciledLines } from "../tables.ts";
import { balanceLine, caption, heading, type Page, section } from "./cover.ts";
import { breakable, drawTable, linesOf } from "./table.ts";
import { BALANCED, BROKEN, forFont, HAIRLINE, INK_SOFT } from "./theme.ts";
import { topAdjustments } from "./top-rows.ts";

function amountOf(line: ReconciledLine, amount: string, { print }: Page): string {
  if (line.unit === "money") return print.amount(amount);
  const amounts = [...line.parts.map((part) => part.amount), line.total, line.booked];
  return print.count(amount, amounts.every((each) => Number.isInteger(Number(each))) ? 0 : 4);
}

function lineTable(line: ReconciledLine, page: Page): Content {
  const { words } = page;
  const state = line.isBalanced ? words.reconciled.adds : words.reconciled.off;
  const row = (label: string, amount: string, isBold = false, result = ""): TableCell[] => [
    { text: forFont(label), bold: isBold },
    { text: forFont(amountOf(line, amount, page)), alignment: "right", bold: isBold, noWrap: true },
    { text: forFont(result), bold: true, color: line.isBalanced ? BALANCED : BROKEN, alignment: "right" },
  ];
  const made: ContentTable = {
    table: {
      ...{ headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 2, widths: ["*", 120, 120] },
      body: [
        [{ text: forFont(line.title), bold: true, colSpan: 3, color: INK_SOFT }, {}, {}],
        ...line.parts.map(({ label, amount }) => row(label, amount)),
        row(words.reconciled.total, line.total, true),
        row(words.reconciled.booked, line.booked),
        row(words.reconciled.difference, line.difference, true, state),
      ],
    },
    layout: linesOf(1),
    fontSize: 9,
    margin: [0, 4, 0, 12],
  };
  return { stack: [made], unbreakable: true };
}

export function reconciliationPage(page: Page): Content[] {
  const { report, words, print } = page;
  const { parts } = words;
  const adjustments = topAdjustments(page);
  const why = [words.adjustmentsWhy, adjustments.said].filter((text) => text !== "").join(" ");
  return [
    heading(parts.reconciliation),
    balanceLine(page),
    ...reconciledLines(report, words).map((line) => lineTable(line, page)),
    ...(report.currencies.length === 0
      ? []
      : [
          section(
            parts.currencies,
            "",
            report.currencies.length,
            drawTable(currenciesTable(report, words), print, { names: 2, size: 9 }),
          ),
        ]),
    ...(report.adjustments.length === 0
      ? [heading(parts.adjustments), caption(words.noAdjustments)]
      : [
          section(
            ...([parts.adjustments, why, adjustments.items.length] as const),
            drawTable(adjustmentsTable(adjustments.items, words), print, { names: 4, size: 9 }),
          ),
        ]),
  ];
}

function pairs(lines: readonly FactLine[]): Content {
  return {
    table: {
      ...{ widths: [150, "*"], dontBreakRows: true },
      body: lines.map(([label, text]): TableCell[] => [
        { text: forFont(label), bold: true },
        { text: forFont(breakable(text)) },
      ]),
    },
    layout: {
      ...linesOf(-1),
      hLineWidth: (row) => (row === 0 ? 0 : 0.4),
      hLineColor: () => HAIRLINE,
      paddingRight: () => 6,
    },
    fontSize: 8.5,
    margin: [0, 4, 0, 14],
  };
}

export function methodPage(page: Page): Content[] {
  const { report, words, print } = page;
  const notes = noteTexts(report, words, print);
  const models = [...new Set([report.model, "incremental" as const])];
  return [
    { ...(heading(words.parts.method) as object), pageBreak: "before" } as Content,
    ...(notes.length === 0
      ? []
      : [
          { text: forFont(words.parts.attention), style: "small" },
          { ul: notes.map(forFont), margin: [0, 2, 0, 12] as [number, number, number, number] },
        ]),
    { text: forFont(words.parts.standsOn), style: "small" },
    pairs(factsOf(report, words, print)),
    { text: forFont(words.parts.definitions), style: "small" },
    pairs([...models.map((model): FactLine => words.models[model]), ...definitionLines(words)]),
  ];
}
