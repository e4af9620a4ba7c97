import type { Fact, Finding } from "../contract/index.ts";
import { ImportKindName } from "../contract/index.ts";
import type { Answers } from "./answers.ts";
import { type Judged, judge, percentOf, type Thresholds } from "./finding.ts";

/** Kinds are stored as text; a row of another one would be of a newer version. */
const feedOf = (row: { source: string; kind: string }) => ({
  source: row.source,
  kind: ImportKindName.parse(row.kind),
});

function judgeRefused({ refused, ledger }: Answers, thresholds: Thresholds): Finding[] {
  const received = new Map(ledger.map((row) => [`${row.kind} ${row.source}`, row.received]));
  const shares = refused.map((row): Judged => {
    // A ledger that is gone or counts less cannot make a share of more than everything.
    const all = Math.max(row.rows, received.get(`${row.kind} ${row.source}`) ?? 0);
    const share = percentOf(row.rows, all);
    return {
      figure: share,
      subject: feedOf(row),
      facts: {
        ...{ share: { percent: share }, feed: feedOf(row), rows: { count: row.rows }, received: { count: all } },
        reason: { text: row.reasons[0]?.[0] ?? "" },
      },
    };
  });
  const counted = (fault: "future" | "negative" | "currency") =>
    refused.map(
      (row): Judged => ({
        figure: row[fault],
        subject: feedOf(row),
        facts: { feed: feedOf(row), rows: { count: row[fault] } },
      }),
    );
  return [
    ...judge("rejected-rows", thresholds, shares),
    ...judge("future-events", thresholds, counted("future")),
    ...judge("negative-values", thresholds, counted("negative")),
    ...judge("unknown-currency", thresholds, counted("currency")),
  ];
}

function judgeDuplicates({ ledger }: Answers, thresholds: Thresholds): Finding[] {
  const shares = ledger
    .filter(({ recentReceived }) => recentReceived > 0)
    .map((row): Judged => {
      const share = percentOf(row.recentDuplicates, row.recentReceived);
      return {
        figure: share,
        subject: feedOf(row),
        facts: {
          ...{ share: { percent: share }, feed: feedOf(row) },
          ...{ rows: { count: row.recentDuplicates }, received: { count: row.recentReceived } },
        },
      };
    });
  return judge("duplicates", thresholds, shares);
}

function judgeLate({ late, lateHours }: Answers, thresholds: Thresholds): Finding[] {
  const shares = late.map((row): Judged => {
    const share = percentOf(row.late, row.rows);
    return {
      figure: share,
      subject: feedOf(row),
      facts: {
        ...{ share: { percent: share }, feed: feedOf(row) },
        ...{ hours: { hours: lateHours }, latest: { hours: Math.round(row.latestHours) } },
      },
    };
  });
  return judge("late-events", thresholds, shares, { facts: { hours: { hours: lateHours } } });
}

function judgeBalance({ unbalanced }: Answers, thresholds: Thresholds): Finding[] {
  const off = unbalanced.map(
    (row): Judged => ({
      figure: Math.abs(row.received - row.accounted),
      subject: { ...feedOf(row), importId: row.importId },
      facts: {
        ...{ import: { text: `${row.importId} (${row.file})` }, feed: feedOf(row) },
        ...{ received: { count: row.received }, accounted: { count: row.accounted } },
      },
    }),
  );
  return judge("balance", thresholds, off);
}

/**
 * Rows that the imports stored and that are not there. What has expired is gone by right; how many rows an erased person had is known
 * to nobody any more, so then a difference is only to be watched. Rows too many, or rows of no import, never explain themselves.
 */
function judgeStored({ stored }: Answers, thresholds: Thresholds): Finding[] {
  const off = stored.map((row): Judged => {
    const there = row.found + row.stray;
    const missing = row.stored - row.found;
    const unexplained = missing > 0 ? Math.max(0, missing - row.expirable) + row.stray : row.stray - missing;
    const isExplained = missing > row.expirable && row.stray === 0 && row.erasedPersons > 0;
    const facts: Record<string, Fact> = {
      kind: { kind: row.kind },
      stored: { count: row.stored },
      found: { count: there },
    };
    if (!isExplained) return { figure: unexplained, subject: { kind: row.kind }, facts };
    return {
      figure: unexplained,
      subject: { kind: row.kind },
      severity: "watch",
      says: "explained",
      facts: { ...facts, expired: { count: row.expirable }, erased: { count: row.erasedPersons } },
    };
  });
  return judge("stored-rows", thresholds, off);
}

/** What the ledger of imports and the refused rows say. */
export function judgeLedger(answers: Answers, thresholds: Thresholds): Finding[] {
  return [
    ...judgeRefused(answers, thresholds),
    ...judgeDuplicates(answers, thresholds),
    ...judgeLate(answers, thresholds),
    ...judgeBalance(answers, thresholds),
    ...judgeStored(answers, thresholds),
  ];
}
