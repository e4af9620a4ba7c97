import type { Overview, OverviewDay } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { zeroBasedDomain } from "./axis.ts";
import { dayCell, figureCell } from "./cells.ts";
import type { CellUnit, ChartModel, Readout } from "./chart-model.ts";
import { type DayMetric, type DayShape, hasChannels } from "./day-metric.ts";
import { amountOrGap, type DayValue } from "./dense-series.ts";

export interface DaySeries {
  readonly id: string;
  readonly label: string;
  readonly hue: HueSlot | undefined;
  readonly days: readonly DayValue[];
  /** Where the series begins and ends on each day, for a stack. */
  readonly stack: readonly { readonly low: number; readonly high: number }[];
}

export interface PerformanceDays extends ChartModel {
  readonly sentence: string;
  readonly days: readonly string[];
  readonly shape: DayShape;
  readonly series: readonly DaySeries[];
  /** The days compared, laid over those shown; null where nothing is compared. */
  readonly compared: readonly DayValue[] | null;
  readonly domain: readonly [number, number];
  /** For axes. */
  printShort(value: number): string;
  readout(index: number): Readout;
}

/** Beyond so many lines a chart is read no more: the rest is one. */
const MOST_SERIES = 8;

function valueOn(metric: DayMetric, day: OverviewDay): number | null {
  switch (metric) {
    case "credited":
      return amountOrGap(day.credited?.revenue ?? null);
    case "incremental":
      return amountOrGap(day.incremental?.revenue ?? null);
    case "spend":
      return amountOrGap(day.spend);
    case "booked":
      return amountOrGap(day.revenue);
    case "conversions":
      return amountOrGap(day.conversions);
    case "roas":
      return day.spend === null || day.credited === null || Number(day.spend) === 0
        ? null
        : Number(day.credited.revenue) / Number(day.spend);
  }
}

const UNIT: Readonly<Record<DayMetric, CellUnit>> = {
  ...{ credited: "money", incremental: "money", spend: "money", booked: "money", conversions: "count", roas: "ratio" },
};

function printer(metric: DayMetric, { format }: Words): (value: number) => string {
  if (metric === "conversions") return (value) => format.count(value);
  return metric === "roas" ? (value) => format.roas(value) : (value) => format.money(value);
}

function shortPrinter(metric: DayMetric, { format }: Words): (value: number) => string {
  if (metric === "conversions") return format.countShort;
  return metric === "roas" ? format.roas : format.moneyShort;
}

/** Channels by their sum, largest first; beyond the most that can be read they are one grey series. */
function channelSeries(
  overview: Overview,
  metric: DayMetric,
  hues: ReadonlyMap<string, HueSlot>,
  { t, format }: Words,
): Omit<DaySeries, "stack">[] {
  const dates = overview.now.daily.map(({ date }) => date);
  const amountsOf = ({ spend, revenue, incrementalRevenue }: Overview["channels"][number]) =>
    metric === "spend" ? spend : metric === "incremental" ? (incrementalRevenue ?? []) : revenue;
  const all = overview.channels
    .map((own) => ({
      channel: own.channel,
      days: dates.map((date, day) => ({ date, value: amountOrGap(amountsOf(own)[day] ?? null) })),
    }))
    .map((own) => ({ ...own, total: own.days.reduce((sum, day) => sum + (day.value ?? 0), 0) }))
    .filter(({ days }) => days.some(({ value }) => value !== null && value !== 0))
    .sort((a, b) => b.total - a.total);
  const shown = all.length > MOST_SERIES ? all.slice(0, MOST_SERIES - 1) : all;
  const rest = all.slice(shown.length);
  return [
    ...shown.map(({ channel, days }) => ({ id: channel, label: channel, hue: hues.get(channel), days })),
    ...(rest.length === 0
      ? []
      : [
          {
            ...{
              id: "",
              label: t("performance.others", { count: rest.length, shown: format.count(rest.length) }),
              hue: "others" as const,
            },
            days: dates.map((date, day) => ({
              date,
              value: rest.reduce((sum, own) => sum + (own.days[day]?.value ?? 0), 0),
            })),
          },
        ]),
  ];
}

function stackUp(series: readonly Omit<DaySeries, "stack">[], length: number): DaySeries[] {
  const tops = Array.from({ length }, () => 0);
  return series.map((own) => ({
    ...own,
    stack: own.days.map((day, place) => {
      const low = tops[place]!;
      tops[place] = low + Math.max(0, day.value ?? 0);
      return { low, high: tops[place]! };
    }),
  }));
}

/** Which channel moved most between the first and the last week; where weeks overlap or there is one series, the best day. */
function writeSentence(
  label: string,
  total: readonly DayValue[],
  print: (value: number) => string,
  { t, format }: Words,
): string {
  const present = total.flatMap(({ date, value }) => (value === null ? [] : [{ date, value }]));
  const best = present.reduce<(typeof present)[number] | null>(
    (top, day) => (top === null || day.value > top.value ? day : top),
    null,
  );
  if (best === null) return t("chart.empty");
  const mean = present.reduce((sum, { value }) => sum + value, 0) / present.length;
  return t("performance.daysSentence", {
    ...{ figure: label, mean: strong(print(mean)) },
    ...{ day: format.day(best.date), best: strong(print(best.value)) },
  });
}

/** A metric by day: as a whole or by channel, with the days compared laid over it. */
export function preparePerformanceDays(
  overview: Overview,
  asked: { readonly metric: DayMetric; readonly shape: DayShape },
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): PerformanceDays {
  const { t, format } = words;
  const { metric } = asked;
  const shape = hasChannels(metric) ? asked.shape : "total";
  const print = printer(metric, words);
  const seriesOf = (days: readonly OverviewDay[]) =>
    days.map((day) => ({ date: day.date, value: valueOn(metric, day) }));
  const total = seriesOf(overview.now.daily);
  const before = overview.before === null ? null : seriesOf(overview.before.daily);
  const compared =
    before === null ? null : total.map(({ date }, place) => ({ date, value: before[place]?.value ?? null }));
  // What the incremental model credits is incremental.
  const isIncremental = metric === "credited" && overview.origin.model === "incremental";
  const label = t(`performance.metric.${isIncremental ? "incremental" : metric}`);
  const parts =
    shape === "total"
      ? [{ id: "total", label, hue: undefined, days: total }]
      : channelSeries(overview, metric, hues, words);
  const series = stackUp(parts, total.length);
  const tops =
    shape === "stacked"
      ? series.flatMap(({ stack }) => stack.map(({ high }) => high))
      : series.flatMap(({ days }) => days.map(({ value }) => value ?? 0));
  const overlaid = shape === "lines" ? [] : (compared ?? []).map(({ value }) => value ?? 0);
  const sentence = writeSentence(label, total, print, words);
  const printGap = (value: number | null | undefined) =>
    value === null || value === undefined ? t("chart.missing") : print(value);
  const comparedLabel = t("performance.comparedDays");
  return {
    ...{
      label: plainText(sentence),
      sentence,
      days: total.map(({ date }) => date),
      shape,
      series,
      printShort: shortPrinter(metric, words),
    },
    compared: shape === "lines" ? null : compared,
    domain: zeroBasedDomain(Math.max(0, ...tops, ...overlaid)),
    caption:
      overview.before === null
        ? t("performance.daysCaption", { figure: label })
        : t("performance.daysCaptionCompared", {
            figure: label,
            range: format.range(overview.before.range.from, overview.before.range.to),
          }),
    table: {
      columns: [
        { label: t("words.date"), isNumeric: false },
        ...series.map((own) => ({ label: own.label, isNumeric: true })),
        ...(shape === "total" ? [] : [{ label: t("words.total"), isNumeric: true }]),
        ...(compared === null ? [] : [{ label: comparedLabel, isNumeric: true }]),
      ],
      rows: total.map(({ date, value }, place) => ({
        id: date,
        cells: [
          dayCell(date, words),
          ...[
            ...series.map(({ days }) => days[place]?.value),
            ...(shape === "total" ? [] : [value]),
            ...(compared === null ? [] : [compared[place]?.value]),
          ].map((figure) => figureCell(UNIT[metric], figure, (known) => print(Number(known)), t("chart.missing"))),
        ],
      })),
    },
    readout: (index) => ({
      title: format.weekday(total[index]?.date ?? overview.origin.range.from),
      lines: [
        ...(shape === "total" ? [] : [{ label: t("words.total"), value: printGap(total[index]?.value) }]),
        ...series.map((own) => ({
          label: own.label,
          value: printGap(own.days[index]?.value),
          ...(shape === "total" ? {} : { hue: own.hue }),
        })),
        ...(compared === null ? [] : [{ label: comparedLabel, value: printGap(compared[index]?.value) }]),
      ],
    }),
  };
}
