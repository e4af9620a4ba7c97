import type { TodayBrief, TodayWeek } from "@touchline/server/contract";
import { plainText, strong, unitName, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import type { ChartModel, FigureCell, Readout } from "./chart-model.ts";

export interface WeekPoint {
  readonly from: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly isComplete: boolean;
}

export interface WeeksChart extends ChartModel {
  readonly sentence: string;
  readonly weeks: readonly WeekPoint[];
  readonly domain: readonly [number, number];
  readonly isEmpty: boolean;
  /** Of the axis. */
  print(value: number): string;
  readout(index: number): Readout;
}

interface Shape {
  readonly caption: string;
  readonly name: string;
  readonly unit: "money" | "ratio";
  sentence(last: WeekPoint | undefined): string;
  /** As exact as it is known. */
  exact(week: TodayWeek): string | number | null;
}

function prepareWeeks(brief: TodayBrief, points: readonly WeekPoint[], shape: Shape, words: Words): WeeksChart {
  const { t, format } = words;
  const isMoney = shape.unit === "money";
  const print = (value: number | string, digits = 0) =>
    isMoney ? format.money(value, digits) : format.roas(Number(value));
  const expected = ({ low, high }: WeekPoint) =>
    low === null || high === null ? "" : t("today.expectedRange", { low: print(low), high: print(high) });
  const last = points.findLast(({ isComplete }) => isComplete);
  const sentence = shape.sentence(last);
  const dayOf = (point: WeekPoint) =>
    point.isComplete ? format.date(point.from) : t("today.running", { day: format.date(point.from) });
  const cell = (value: string | number | null): FigureCell => ({
    text: value === null ? t("chart.missing") : print(value, 2),
    ...{ value, unit: shape.unit },
  });
  const largest = Math.max(0, ...points.flatMap(({ value, high }) => [value ?? 0, high ?? 0]));
  return {
    ...{ sentence, label: plainText(sentence), caption: shape.caption, weeks: points },
    domain: zeroBasedDomain(largest),
    isEmpty: points.every(({ value }) => value === null),
    print: (value) => (isMoney ? format.moneyShort(value) : format.roas(value)),
    table: {
      columns: [
        { label: t("today.column.week"), isNumeric: false },
        { label: shape.name, isNumeric: true },
        { label: t("today.column.expected"), isNumeric: true },
      ],
      rows: points.map((point, i) => ({
        id: point.from,
        cells: [
          { text: dayOf(point), value: point.from, unit: "date" },
          cell(brief.weeks[i] === undefined ? null : shape.exact(brief.weeks[i])),
          expected(point),
        ],
      })),
    },
    readout: (index) => {
      const point = points[index];
      if (point === undefined) return { title: "", lines: [] };
      const value = point.value === null ? t("chart.missing") : print(point.value);
      const band = expected(point);
      return {
        title: dayOf(point),
        lines: [
          { label: shape.name, value },
          ...(band === "" ? [] : [{ label: t("today.column.expected"), value: band }]),
        ],
      };
    },
  };
}

function wordAmount(last: WeekPoint | undefined, { t, format }: Words): string {
  if (last === undefined || last.value === null) return t("chart.empty");
  const { value, low, high } = last;
  const facts = { value: strong(format.money(value)) };
  if (low === null || high === null) return t("today.chartAlone", facts);
  if (value > high) return t("today.chartAbove", facts);
  return t(value < low ? "today.chartBelow" : "today.chartInside", facts);
}

const amount = (text: string | null) => (text === null ? null : Number(text));

/** Revenue or spend of the last weeks, in the band of what each week before it led to expect. */
export function prepareAmountWeeks(brief: TodayBrief, figure: "revenue" | "spend", words: Words): WeeksChart {
  const { t } = words;
  const band = figure === "revenue" ? "revenueExpected" : "spendExpected";
  const points = brief.weeks.map((week) => ({
    ...{ from: week.from, value: amount(week[figure]), isComplete: week.isComplete },
    ...{ low: week[band]?.low ?? null, high: week[band]?.high ?? null },
  }));
  const shape: Shape = {
    ...{ caption: t("today.bandCaption"), name: t(`words.${figure}`), unit: "money" },
    sentence: (last) => wordAmount(last, words),
    exact: (week) => week[figure],
  };
  return prepareWeeks(brief, points, shape, words);
}

/** What the model says that a unit of spend brought, in its interval. */
export function prepareRoasWeeks(brief: TodayBrief, words: Words): WeeksChart {
  const { t, format } = words;
  const points = brief.weeks.map(({ from, isComplete, incremental }) => ({
    ...{ from, isComplete, value: incremental?.roas ?? null },
    ...{ low: incremental?.low ?? null, high: incremental?.high ?? null },
  }));
  const absent = t(brief.underway.includes("credit") ? "today.roasUnderway" : "today.roasNone");
  const shape: Shape = {
    ...{ caption: t("today.roasCaption"), name: t("words.roas"), unit: "ratio" },
    sentence: (last) =>
      last === undefined || last.value === null
        ? absent
        : t("today.roasSentence", { roas: strong(format.money(last.value, 2)), unit: unitName(words) }),
    exact: (week) => week.incremental?.roas ?? null,
  };
  return prepareWeeks(brief, points, shape, words);
}
