import type { DateRange, Overview } from "@touchline/server/contract";
import { countDays } from "../../app/date-range.ts";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { zeroBasedDomain } from "./axis.ts";
import { orderChannels } from "./channel-order.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { amountOrGap, type DayValue, largestOf, prepareDenseSeries } from "./dense-series.ts";

export interface ChannelPanel {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly revenue: readonly DayValue[];
  readonly spend: readonly DayValue[];
  /** Printed sums over the range. */
  readonly revenueTotal: string;
  readonly spendTotal: string | null;
  readonly label: string;
  readout(index: number): Readout;
}

export interface ChannelsByDay extends ChartModel {
  readonly sentence: string;
  readonly days: readonly string[];
  readonly panels: readonly ChannelPanel[];
  readonly domain: readonly [number, number];
  /** "Top 12 of 43"; null when all are drawn. */
  readonly shownOf: string | null;
}

const MOST_PANELS = 12;
const WEEK = 7;

function sumWeek(days: readonly DayValue[]): number {
  return days.reduce((sum, day) => sum + (day.value ?? 0), 0);
}

/** Which channel moved most between the first and the last week; only said when the weeks do not overlap. */
function writeSentence(
  panels: readonly { channel: string; revenue: readonly DayValue[] }[],
  days: number,
  { t }: Words,
) {
  const moves = panels
    .map(({ channel, revenue }) => ({ channel, gain: sumWeek(revenue.slice(-WEEK)) - sumWeek(revenue.slice(0, WEEK)) }))
    .sort((a, b) => b.gain - a.gain);
  const up = moves[0];
  const down = moves.at(-1);
  if (days < 2 * WEEK || up === undefined || down === undefined || up.gain <= 0 || down.gain >= 0) {
    return t("overview.smallSentenceShort");
  }
  return t("overview.smallSentence", { up: strong(up.channel), down: strong(down.channel) });
}

/** One small panel a channel, largest credit first, all on one scale of money. The table holds every channel. */
export function prepareChannelsByDay(
  overview: Overview,
  range: DateRange,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): ChannelsByDay {
  const { t, format } = words;
  const { channels, revenues } = orderChannels(overview);
  const bookedDays = new Set(overview.daily.flatMap((day) => (day.revenue === null ? [] : [day.date])));
  const all = channels.map((row, index): ChannelPanel => {
    const rows = overview.dailyByChannel.filter((day) => day.channel === row.channel);
    const revenue = prepareDenseSeries(rows, range, (day) => amountOrGap(day.revenue)).map((day) =>
      // On a day with bookings, a channel without a row was credited nothing; its spend is unknown all the same.
      day.value === null && bookedDays.has(day.date) ? { date: day.date, value: 0 } : day,
    );
    const spend = prepareDenseSeries(row.spend === null ? [] : rows, range, (day) => amountOrGap(day.spend));
    const revenueTotal = format.money(revenues[index] ?? "0");
    const spendTotal = row.spend === null ? null : format.money(row.spend);
    const print = (value: number | null | undefined) =>
      value === null || value === undefined ? t("chart.missing") : format.money(value);
    return {
      channel: row.channel,
      hue: hues.get(row.channel),
      revenue,
      spend,
      revenueTotal,
      spendTotal,
      label: t("words.titled", {
        title: row.channel,
        text: `${t("overview.legendRevenue")} ${revenueTotal}, ${t("overview.legendSpend")} ${spendTotal ?? t("words.none")}.`,
      }),
      readout: (day) => ({
        title: format.weekday(revenue[day]?.date ?? range.from),
        lines: [
          { label: t("words.creditedRevenue"), value: print(revenue[day]?.value), hue: hues.get(row.channel) },
          ...(row.spend === null ? [] : [{ label: t("words.spend"), value: print(spend[day]?.value) }]),
        ],
      }),
    };
  });
  const panels = all.slice(0, MOST_PANELS);
  const sentence = writeSentence(all, countDays(range), words);
  const largest = Math.max(0, ...panels.flatMap((panel) => [largestOf(panel.revenue), largestOf(panel.spend)]));
  const days = panels[0]?.revenue.map((day) => day.date) ?? [];
  return {
    label: plainText(sentence),
    caption: t("overview.smallCaption"),
    sentence,
    days,
    panels,
    domain: zeroBasedDomain(largest),
    shownOf:
      all.length > panels.length
        ? t("overview.smallOf", { shown: format.count(panels.length), all: format.count(all.length) })
        : null,
    table: {
      columns: [
        { label: t("words.date"), isNumeric: false },
        ...all.map((panel) => ({ label: panel.channel, isNumeric: true })),
      ],
      rows: days.map((date, index) => ({
        id: date,
        cells: [
          format.weekday(date),
          ...all.map((panel) => {
            const value = panel.revenue[index]?.value ?? null;
            return value === null ? t("chart.missing") : format.amount(value);
          }),
        ],
      })),
    },
  };
}
