import { countDays, shiftDay } from "../../calendar-days.ts";
import type { RebalancingCheck } from "../../contract/index.ts";
import type { SilentChannel } from "./channel-silent.ts";
import type { Feed, Watched } from "./watched.ts";
import { checkOf } from "./words.ts";

const KINDS = ["touchpoints", "conversions", "spend"];
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** A source that has said nothing for so long has ended; what it said stays. As data health has it. */
const ENDED_AFTER_HOURS = 90 * DAY_HOURS;
/** Pauses of these days are a source's habit where there were so many of them. */
const HABIT_DAYS = 90;
const FEWEST_PAUSES = 3;
/** Another source took the place of one that began so many days before it ended. */
const OVERLAP_DAYS = 7;

interface Aged {
  readonly feed: Feed;
  readonly hours: number;
  readonly limit: number;
}

/**
 * Sources that have said nothing for too long. A source that comes in once a week is given its longest usual pause on top, one that another
 * has taken the place of is not waited for, and neither is one whose channels were all paused.
 */
export function judgeStale(
  watched: Watched,
  silent: readonly SilentChannel[],
  staleAfterHours: number,
  areConversionsJudged: boolean,
): RebalancingCheck[] {
  const aged = watched.simulated ? [] : agesOf(watched, staleAfterHours);
  const alive = aged.filter(({ hours }) => hours <= ENDED_AFTER_HOURS);
  const stale = alive.filter(
    (each) =>
      each.hours > each.limit &&
      !isReplaced(each, alive) &&
      !isPaused(watched, each.feed, silent) &&
      !(areConversionsJudged && each.feed.kind === "conversions"),
  );
  const blocked = stale
    .sort((a, b) => b.hours - a.hours)
    .map(({ feed: { source, kind, lastDay }, hours, limit }) =>
      checkOf("stale-source", "blocked", {
        ...{ says: "stale", source, kind, newest: lastDay },
        ...{ hours: Math.floor(hours), limitHours: limit },
      }),
    );
  const missing = watched.simulated ? [] : missingSpend(watched, silent, staleAfterHours);
  if (blocked.length + missing.length > 0) return [...blocked, ...missing];
  const oldest = alive.filter((each) => each.hours <= each.limit).sort((a, b) => b.hours - a.hours)[0];
  if (oldest === undefined) return [checkOf("stale-source", "passed", { says: "ended" })];
  const { source, kind } = oldest.feed;
  return [
    checkOf("stale-source", "passed", {
      ...{ says: "fine", sources: alive.length, source, kind },
      ...{ hours: Math.floor(oldest.hours), limitHours: oldest.limit },
    }),
  ];
}

/** Hours that have really passed, whatever clocks did: a night of 25 hours has 25. */
function agesOf({ feeds, now }: Watched, staleAfterHours: number): Aged[] {
  return feeds
    .filter(({ kind }) => KINDS.includes(kind))
    .map((feed) => ({
      feed,
      hours: Math.max(0, (now.getTime() - Date.parse(feed.newestRowAt)) / HOUR_MS),
      limit: staleAfterHours + DAY_HOURS * usualPause(feed),
    }));
}

/** The second longest pause of the last months: the longest may have been an outage. */
function usualPause({ gaps, lastDay }: Feed): number {
  const since = shiftDay(lastDay, -HABIT_DAYS);
  const pauses = gaps.filter(([from]) => from >= since).map(([from, to]) => countDays(from, to));
  return pauses.length < FEWEST_PAUSES ? 0 : pauses.sort((a, b) => b - a)[1]!;
}

function isReplaced({ feed }: Aged, alive: readonly Aged[]): boolean {
  return alive.some(
    (other) =>
      other.feed.kind === feed.kind &&
      other.hours <= other.limit &&
      other.feed.lastDay > feed.lastDay &&
      other.feed.firstDay >= shiftDay(feed.lastDay, -OVERLAP_DAYS),
  );
}

function isPaused({ spend }: Watched, { kind, source, lastDay }: Feed, silent: readonly SilentChannel[]): boolean {
  if (kind !== "spend") return false;
  const since = shiftDay(lastDay, -28);
  const channels = new Set(
    spend.filter((row) => row.source === source && row.cost > 0 && row.date > since).map(({ channel }) => channel),
  );
  const isSilent = (name: string) => silent.some(({ channel, isMissing }) => channel === name && !isMissing);
  return channels.size > 0 && [...channels].every(isSilent);
}

/** Channels whose touches go on without spend, while other channels' spend comes in. */
function missingSpend(
  { today, now, feeds }: Watched,
  silent: readonly SilentChannel[],
  limitHours: number,
): RebalancingCheck[] {
  const newest = Math.max(
    ...feeds.filter(({ kind }) => kind === "spend").map(({ newestRowAt }) => Date.parse(newestRowAt)),
  );
  const lag = Math.max(0, (now.getTime() - newest) / HOUR_MS);
  return silent
    .filter(({ isMissing }) => isMissing)
    .map(({ channel, lastDay, sources }) => {
      // By the calendar: a day is a day, however many hours its clock had.
      const hours = Math.max(lag, DAY_HOURS * (countDays(lastDay, today) - 2));
      return { channel, lastDay, sources, hours };
    })
    .filter(({ hours }) => hours >= limitHours)
    .map(({ channel, lastDay, sources, hours }) =>
      checkOf(
        "stale-source",
        "blocked",
        {
          ...{ says: "spend-missing", source: sources[0] ?? "", kind: "spend", newest: lastDay },
          ...{ hours: Math.floor(hours), limitHours },
        },
        channel,
      ),
    );
}
