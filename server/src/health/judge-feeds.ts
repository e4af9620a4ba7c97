import { countDays } from "../calendar-days.ts";
import type { Finding } from "../contract/index.ts";
import type { Answers } from "./answers.ts";
import { type Judged, judge, percentOf, type Thresholds } from "./finding.ts";
import { LEVEL, wilsonInterval } from "./wilson.ts";

type Feed = Answers["feeds"][number];

/** Identities and adjustments come with whatever they are about: neither their days nor their age say anything. */
const IN_DAYS: readonly Feed["kind"][] = ["touchpoints", "conversions", "spend"];
const HOUR_MS = 3_600_000;
/** A source that has said nothing for so long has ended; what it said stays. */
const ENDED_AFTER_HOURS = 90 * 24;

const feedOf = ({ source, kind }: Feed) => ({ source, kind });

function judgeGaps({ feeds }: Answers, thresholds: Thresholds): Finding[] {
  const missing = feeds
    .filter(({ kind }) => IN_DAYS.includes(kind))
    .map((feed): Judged => {
      const longest = feed.gaps.reduce<{ days: number; from: string; to: string }>(
        (best, [from, to]) => {
          const days = countDays(from, to);
          return days > best.days ? { days, from, to } : best;
        },
        { days: 0, from: feed.firstDay, to: feed.firstDay },
      );
      return {
        figure: feed.missingDays,
        subject: { ...feedOf(feed), from: longest.from, to: longest.to },
        facts: {
          ...{ feed: feedOf(feed), days: { days: feed.missingDays }, longest: { days: longest.days } },
          ...{ from: { day: longest.from }, to: { day: longest.to } },
        },
      };
    });
  return judge("gaps", thresholds, missing);
}

function judgeFreshness({ feeds, now, simulated }: Answers, thresholds: Thresholds): Finding[] {
  const ages = feeds
    .filter(({ kind }) => IN_DAYS.includes(kind))
    .map((feed) => ({ feed, age: Math.max(0, (Date.parse(now) - Date.parse(feed.newestRowAt)) / HOUR_MS) }));
  // A simulated shop delivers once and for all.
  const alive = simulated ? [] : ages.filter(({ age }) => age <= ENDED_AFTER_HOURS);
  const old = alive.map(
    ({ feed, age }): Judged => ({
      figure: age,
      subject: { ...feedOf(feed), from: feed.lastDay, to: feed.lastDay },
      facts: { feed: feedOf(feed), newest: { day: feed.lastDay }, age: { hours: Math.floor(age) } },
    }),
  );
  return judge(
    "freshness",
    thresholds,
    old,
    ages.length > 0 && alive.length === 0 && !simulated ? { says: "ended" } : {},
  );
}

function judgeVisitors({ feeds }: Answers, thresholds: Thresholds): Finding[] {
  const shares = feeds
    .filter(({ kind, recent }) => kind === "conversions" && recent > 0)
    .map((feed): Judged => {
      const share = percentOf(feed.nameless, feed.recent);
      return {
        figure: share,
        subject: feedOf(feed),
        facts: {
          ...{ share: { percent: share }, feed: feedOf(feed) },
          ...{ rows: { count: feed.nameless }, all: { count: feed.recent } },
        },
      };
    });
  return judge("no-visitor", thresholds, shares);
}

function judgeConsent({ feeds, legalBasis }: Answers, thresholds: Thresholds): Finding[] {
  const shares = feeds
    .filter(({ kind, recent }) => (kind === "touchpoints" || kind === "conversions") && recent > 0)
    .map((feed): Judged => {
      // A conversion may come without any identifier; where consent is asked for, silence is a refusal too.
      const isConsentAsked = feed.kind === "touchpoints" || legalBasis[feed.source] === "consent";
      const part = (isConsentAsked ? feed.nameless : feed.refused) / feed.recent;
      const { low, high } = wilsonInterval(part, feed.recent);
      return {
        figure: 100 * part,
        subject: feedOf(feed),
        facts: {
          ...{ share: { percent: 100 * part }, feed: feedOf(feed) },
          ...{ low: { percent: 100 * low }, high: { percent: 100 * high } },
        },
        interval: { level: LEVEL, low: 100 * low, high: 100 * high },
      };
    });
  return judge("no-consent", thresholds, shares);
}

function judgeChannels({ channels }: Answers, thresholds: Thresholds): Finding[] {
  const touchless = channels
    .filter(({ touchlessDays }) => touchlessDays > 0)
    .map(
      (row): Judged => ({
        figure: row.touchlessDays,
        subject: { channel: row.channel, from: row.touchlessFrom, to: row.touchlessTo },
        says: row.touches === 0 ? "never" : "found",
        facts: {
          ...{ channel: { text: row.channel }, days: { count: row.touchlessDays }, all: { days: row.spendDays } },
          ...{ from: { day: row.touchlessFrom }, to: { day: row.touchlessTo }, cost: { money: row.touchlessCost } },
        },
      }),
    );
  const spendless = channels
    .filter(({ spendlessDays }) => spendlessDays > 0)
    .map(
      (row): Judged => ({
        figure: row.spendlessDays,
        subject: { channel: row.channel, from: row.spendlessFrom, to: row.spendlessTo },
        facts: {
          ...{
            channel: { text: row.channel },
            days: { days: row.spendlessDays },
            touches: { count: row.spendlessTouches },
          },
          ...{ from: { day: row.spendlessFrom }, to: { day: row.spendlessTo } },
        },
      }),
    );
  return [
    ...judge("spend-without-touches", thresholds, touchless),
    ...judge("touches-without-spend", thresholds, spendless),
  ];
}

/** What the days of each source, and of each channel, say. */
export function judgeFeeds(answers: Answers, thresholds: Thresholds): Finding[] {
  return [
    ...judgeGaps(answers, thresholds),
    ...judgeFreshness(answers, thresholds),
    ...judgeVisitors(answers, thresholds),
    ...judgeConsent(answers, thresholds),
    ...judgeChannels(answers, thresholds),
  ];
}
