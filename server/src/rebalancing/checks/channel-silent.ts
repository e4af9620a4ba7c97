import type { RebalancingCheck } from "../../contract/index.ts";
import { groupsOf, seriesOf, type Watched } from "./watched.ts";
import { checkOf } from "./words.ts";

/** With more than so much of the budget silent, what is left is another account. */
const MOST_OF_BUDGET = 0.5;
const FEWEST_SILENT_DAYS = 3;
/** What has not spent for so long is no part of the budget any more. */
const ENDED_AFTER_DAYS = 28;
/** Flights: what was silent so long before, and came back, may be silent again. */
const DAYS_OF_HABIT = 84;
/** Of the days before, a channel that is missed has spent on this many. */
const SPENT_ON = 0.5;
const TOUCHES_GO_ON = 0.5;
const FEWEST_TOUCHES = 20;

export interface SilentChannel {
  readonly channel: string;
  /** The last day with spend, and the one after it. */
  readonly lastDay: string;
  readonly since: string;
  readonly days: number;
  /** What it spent a day before, and of the budget. */
  readonly daily: number;
  readonly share: number;
  /** No row says that it costs nothing, and touches go on: its spend is missing rather than 0. */
  readonly isMissing: boolean;
  /** It has paused for so long before, and came back: a flight. */
  readonly isUsual: boolean;
  readonly sources: readonly string[];
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Where spend ends: the place of the last day on which any channel spent; -1 where there is none. */
export function endOfSpend(watched: Pick<Watched, "days" | "spend">): number {
  return seriesOf(watched.days, watched.spend, ({ cost }) => cost).findLastIndex((cost) => cost > 0);
}

/** Channels that spent until some days ago, while others go on. */
export function silentChannels(watched: Pick<Watched, "days" | "spend" | "touches">): SilentChannel[] {
  const { days, spend, touches } = watched;
  const end = endOfSpend(watched);
  const all = seriesOf(days, spend, ({ cost }) => cost);
  return [...groupsOf(spend, ({ channel }) => channel)].flatMap(([channel, rows]) => {
    const cost = seriesOf(days, rows, (row) => row.cost);
    const last = cost.findLastIndex((each) => each > 0);
    const silent = end - last;
    if (last < 0 || silent < FEWEST_SILENT_DAYS || silent >= ENDED_AFTER_DAYS) return [];
    const before = cost.slice(Math.max(0, last - ENDED_AFTER_DAYS + 1), last + 1);
    if (before.filter((each) => each > 0).length < SPENT_ON * ENDED_AFTER_DAYS) return [];
    const longest = longestPause(cost.slice(Math.max(0, last - DAYS_OF_HABIT + 1), last + 1));
    const seen = seriesOf(
      days,
      touches.filter((touch) => touch.channel === channel),
      (row) => row.touches,
    );
    const total = sumOf(all.slice(Math.max(0, last - ENDED_AFTER_DAYS + 1), last + 1));
    const hasRows = rows.some(({ date }) => date > days[last]!);
    return [
      {
        ...{ channel, lastDay: days[last]!, since: days[last + 1]!, days: silent },
        ...{ daily: sumOf(before) / before.length, share: total > 0 ? sumOf(before) / total : 0 },
        isMissing: !hasRows && longest < silent && goesOn(seen, last, end),
        isUsual: longest >= silent,
        sources: [...new Set(rows.map(({ source }) => source))],
      },
    ];
  });
}

function longestPause(cost: readonly number[]): number {
  let [longest, pause, begun] = [0, 0, false];
  for (const each of cost) {
    if (each > 0) {
      if (begun) longest = Math.max(longest, pause);
      [pause, begun] = [0, true];
    } else pause++;
  }
  return longest;
}

function goesOn(touches: readonly number[], last: number, end: number): boolean {
  const before = touches.slice(Math.max(0, last - ENDED_AFTER_DAYS + 1), last + 1);
  const after = touches.slice(last + 1, end + 1);
  if (sumOf(before) < FEWEST_TOUCHES) return false;
  return sumOf(after) / after.length >= (TOUCHES_GO_ON * sumOf(before)) / before.length;
}

export function judgeSilent(watched: Watched, silent: readonly SilentChannel[]): RebalancingCheck[] {
  const { currency } = watched;
  const paused = silent.filter(({ isMissing, isUsual }) => !isMissing && !isUsual);
  const share = sumOf(paused.map((each) => each.share));
  const channels = new Set(
    watched.spend
      .filter(({ date, cost }) => cost > 0 && date >= watched.days.at(-ENDED_AFTER_DAYS)!)
      .map(({ channel }) => channel),
  ).size;
  const held = paused.map(({ channel, since, days, daily, share }) =>
    checkOf(
      "channel-silent",
      "held",
      { says: "silent", since, days, daily: daily.toFixed(2), currency, share },
      channel,
    ),
  );
  if (share > MOST_OF_BUDGET)
    return [checkOf("channel-silent", "blocked", { says: "most", channels: paused.length, share }), ...held];
  return held.length > 0 ? held : [checkOf("channel-silent", "passed", { says: "fine", channels })];
}
