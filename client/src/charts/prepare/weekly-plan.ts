import type { WeeklyLimit, WeeklyPlan } from "@touchline/server/contract";
import { sumDecimals } from "../../format/decimal.ts";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { zeroBasedDomain } from "./axis.ts";
import { figureCell } from "./cells.ts";
import type { ChartModel, ChartTable, Readout } from "./chart-model.ts";
import { goalAmount, goalCell, goalChange, goalFigure } from "./goal-figure.ts";

/** One channel's part of a week's column: from the money below it to its top. */
export interface WeekPart {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly from: number;
  readonly to: number;
}

export interface WeekColumn {
  readonly key: string;
  readonly label: string;
  readonly spend: number;
  readonly season: number;
  readonly parts: readonly WeekPart[];
}

export interface WeeklyChart extends ChartModel {
  readonly sentence: string;
  readonly basis: string;
  readonly columns: readonly WeekColumn[];
  readonly channels: readonly { readonly channel: string; readonly hue: HueSlot | undefined }[];
  readonly spendDomain: readonly [number, number];
  readonly seasonDomain: readonly [number, number];
  readout(index: number): Readout;
}

/** Less than this share of the result is no reason to spread the money otherwise. */
const NOTHING = 0.001;

function writeSentence(plan: WeeklyPlan, words: Words): string {
  const { t, format } = words;
  if (plan.status === "infeasible") return t("studies.weeks.infeasible");
  if (plan.status === "unsolved") return t("studies.weeks.unsolved");
  const { value, valueIfFlat, valueAtCurrent } = plan.expected;
  const plain = t("studies.weeks.sentencePlain", {
    value: strong(goalAmount(value, plan.goal, words)),
    weeks: format.count(plan.weeks.length),
    change: goalChange(value - valueAtCurrent, plan.goal, words),
  });
  if (valueIfFlat === null) return plain;
  const gain = value - valueIfFlat;
  const spread =
    gain <= NOTHING * Math.abs(value)
      ? t("studies.weeks.sentenceNone")
      : t("studies.weeks.sentence", { gain: strong(goalFigure(gain, plan.goal, words)) });
  return `${plain} ${spread}`;
}

function basisText({ season }: WeeklyPlan, { t, format }: Words): string {
  const range = season.from === null || season.to === null ? "" : format.range(season.from, season.to);
  return t(`studies.weeks.basis.${season.basis}`, { range });
}

function columnsOf(plan: WeeklyPlan, hues: ReadonlyMap<string, HueSlot>, words: Words): WeekColumn[] {
  return plan.weeks.map((week, index) => {
    let below = 0;
    const parts = plan.channels.map(({ channel, spend }) => {
      const from = below;
      below += Number(spend[index] ?? 0);
      return { channel, hue: hues.get(channel), from, to: below };
    });
    return { key: week.from, label: words.format.day(week.from), spend: below, season: week.season, parts };
  });
}

function tableOf(plan: WeeklyPlan, words: Words): ChartTable {
  const { t, format } = words;
  const money = (value: string) => figureCell("money", value, (amount) => format.money(amount));
  return {
    columns: [
      { label: t("studies.weeks.weekColumn"), isNumeric: false },
      { label: t("studies.weeks.season"), isNumeric: true },
      ...plan.channels.map(({ channel }) => ({ label: channel, isNumeric: true })),
      { label: t("studies.weeks.total"), isNumeric: true },
      { label: t("studies.weeks.result"), isNumeric: true },
    ],
    rows: plan.weeks.map((week, index) => ({
      id: week.from,
      cells: [
        format.range(week.from, week.to),
        figureCell("ratio", week.season, (value) => format.count(value, 2)),
        ...plan.channels.map(({ spend }) => money(spend[index] ?? "0")),
        money(week.spend),
        goalCell(week.value, plan.goal, words),
      ],
    })),
    total: [
      t("words.total"),
      "",
      ...plan.channels.map(({ spend }) => money(sumDecimals(spend))),
      money(sumDecimals(plan.weeks.map(({ spend }) => spend))),
      goalCell(plan.expected.value, plan.goal, words),
    ],
  };
}

/** The plan by week: money by channel stacked, and how receptive each week is expected to be. */
export function prepareWeeklyPlan(plan: WeeklyPlan, hues: ReadonlyMap<string, HueSlot>, words: Words): WeeklyChart {
  const { t, format } = words;
  // The largest channel stands at the bottom, where its changes are seen best.
  const ordered = [...plan.channels].sort((a, b) => Number(b.current) - Number(a.current));
  const sorted = { ...plan, channels: ordered };
  const columns = columnsOf(sorted, hues, words);
  return {
    sentence: writeSentence(plan, words),
    basis: basisText(plan, words),
    label: t("studies.weeks.label"),
    caption: t("studies.weeks.caption"),
    columns,
    channels: ordered.map(({ channel }) => ({ channel, hue: hues.get(channel) })),
    spendDomain: zeroBasedDomain(Math.max(0, ...columns.map(({ spend }) => spend))),
    seasonDomain: [0, Math.max(1.2, ...columns.map(({ season }) => season)) * 1.1],
    table: tableOf(sorted, words),
    readout: (index) => {
      const column = columns[index];
      if (column === undefined) return { title: "", lines: [] };
      return {
        title: `${t("studies.weeks.week", { day: column.label })} · ${format.money(column.spend)}`,
        lines: [
          ...[...column.parts].reverse().map(({ channel, hue, from, to }) => ({
            label: channel,
            value: format.money(to - from),
            hue,
          })),
          { label: t("studies.weeks.season"), value: format.count(column.season, 2) },
        ],
      };
    },
  };
}

/** A limit of a weekly plan as a person would say it. */
export function wordWeeklyLimit({ type, of, week, value }: WeeklyLimit, { t, format }: Words): string {
  const amount = type === "pacing_pct" ? format.percent(value / 100, 0) : format.money(value);
  const limit = t(`studies.weeks.limit.${type}`, { name: of ?? t("studies.weeks.total"), amount });
  return week === null ? limit : t("studies.weeks.limitOfWeek", { limit, week: format.count(week) });
}
