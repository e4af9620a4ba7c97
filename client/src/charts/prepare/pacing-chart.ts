import type { PacingLine, PacingMonth } from "@touchline/server/contract";
import { listDays } from "../../app/date-range.ts";
import { plainText, type Words } from "../../i18n/words.ts";
import { lastDayOf } from "../../pages/pacing/pacing-search.ts";
import { zeroBasedDomain } from "./axis.ts";
import type { Cell, ChartModel, Readout } from "./chart-model.ts";

export interface FanPoint {
  readonly index: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Spend summed up over the days of a month, its plan, and where it goes. */
export interface PacingChart extends ChartModel {
  readonly days: readonly string[];
  /** By the end of each known day; null where a day is not known. */
  readonly spent: readonly (number | null)[];
  /** At the end of the month; null without a plan. */
  readonly plan: number | null;
  readonly fan: readonly FanPoint[];
  readonly domain: readonly [number, number];
  readout(index: number): Readout;
}

function sumUp(daily: PacingLine["daily"]): (number | null)[] {
  let sum = 0;
  return daily.map((value) => {
    sum += value ?? 0;
    return value === null ? null : sum;
  });
}

function tableOf(chart: Omit<PacingChart, "table" | "readout">, { t, format }: Words): PacingChart["table"] {
  const { days, spent, plan, fan } = chart;
  const fanAt = new Map(fan.map((point) => [point.index, point]));
  const money = (value: number | null | undefined): Cell =>
    value === null || value === undefined
      ? { text: "", value: null, unit: "money" }
      : { text: format.money(value), value, unit: "money" };
  const names = [t("pacing.spentLine"), t("pacing.planLine"), t("pacing.forecastLine")];
  const columns = [...names, t("pacing.column.low"), t("pacing.column.high")];
  return {
    columns: [
      { label: t("pacing.column.day"), isNumeric: false },
      ...columns.map((label) => ({ label, isNumeric: true })),
    ],
    rows: days.map((day, i) => {
      const point = fanAt.get(i);
      const planned = plan === null ? null : (plan * (i + 1)) / days.length;
      return {
        id: day,
        cells: [
          { text: format.weekday(day), value: day, unit: "date" },
          ...[money(spent[i]), money(planned), money(point?.mean), money(point?.low), money(point?.high)],
        ],
      };
    }),
  };
}

/** @param label says what the picture shows */
export function preparePacingChart(
  line: PacingLine,
  { month, phase }: Pick<PacingMonth, "month" | "phase">,
  label: string,
  words: Words,
): PacingChart {
  const { t, format } = words;
  const days = listDays({ from: `${month}-01`, to: lastDayOf(month) });
  const spent = sumUp(line.daily);
  const plan = line.plan === null ? null : Number(line.plan);
  const first = days.length - line.ahead.length;
  const fan = line.ahead.map((point, i) => ({ ...point, index: first + i }));
  const largest = Math.max(0, plan ?? 0, ...spent.map((value) => value ?? 0), ...fan.map(({ high }) => high));
  const chart = {
    ...{ label: plainText(label), days, spent, plan, fan, domain: zeroBasedDomain(largest) },
    caption: t(phase === "current" ? "pacing.chartCaption" : "pacing.chartCaptionPast"),
  };
  const fanAt = new Map(fan.map((point) => [point.index, point]));
  return {
    ...chart,
    table: tableOf(chart, words),
    readout: (index) => {
      const point = fanAt.get(index);
      const value = spent[index] ?? null;
      return {
        title: format.weekday(days[index] ?? `${month}-01`),
        lines: [
          ...(value === null ? [] : [{ label: t("pacing.spentLine"), value: format.money(value) }]),
          ...(plan === null
            ? []
            : [{ label: t("pacing.planLine"), value: format.money((plan * (index + 1)) / days.length) }]),
          ...(point === undefined
            ? []
            : [
                { label: t("pacing.forecastLine"), value: format.money(point.mean) },
                {
                  label: t("pacing.intervalLine"),
                  value: t("pacing.between", { low: format.money(point.low), high: format.money(point.high) }),
                },
              ]),
        ],
      };
    },
  };
}
