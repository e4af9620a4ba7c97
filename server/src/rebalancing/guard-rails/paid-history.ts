import { shiftDay } from "../../calendar-days.ts";
import type { FittedCurves } from "../../planning/index.ts";
import { groupsOf, seriesOf, type Watched } from "../checks/watched.ts";

const WEEK = 7;
/** Weeks over which spend should have varied. */
export const WEEKS_OF_VARIATION = 8;
/** A level that was seen on so many days is no outlier. */
const DAYS_SEEN = 3;

/** What a channel spent until now, a day. */
export interface PaidHistory {
  /** Mean of the last 7 days: what a plan changes. */
  readonly current: number;
  /** The largest spend of a day that was reached on three days, never below `current`. */
  readonly largest: number;
  /** Standard deviation of the last eight weeks over their mean; null where a week had none. */
  readonly varied: number | null;
  /** Whether the last week lay above those eight. */
  readonly isHigh: boolean;
}

/** @param to the last day of spend */
export function paidHistories({ days, spend }: Pick<Watched, "days" | "spend">, to: string): Map<string, PaidHistory> {
  const until = days.slice(0, days.indexOf(to) + 1);
  return new Map(
    [...groupsOf(spend, ({ channel }) => channel)].map(([channel, rows]) => [
      channel,
      historyOf(seriesOf(until, rows, ({ cost }) => Math.max(0, cost))),
    ]),
  );
}

function historyOf(daily: readonly number[]): PaidHistory {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const current = mean(daily.slice(-WEEK));
  const largest = daily.toSorted((a, b) => b - a)[DAYS_SEEN - 1] ?? 0;
  const weeks = Array.from({ length: WEEKS_OF_VARIATION }, (_, back) =>
    mean(daily.slice(daily.length - (back + 1) * WEEK, daily.length - back * WEEK)),
  );
  const usual = mean(weeks);
  const isWhole = daily.length >= WEEK * WEEKS_OF_VARIATION && weeks.every((week) => week > 0);
  const deviation = Math.sqrt(mean(weeks.map((week) => (week - usual) ** 2)));
  return {
    ...{ current, largest: Math.max(current, largest) },
    varied: isWhole ? deviation / usual : null,
    isHigh: weeks[0]! > usual,
  };
}

/**
 * The curves with what is spent now as today's spend: the mean of the last 7 days. After a week that followed a plan four weeks would still be
 * half of what was before, and 20 % of that no longer 20 % of anything that is spent.
 */
export function asSpentNow(curves: FittedCurves, histories: ReadonlyMap<string, PaidHistory>): FittedCurves {
  const now = <T extends { readonly channel: string; readonly currentSpend: number }>(channel: T): T => ({
    ...channel,
    currentSpend: histories.get(channel.channel)?.current ?? channel.currentSpend,
  });
  const { to } = curves.currentDays;
  return {
    ...curves,
    currentDays: { from: shiftDay(to, 1 - WEEK), to },
    channels: curves.channels.map(now),
    withoutCurve: curves.withoutCurve.map(now),
  };
}
