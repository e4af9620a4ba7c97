import type {
  Breakdown,
  BreakdownAnswer,
  BreakdownFigures,
  BreakdownRow,
  Marginals,
  ModelName,
} from "@touchline/server/contract";
import { roundToAddUp, subtractDecimals } from "../../format/decimal.ts";
import type { Words } from "../../i18n/words.ts";
import {
  ADDS_UP,
  type ColumnId,
  figureIn,
  IS_COST,
  IS_NEUTRAL,
  nameOfRow,
  spanIn,
  UNIT_OF,
  type Whole,
} from "./breakdown-columns.ts";
import { figureCell } from "./cells.ts";
import { type Change, describeChange, relativeChange, toneOf } from "./change.ts";
import type { ChartTable, FigureCell } from "./chart-model.ts";

export interface BreakdownCell {
  readonly column: ColumnId;
  readonly figure: FigureCell;
  readonly change: Change | null;
  readonly tone: "positive" | "negative" | "neutral";
  /** Printed; null where there is none. */
  readonly interval: string | null;
  /** Of the column's largest row, for a bar; null where no bar helps. */
  readonly bar: number | null;
  /** The interval on the same scale. */
  readonly span: { readonly low: number; readonly high: number } | null;
}

export interface BreakdownLine {
  readonly key: string;
  readonly kind: "row" | "others" | "baseline" | "total";
  readonly name: string;
  readonly row: BreakdownRow | null;
  readonly cells: readonly BreakdownCell[];
  /** Of the revenue of the model, in money; null where nothing is compared. */
  readonly moved: FigureCell | null;
  readonly movedTone: "positive" | "negative" | "neutral";
}

export interface BreakdownTable {
  readonly lines: readonly BreakdownLine[];
  readonly total: BreakdownLine;
  readonly table: ChartTable;
}

export interface BreakdownOptions {
  readonly columns: readonly ColumnId[];
  readonly sort: ColumnId | "name";
  readonly isUp: boolean;
  readonly by: Breakdown;
  readonly model: ModelName;
  readonly marginals: Marginals | undefined;
}

/** What a line is told from, whichever it is. */
interface Source {
  readonly key: string;
  readonly kind: BreakdownLine["kind"];
  readonly name: string;
  readonly row: BreakdownRow | null;
  readonly now: BreakdownFigures;
  readonly before: BreakdownFigures | null;
}

/** The columns whose size a bar shows: the money that goes out, and the money that comes in. */
const WITH_BAR: ReadonlySet<ColumnId> = new Set(["spend", "revenue", "incrementalRevenue"]);

export function keyOfRow({ channel, campaign, creative, value }: BreakdownRow): string {
  return JSON.stringify([channel, campaign, creative, value]);
}

const NO_FIGURES: BreakdownFigures = {
  ...{ spend: null, impressions: null, clicks: null, touches: null, conversions: "0", revenue: "0" },
  ...{ incremental: null, interval: null, claimed: null, roas: null, iroas: null, cpa: null, icpa: null },
};

/** What no channel is credited with, as a row: by the chosen model, and by the incremental one. */
function baselineOf({ noTouch, baseline }: BreakdownAnswer, { t }: Words, model: ModelName): Source[] {
  if (noTouch === null) return [];
  const side = (which: "now" | "before") =>
    noTouch[which] === null ? null : { ...NO_FIGURES, ...noTouch[which], incremental: baseline?.[which] ?? null };
  const name = t(model === "incremental" ? "words.baseline" : "words.noTouch");
  return [{ key: "baseline", kind: "baseline", name, row: null, now: side("now")!, before: side("before") }];
}

/** All there is: at the top what was booked, with the spend of all rows. */
function totalOf({ total, booked }: BreakdownAnswer, { t }: Words): Source {
  const side = (which: "now" | "before") => {
    const figures = total[which];
    if (figures === null) return null;
    const all = booked?.[which];
    return all ? { ...figures, ...all, incremental: figures.incremental === null ? null : all } : figures;
  };
  return { key: "total", kind: "total", name: t("words.total"), row: null, now: side("now")!, before: side("before") };
}

/**
 * Rows, the others, what no channel is credited with, and the total.
 * Law: the printed amounts of a column add up to the printed total.
 */
export function prepareBreakdown(answer: BreakdownAnswer, options: BreakdownOptions, words: Words): BreakdownTable {
  const { t, format } = words;
  const { columns, by, marginals } = options;
  const marginalOf = ({ row }: Source) =>
    row === null || (by !== "channel" && by !== "campaign")
      ? undefined
      : marginals?.rows.find((each) => each.channel === row.channel && (each.campaign ?? "") === row.campaign);
  const whole: Whole = {
    spend: answer.total.now.spend,
    revenue: answer.booked?.now.revenue ?? answer.total.now.revenue,
  };
  const wholeBefore: Whole = {
    spend: answer.total.before?.spend ?? null,
    revenue: answer.booked?.before?.revenue ?? answer.total.before?.revenue ?? "0",
  };
  const rows = answer.rows.map(
    (row): Source => ({
      key: keyOfRow(row),
      kind: "row",
      name: nameOfRow(row, by) || t("performance.unnamed"),
      row,
      now: row.now,
      before: row.before,
    }),
  );
  sortShown(rows, options, (source) => figureIn(options.sort as ColumnId, source.now, whole, marginalOf(source)));
  const others: Source[] =
    answer.others === null
      ? []
      : [
          {
            key: "others",
            kind: "others",
            name: t("performance.others", { count: answer.others.count, shown: format.count(answer.others.count) }),
            row: null,
            now: answer.others.now,
            before: answer.others.before,
          },
        ];
  const parts = [...rows, ...others, ...baselineOf(answer, words, options.model)];
  const total = totalOf(answer, words);
  const printed = new Map(
    columns.map((column) => [column, printColumn(column, parts, total, whole, marginalOf, words)]),
  );
  const largest = new Map(
    columns.map((column) => [
      column,
      Math.max(0, ...rows.map((each) => numberIn(column, each.now, whole, marginalOf(each)))),
    ]),
  );
  const lineOf = (source: Source, place: number): BreakdownLine => {
    const moved = source.before === null ? null : subtractDecimals(source.now.revenue, source.before.revenue);
    return {
      ...{ key: source.key, kind: source.kind, name: source.name, row: source.row },
      cells: columns.map((column): BreakdownCell => {
        const marginal = marginalOf(source);
        const now = figureIn(column, source.now, whole, marginal);
        const before =
          source.before === null || column === "mroas" ? null : figureIn(column, source.before, wholeBefore, undefined);
        const change = describeChange(
          relativeChange(now === null ? null : Number(now), before === null ? null : Number(before)),
          words,
        );
        const span = spanIn(column, source.now, marginal);
        const scale = largest.get(column)!;
        const hasBar = WITH_BAR.has(column) && source.kind === "row" && scale > 0;
        return {
          ...{ column, change, figure: printed.get(column)![place]! },
          tone: IS_NEUTRAL.has(column) ? "neutral" : toneOf(change, IS_COST.has(column) ? "down" : "up"),
          interval:
            span === null
              ? null
              : t("performance.span", {
                  low: printFigure(column, span.low, words),
                  high: printFigure(column, span.high, words),
                }),
          bar: hasBar ? Math.max(0, Number(now ?? 0)) / scale : null,
          span: hasBar && span !== null ? { low: span.low / scale, high: span.high / scale } : null,
        };
      }),
      moved: moved === null ? null : { text: format.amountChange(moved), value: moved, unit: "money" },
      movedTone:
        moved === null || source.kind === "baseline"
          ? "neutral"
          : Number(moved) > 0
            ? "positive"
            : Number(moved) < 0
              ? "negative"
              : "neutral",
    };
  };
  const lines = parts.map(lineOf);
  const totalLine = lineOf(total, parts.length);
  return { lines, total: totalLine, table: tableOf(lines, totalLine, options, answer.compared !== null, words) };
}

const numberIn = (column: ColumnId, ...rest: [BreakdownFigures, Whole, Marginals["rows"][number] | undefined]) =>
  Number(figureIn(column, ...rest) ?? 0);

/** In place: what the server could not put in order, and names. */
function sortShown(
  rows: Source[],
  { sort, isUp }: BreakdownOptions,
  figure: (source: Source) => number | string | null,
): void {
  if (sort === "name") {
    rows.sort((a, b) => (isUp ? 1 : -1) * b.name.localeCompare(a.name));
    return;
  }
  rows.sort((a, b) => {
    const [left, right] = [figure(a), figure(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return (isUp ? 1 : -1) * (Number(left) - Number(right));
  });
}

function printFigure(column: ColumnId, value: number | string, { format }: Words): string {
  switch (UNIT_OF[column]) {
    case "money":
      return format.amount(value, ADDS_UP[column] ?? 2);
    case "count":
      return format.count(value, ADDS_UP[column] ?? 0);
    case "percent":
      return format.percent(Number(value));
    default:
      return format.roas(Number(value));
  }
}

/** The printed cells of a column, with that of the total last; amounts are rounded together, so that they add up. */
function printColumn(
  column: ColumnId,
  parts: readonly Source[],
  total: Source,
  whole: Whole,
  marginalOf: (source: Source) => Marginals["rows"][number] | undefined,
  words: Words,
): FigureCell[] {
  const figures = parts.map((source) => figureIn(column, source.now, whole, marginalOf(source)));
  const digits = ADDS_UP[column];
  const rounded =
    digits === undefined
      ? []
      : roundToAddUp(
          figures.map((value) => (value === null ? "0" : String(value))),
          digits,
        );
  const cells = figures.map((value, place) =>
    figureCell(UNIT_OF[column], value, (figure) => printFigure(column, rounded[place] ?? figure, words)),
  );
  const all = figureIn(column, total.now, whole, undefined);
  return [...cells, figureCell(UNIT_OF[column], all, (figure) => printFigure(column, figure, words))];
}

/** The same with a column for each change, for spreadsheets. */
function tableOf(
  lines: readonly BreakdownLine[],
  total: BreakdownLine,
  { columns, by }: BreakdownOptions,
  isCompared: boolean,
  words: Words,
): ChartTable {
  const { t } = words;
  const hasChannel = by === "campaign" || by === "creative";
  const cellsOf = (line: BreakdownLine) => [
    line.name,
    ...(hasChannel ? [line.row?.channel ?? ""] : []),
    ...line.cells.flatMap(({ figure, change }) => [
      figure,
      ...(isCompared ? [figureCell("percent", change?.share, () => change?.text ?? "")] : []),
    ]),
    ...(line.moved === null ? [] : [line.moved]),
  ];
  return {
    columns: [
      { label: t(`performance.by.${by}`), isNumeric: false },
      ...(hasChannel ? [{ label: t("words.channel"), isNumeric: false }] : []),
      ...columns.flatMap((column) => {
        const label = t(`performance.column.${column}`);
        return [
          { label, isNumeric: true },
          ...(isCompared ? [{ label: t("performance.changeOf", { figure: label }), isNumeric: true }] : []),
        ];
      }),
      ...(isCompared ? [{ label: t("performance.moved"), isNumeric: true }] : []),
    ],
    rows: lines.map((line) => ({ id: line.key, cells: cellsOf(line) })),
    total: cellsOf(total),
  };
}
