import type { Content } from "pdfmake/interfaces";
import type { RoiReport } from "../../../contract/index.ts";
import { headlineOf, isReconciled, statusOf } from "../facts.ts";
import type { Printer } from "../print.ts";
import { type FileWords, fill } from "../words/index.ts";
import { monthsChart } from "./charts.ts";
import { ACCENT, BALANCED, BROKEN, CONTENT_WIDTH, forFont, HAIRLINE, INK_SOFT } from "./theme.ts";

export interface Page {
  readonly report: RoiReport;
  readonly words: FileWords;
  readonly print: Printer;
}

export function heading(text: string): Content {
  return { text: forFont(text), style: "heading", headlineLevel: 1 };
}

export function caption(text: string): Content {
  return { text: forFont(text), style: "caption" };
}

/** More rows than this may be cut by the end of a page. */
const MOST_TOGETHER = 18;

/** What goes below a heading stays with it; a short table stays whole, or its total would stand alone on the next page. */
export function section(title: string, subtitle: string, rows: number, table: Content): Content {
  const below: Content[] = subtitle === "" ? [] : [{ ...(caption(subtitle) as object), headlineLevel: 2 } as Content];
  return { stack: [heading(title), ...below, table], unbreakable: rows <= MOST_TOGETHER };
}

export function rule(): Content {
  const line = { type: "line" as const, x1: 0, y1: 0, x2: CONTENT_WIDTH, y2: 0, lineWidth: 0.6, lineColor: HAIRLINE };
  return { canvas: [line], margin: [0, 10, 0, 10] };
}

/** Whether it adds up, said in words and never by colour alone. */
export function balanceLine({ report, words }: Page): Content {
  const isBalanced = isReconciled(report);
  const text = isBalanced ? words.head.balanced : words.head.unbalanced;
  return {
    columns: [
      { canvas: [{ type: "rect", x: 0, y: 2, w: 8, h: 8, color: isBalanced ? BALANCED : BROKEN }], width: 14 },
      { text: forFont(text), color: isBalanced ? BALANCED : BROKEN, bold: true },
    ],
    margin: [0, 4, 0, 10],
  };
}

function tile(name: string, figure: string, below: string): Content {
  return {
    stack: [
      { text: forFont(name), color: INK_SOFT, fontSize: 9 },
      { text: forFont(figure), fontSize: 15, bold: true, margin: [0, 2, 0, 2], noWrap: true },
      { text: forFont(below), color: INK_SOFT, fontSize: 9 },
    ],
  };
}

function tiles({ report, words, print }: Page): Content {
  const { total, baseline } = report;
  const { columns, facts } = words;
  const ratio = (name: string, value: number | null) => (value === null ? "" : `${name} ${print.ratio(value)}`);
  return {
    columnGap: 12,
    columns: [
      tile(
        columns.spend,
        print.money(total.spend),
        total.cpa === null ? "" : `${columns.cpa} ${print.money(total.cpa.toFixed(2))}`,
      ),
      tile(columns.attributedRevenue, print.money(total.attributedRevenue), ratio(columns.roas, total.roas)),
      tile(columns.incrementalRevenue, print.money(total.incrementalRevenue), ratio(columns.iroas, total.iroas)),
      tile(
        facts.baseline,
        baseline.share === null ? "–" : print.percent(baseline.share),
        print.money(baseline.revenue),
      ),
    ],
    margin: [0, 6, 0, 4],
  };
}

export function coverPage(page: Page): Content[] {
  const { report, words, print } = page;
  const [first = "", second] = headlineOf(report, words, print);
  const chart = monthsChart(report, words, print);
  const standsOn = [
    words.models[report.model][0],
    fill(words.facts.windowDays, { days: report.lookbackDays }),
    words.basis[report.dateBasis],
    `${report.currency} ${words.tax[report.taxBasis]}`,
  ].filter((text) => text !== "");
  return [
    { text: words.product, color: ACCENT, bold: true, fontSize: 11 },
    { text: forFont(words.title), fontSize: 28, bold: true, margin: [0, 18, 0, 0] },
    { text: forFont(report.workspace), fontSize: 15, margin: [0, 4, 0, 0] },
    { text: forFont(print.range(report.range)), fontSize: 13, color: INK_SOFT, margin: [0, 2, 0, 0] },
    rule(),
    { text: forFont(first), fontSize: 17, bold: true, lineHeight: 1.15 },
    ...(second === undefined
      ? []
      : [{ text: forFont(second), fontSize: 11, margin: [0, 6, 0, 4] as [number, number, number, number] }]),
    balanceLine(page),
    tiles(page),
    rule(),
    ...(chart === null
      ? []
      : [
          { text: forFont(words.charts.months), bold: true, fontSize: 11 },
          caption(fill(words.charts.monthsCaption, { currency: report.currency })),
          { svg: chart, margin: [0, 6, 0, 6] as [number, number, number, number] },
          rule(),
        ]),
    { text: forFont(statusOf(report, words, print)), bold: report.closed !== null },
    caption(
      `${fill(words.head.written, { at: print.moment(report.writtenAt, report.timeZone) })} · ${standsOn.join(" · ")}`,
    ),
  ];
}
