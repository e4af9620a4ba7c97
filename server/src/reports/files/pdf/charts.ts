import type { RoiReport } from "../../../contract/index.ts";
import type { Printer } from "../print.ts";
import type { FileWords } from "../words/index.ts";
import { linear, niceTicks } from "./scale.ts";
import { ATTRIBUTED, CONTENT_WIDTH, forFont, HAIRLINE, INCREMENTAL, INK, INK_SOFT, SPEND } from "./theme.ts";

/** More rows than this cannot be told apart on a page; the table has all of them. */
const MOST_ROWS = 14;
const MOST_MONTHS = 24;
const LONGEST_LABEL = 44;

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

interface TextStyle {
  readonly anchor?: "start" | "middle" | "end";
  readonly fill?: string;
  readonly size?: number;
}

function label(
  x: number,
  y: number,
  text: string,
  { anchor = "start", fill = INK_SOFT, size = 8 }: TextStyle = {},
): string {
  return `<text x="${x}" y="${y}" font-family="Roboto" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escapeXml(forFont(text))}</text>`;
}

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width = 0.6) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" stroke-width="${width}"/>`;

const rect = (x: number, y: number, width: number, height: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;

function drawing(height: number, marks: readonly string[]): string {
  const width = Math.floor(CONTENT_WIDTH);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${marks.join("")}</svg>`;
}

/** Names of campaigns begin alike and end alike: what tells them apart is kept on both sides. */
function shorten(text: string): string {
  const letters = [...text];
  if (letters.length <= LONGEST_LABEL) return text;
  const half = Math.floor((LONGEST_LABEL - 1) / 2);
  return `${letters.slice(0, half).join("")}…${letters.slice(-half).join("")}`;
}

/** Spend, attributed and incremental revenue of each month beside each other; null where there is nothing to draw. */
export function monthsChart({ months }: RoiReport, words: FileWords, print: Printer): string | null {
  const shown = months.slice(-MOST_MONTHS);
  if (shown.length === 0) return null;
  const series = [
    { name: words.columns.spend, fill: SPEND, of: shown.map(({ spend }) => Number(spend)) },
    {
      name: words.columns.attributedRevenue,
      fill: ATTRIBUTED,
      of: shown.map((each) => Number(each.attributedRevenue)),
    },
    {
      name: words.columns.incrementalRevenue,
      fill: INCREMENTAL,
      of: shown.map((each) => Number(each.incrementalRevenue)),
    },
  ];
  const [height, top, bottom, left] = [188, 26, 22, 44];
  const right = Math.floor(CONTENT_WIDTH);
  const values = series.flatMap(({ of }) => of);
  const ticks = niceTicks(Math.min(...values), Math.max(...values));
  const y = linear([ticks[0]!, ticks.at(-1)!], [height - bottom, top]);
  const band = (right - left) / shown.length;
  const bar = Math.min(26, (band * 0.72) / series.length);
  const marks = ticks.flatMap((tick) => [
    line(left, y(tick), right, y(tick), HAIRLINE),
    label(left - 6, y(tick) + 3, print.short(tick), { anchor: "end" }),
  ]);
  let at = left;
  for (const { name, fill } of series) {
    marks.push(rect(at, 4, 8, 8, fill), label(at + 12, 11.5, name, { fill: INK }));
    at += 30 + name.length * 4.6;
  }
  shown.forEach(({ month }, index) => {
    const middle = left + band * (index + 0.5);
    const start = middle - (bar * series.length) / 2;
    series.forEach(({ fill, of }, place) => {
      const [from, to] = [y(0), y(of[index]!)];
      marks.push(rect(start + place * bar, Math.min(from, to), bar - 1.5, Math.max(0.4, Math.abs(from - to)), fill));
    });
    const every = Math.ceil(52 / band);
    if (index % every === 0) marks.push(label(middle, height - 8, print.shortMonth(month), { anchor: "middle" }));
  });
  marks.push(line(left, y(0), right, y(0), INK_SOFT, 0.8));
  return drawing(height, marks);
}

interface Return {
  readonly name: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/** Incremental return of each row with its interval; those with most spend where there are too many to tell apart. */
export function returnsChart(
  { rows, level }: RoiReport,
  print: Printer,
): { readonly svg: string; readonly shown: number; readonly all: number; readonly hasIntervals: boolean } | null {
  const spending = rows.filter(({ figures }) => figures.iroas !== null && Number(figures.spend) > 0);
  if (spending.length === 0) return null;
  const most = [...spending].sort((a, b) => Number(b.figures.spend) - Number(a.figures.spend)).slice(0, MOST_ROWS);
  const shown = spending.filter((row) => most.includes(row));
  const returns = shown.map(({ name, campaign, figures }): Return => {
    const { iroas, incrementalLow: low, incrementalHigh: high } = figures;
    const spend = Number(figures.spend);
    return {
      name: level === "month" ? print.month(name) : (campaign ?? name),
      value: iroas!,
      interval: low === null || high === null ? null : [Number(low) / spend, Number(high) / spend],
    };
  });
  const longest = Math.max(...returns.map(({ name }) => [...shorten(name)].length));
  const [rowHeight, top, left] = [17, 6, Math.min(224, 24 + longest * 4.7)];
  const right = Math.floor(CONTENT_WIDTH) - 40;
  const height = top + returns.length * rowHeight + 20;
  const values = returns.flatMap(({ value, interval }) => [value, 1, ...(interval ?? [])]);
  const ticks = niceTicks(Math.min(...values), Math.max(...values));
  const x = linear([ticks[0]!, ticks.at(-1)!], [left, right]);
  const foot = top + returns.length * rowHeight;
  const marks = ticks.flatMap((tick) => [
    line(x(tick), top, x(tick), foot, HAIRLINE),
    label(
      x(tick),
      foot + 12,
      print.count(tick, Number.isInteger(tick) ? 0 : tick * 10 === Math.round(tick * 10) ? 1 : 2),
      {
        anchor: "middle",
      },
    ),
  ]);
  marks.push(line(x(1), top, x(1), foot, INK, 1));
  returns.forEach(({ name, value, interval }, index) => {
    const y = top + rowHeight * (index + 0.5);
    marks.push(label(left - 8, y + 3, shorten(name), { anchor: "end", fill: INK }));
    if (interval !== null)
      marks.push(rect(x(interval[0]), y - 2, Math.max(0.5, x(interval[1]) - x(interval[0])), 4, "#9dc4bf"));
    marks.push(`<circle cx="${x(value)}" cy="${y}" r="3.2" fill="${INCREMENTAL}"/>`);
    marks.push(label(right + 36, y + 3, print.ratio(value), { anchor: "end", fill: INK }));
  });
  const hasIntervals = returns.some(({ interval }) => interval !== null);
  return { svg: drawing(height, marks), shown: shown.length, all: spending.length, hasIntervals };
}
