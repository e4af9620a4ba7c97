import type { ForecastQuality, ForecastWeek } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { countCell, dayCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";

export interface WeekRow {
  readonly id: string;
  readonly week: string;
  readonly cells: readonly string[];
  readonly isInside: boolean;
}

export interface ForecastChart extends ChartModel {
  readonly sentence: string;
  /** In the order of time; weeks stand side by side. */
  readonly days: readonly (ForecastWeek["days"][number] & { readonly isFirstOfWeek: boolean })[];
  readonly domain: readonly [number, number];
  readonly weeks: readonly WeekRow[];
  readonly weekHead: readonly string[];
  readout(index: number): Readout;
}

const isInside = ({ seen, low, high }: ForecastWeek): boolean => seen >= low && seen <= high;
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

function writeSentence({ weeks, level }: ForecastQuality, { t, format }: Words): string {
  const last = weeks[0];
  if (last === undefined) return t("quality.forecastNone");
  const gain =
    mean(weeks.map((week) => Math.abs(week.seen - week.withoutTouches))) -
    mean(weeks.map((week) => Math.abs(week.seen - week.expected)));
  return [
    t("quality.forecastSentence", {
      expected: strong(format.count(last.expected)),
      low: format.count(last.low),
      high: format.count(last.high),
      seen: strong(format.count(last.seen)),
    }),
    ...(weeks.length > 1
      ? [
          t("quality.forecastInside", {
            inside: format.count(weeks.filter(isInside).length),
            weeks: format.count(weeks.length),
            level: format.percent(level, 0),
          }),
        ]
      : []),
    t(gain >= 0 ? "quality.forecastBetter" : "quality.forecastWorse", { gain: format.count(Math.abs(gain), 1) }),
  ].join(" ");
}

/** Weeks that were foretold beside what came, by day. */
export function prepareForecast(forecast: ForecastQuality, words: Words): ForecastChart {
  const { t, format } = words;
  const weeks = [...forecast.weeks].reverse();
  const days = weeks.flatMap((week) => week.days.map((day, i) => ({ ...day, isFirstOfWeek: i === 0 })));
  const level = format.percent(forecast.level, 0);
  const sentence = writeSentence(forecast, words);
  const rangeOf = ({ low, high }: { low: number; high: number }) =>
    t("quality.range", { low: format.count(low), high: format.count(high) });
  const cellsOf = (each: Omit<ForecastWeek, "from" | "to" | "days">): string[] => [
    ...[format.count(each.expected, 1), rangeOf(each), format.count(each.seen)],
    ...[format.count(each.ofTouches, 1), format.count(each.withoutTouches, 1)],
  ];
  const figures = [
    t("quality.foretold"),
    t("quality.interval", { level }),
    ...[t("quality.came"), t("quality.ofTouches"), t("quality.without")],
  ];
  return {
    ...{ sentence, days, label: plainText(sentence), caption: t("quality.forecastCaption", { level }) },
    domain: zeroBasedDomain(Math.max(0, ...days.flatMap(({ high, seen }) => [high, seen]))),
    weekHead: [t("quality.week"), ...figures],
    weeks: forecast.weeks.map((week) => ({
      ...{ id: week.from, week: format.range(week.from, week.to) },
      ...{ cells: cellsOf(week), isInside: isInside(week) },
    })),
    table: {
      columns: [
        { label: t("words.date"), isNumeric: false },
        ...[
          ...[t("quality.foretold"), t("quality.lowest", { level }), t("quality.highest", { level })],
          ...[t("quality.came"), t("quality.ofTouches"), t("quality.without")],
        ].map((label) => ({ label, isNumeric: true })),
      ],
      rows: days.map((day) => ({
        id: day.date,
        cells: [
          ...[dayCell(day.date, words), countCell(day.expected, words, 1), countCell(day.low, words)],
          ...[countCell(day.high, words), countCell(day.seen, words), countCell(day.ofTouches, words, 1)],
          countCell(day.withoutTouches, words, 1),
        ],
      })),
    },
    readout: (index) => {
      const day = days[index];
      if (day === undefined) return { title: "", lines: [] };
      return {
        title: format.weekday(day.date),
        lines: [
          { label: t("quality.came"), value: format.count(day.seen) },
          { label: t("quality.foretold"), value: `${format.count(day.expected)} (${rangeOf(day)})` },
          { label: t("quality.without"), value: format.count(day.withoutTouches) },
        ],
      };
    },
  };
}
