import type { Fact, Finding } from "../contract/index.ts";
import type { Answers } from "./answers.ts";
import { type Judged, judge, percentOf, type Thresholds, thresholdOf, writeSentence } from "./finding.ts";
import { correctTouchedShare } from "./touched-share.ts";
import { LEVEL } from "./wilson.ts";

function judgeTypes({ types, books }: Answers, thresholds: Thresholds): Finding[] {
  const zeroes = types
    .filter(({ conversions, zeroes: none }) => conversions > 0 && none < conversions)
    .map((row): Judged => {
      const share = percentOf(row.zeroes, row.conversions);
      return {
        figure: share,
        subject: { conversionType: row.conversionType },
        facts: {
          ...{ share: { percent: share }, type: { text: row.conversionType } },
          ...{ rows: { count: row.zeroes }, all: { count: row.conversions } },
        },
      };
    });
  const sources = types
    .filter(({ conversionType }) => books[conversionType] === undefined)
    .map(
      (row): Judged => ({
        figure: row.sources.length,
        subject: { conversionType: row.conversionType },
        facts: {
          type: { text: row.conversionType },
          sources: { text: row.sources.map((source) => (source === "" ? "unnamed source" : source)).join(", ") },
        },
      }),
    );
  return [...judge("zero-values", thresholds, zeroes), ...judge("no-book", thresholds, sources)];
}

function judgePlatforms({ platform }: Answers, thresholds: Thresholds): Finding[] {
  const claimed = platform.reduce((sum, day) => sum + Number(day.platformConversions), 0);
  const booked = platform.reduce((sum, day) => sum + day.bookedConversions, 0);
  const [first, last] = [platform[0], platform.at(-1)];
  if (first === undefined || last === undefined || claimed === 0)
    return judge("platform-claims", thresholds, [], { says: "none" });
  const share = percentOf(claimed, Math.max(1, booked));
  const facts: Record<string, Fact> = {
    ...{ share: { percent: share }, claimed: { count: Math.round(claimed) }, booked: { count: booked } },
    ...{ from: { day: first.date }, to: { day: last.date } },
  };
  return judge(
    "platform-claims",
    thresholds,
    [{ figure: share, subject: { from: first.date, to: last.date }, facts }],
    { facts },
  );
}

function judgeOrphans({ orphans }: Answers, thresholds: Thresholds): Finding[] {
  const rows = orphans.map(
    (row): Judged => ({
      figure: row.adjustments,
      subject: { source: row.source, kind: "adjustments" },
      facts: {
        ...{ rows: { count: row.adjustments }, feed: { source: row.source, kind: "adjustments" } },
        ...{ amount: { money: row.amount }, example: { text: row.example } },
      },
    }),
  );
  return judge("orphan-adjustments", thresholds, rows);
}

function judgeIdentities({ identities }: Answers, thresholds: Thresholds): Finding[] {
  const links = identities.map(
    ({ refusedLinks }): Judged => ({ figure: refusedLinks, subject: {}, facts: { links: { count: refusedLinks } } }),
  );
  const devices = identities.map((row): Judged => {
    const all = row.visitors + row.sharedVisitors;
    const share = percentOf(row.sharedVisitors, all);
    return {
      figure: share,
      subject: {},
      facts: { share: { percent: share }, devices: { count: row.sharedVisitors }, all: { count: all } },
    };
  });
  return [...judge("refused-links", thresholds, links), ...judge("shared-devices", thresholds, devices)];
}

function judgeTouched({ touched }: Answers, thresholds: Thresholds): Finding[] {
  const share = correctTouchedShare(touched);
  if (share === null) return judge("touched-share", thresholds, [], { says: "unknown" });
  const { corrected, observed, interval } = share;
  const [low, high] = [100 * interval.low, 100 * interval.high];
  const facts: Record<string, Fact> = {
    ...{ corrected: { percent: 100 * corrected }, observed: { percent: 100 * observed } },
    ...{ low: { percent: low }, high: { percent: high } },
  };
  const said = { facts, interval: { level: LEVEL, low, high } };
  return judge("touched-share", thresholds, [{ figure: 100 * corrected, subject: {}, ...said }], said);
}

function judgeBots({ busy, refused }: Answers, thresholds: Thresholds): Finding[] {
  const crowd: Judged = {
    figure: busy.mostOnOneDay,
    subject: {},
    facts: {
      ...{ visitors: { count: busy.visitors }, touches: { count: busy.touches }, most: { count: busy.mostOnOneDay } },
      channels: { text: busy.channels.join(", ") },
    },
  };
  const threshold = thresholdOf(thresholds, "bots");
  // What was refused as a bot is dealt with: it is told, and nothing has to be done.
  const told = refused
    .filter(({ bot }) => bot > 0)
    .map((row): Finding => {
      const { source } = row;
      const kind = row.kind as NonNullable<Finding["subject"]["kind"]>;
      const facts: Record<string, Fact> = { feed: { source, kind }, rows: { count: row.bot } };
      return {
        ...{ rule: "bots", severity: "ok", subject: { source, kind }, figure: null, threshold, unit: "touches a day" },
        ...{ sentence: writeSentence("bots", "refused", facts), says: "refused", facts },
      };
    });
  return [...judge("bots", thresholds, busy.visitors === 0 ? [] : [crowd]), ...told];
}

/** What conversions, the visitors behind them, and the platforms beside them say. */
export function judgeBookings(answers: Answers, thresholds: Thresholds): Finding[] {
  return [
    ...judgeTypes(answers, thresholds),
    ...judgePlatforms(answers, thresholds),
    ...judgeOrphans(answers, thresholds),
    ...judgeIdentities(answers, thresholds),
    ...judgeTouched(answers, thresholds),
    ...judgeBots(answers, thresholds),
  ];
}
