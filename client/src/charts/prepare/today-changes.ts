import type { ChannelWeek, TodayBrief, WeekChange } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { type Direction, directionOf } from "./change.ts";
import type { ChartTable, FigureCell } from "./chart-model.ts";
import { changeOf } from "./today-head.ts";

export interface ChangeCell {
  readonly now: string;
  readonly direction: Direction;
  /** "+6.2%"; empty where there is nothing to compare with. */
  readonly change: string;
  readonly judged: "usual" | "unusual" | "unknown";
  readonly judgedWord: string;
  readonly judgedWhy: string;
}

export interface ChangeLine {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly spend: ChangeCell;
  readonly revenue: ChangeCell | null;
  readonly yearBefore: string;
  readonly whyLabel: string;
}

export interface TodayChanges {
  readonly sentence: string;
  readonly note: string;
  readonly lines: readonly ChangeLine[];
  readonly hasRevenue: boolean;
  readonly hasYear: boolean;
  readonly table: ChartTable;
}

function judgedOf({ isUnusual }: WeekChange): ChangeCell["judged"] {
  if (isUnusual === null) return "unknown";
  return isUnusual ? "unusual" : "usual";
}

function prepareCell(week: WeekChange, { t, format }: Words): ChangeCell {
  const change = changeOf(week);
  const judged = judgedOf(week);
  const { expected } = week;
  return {
    now: week.now === null ? t("words.none") : format.money(week.now),
    direction: change === null ? "same" : directionOf(change),
    change: change === null ? "" : format.percentChange(change),
    judged,
    judgedWord: t(`today.${judged}`),
    judgedWhy:
      expected === null
        ? t("today.judgedUnknown")
        : t("today.usualWhy", { low: format.money(expected.low), high: format.money(expected.high) }),
  };
}

const movedBy = ({ now, before }: WeekChange) => Math.abs(Number(now ?? 0) - Number(before ?? 0));

const JUDGED = {
  usual: "today.judgedUsual",
  unusual: "today.judgedUnusual",
  unknown: "today.judgedUnknown",
} as const;

function wordLargest(first: ChannelWeek | undefined, { t, format }: Words): string {
  if (first === undefined) return t("today.changedNone");
  const { channel, spend, revenue } = first;
  const isRevenue = revenue !== null && movedBy(revenue) > movedBy(spend);
  const week = isRevenue ? revenue : spend;
  const money = (amount: string | null) => (amount === null ? t("words.none") : format.money(amount));
  return t("today.changedSentence", {
    channel: strong(channel),
    what: t(isRevenue ? "today.changedRevenue" : "today.changedSpend"),
    ...{ before: money(week.before), now: strong(money(week.now)) },
    judged: t(JUDGED[judgedOf(week)]),
  });
}

function prepareTable({ channels }: TodayBrief, { t, format }: Words): ChartTable {
  const money = (amount: string | null): FigureCell => ({
    text: amount === null ? t("words.none") : format.money(amount, 2),
    ...{ value: amount, unit: "money" },
  });
  const share = (week: WeekChange | null): FigureCell => {
    const value = week === null ? null : changeOf(week);
    return { text: value === null ? "" : format.percentChange(value), value, unit: "percent" };
  };
  const word = (week: WeekChange | null) => (week === null ? "" : t(`today.${judgedOf(week)}`));
  const names = ["spend", "change", "expected", "revenue", "change", "expected", "year"] as const;
  const textual = new Set(["expected"]);
  return {
    columns: [
      { label: t("words.channel"), isNumeric: false },
      ...names.map((name) => ({ label: t(`today.column.${name}`), isNumeric: !textual.has(name) })),
    ],
    rows: channels.map(({ channel, spend, revenue }) => ({
      id: channel,
      cells: [
        channel,
        ...[money(spend.now), share(spend), word(spend)],
        ...[money(revenue?.now ?? null), share(revenue), word(revenue), money(spend.yearBefore)],
      ],
    })),
  };
}

/** Which channels moved the most in the last week, and whether that is more than their weeks usually differ by. */
export function prepareChanges(brief: TodayBrief, hues: ReadonlyMap<string, HueSlot>, words: Words): TodayChanges {
  const { t, format } = words;
  const { channels, week } = brief;
  return {
    sentence: wordLargest(channels[0], words),
    note: week === null ? "" : t("today.changedNote", { range: format.range(week.range.from, week.range.to) }),
    hasRevenue: channels.some(({ revenue }) => revenue !== null),
    hasYear: channels.some(({ spend }) => spend.yearBefore !== null),
    table: prepareTable(brief, words),
    lines: channels.map(({ channel, spend, revenue }) => ({
      ...{ channel, hue: hues.get(channel) },
      spend: prepareCell(spend, words),
      revenue: revenue === null ? null : prepareCell(revenue, words),
      yearBefore: spend.yearBefore === null ? "" : format.money(spend.yearBefore),
      whyLabel: t("today.whyLabel", { channel }),
    })),
  };
}
