import type { DateRange, Freshness } from "@touchline/server/contract";
import { addDays, countDays, overlapOf } from "../../app/date-range.ts";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { feedName } from "./findings.ts";

/** A run of days on the strip, in days from its left edge. */
export interface StripPart {
  readonly at: number;
  readonly days: number;
}

export interface SourceLine {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly newestRow: string;
  readonly newestRowAt: string;
  readonly lastImport: string;
  readonly rows: string;
  readonly rowsOfLastDay: string;
  readonly refused: string;
  readonly hasRefused: boolean;
  readonly missingDays: string;
  readonly hasGaps: boolean;
  readonly present: readonly StripPart[];
  readonly gaps: readonly StripPart[];
  readonly stripLabel: string;
}

export interface Sources {
  readonly sentence: string;
  readonly lines: readonly SourceLine[];
  readonly strip: { readonly days: number; readonly label: string };
}

const STRIP_DAYS = 90;

/** The last 90 days; where everything ended before them, the 90 days up to the last row. */
function stripRange(freshness: Freshness, today: string): DateRange {
  const last = freshness.reduce((newest, { lastDay }) => (lastDay > newest ? lastDay : newest), "");
  const to = last === "" || last > addDays(today, -STRIP_DAYS) ? today : last;
  return { from: addDays(to, 1 - STRIP_DAYS), to };
}

function partOf(days: DateRange, range: DateRange): StripPart[] {
  const seen = overlapOf(days, range);
  return seen === null ? [] : [{ at: countDays({ from: range.from, to: seen.from }) - 1, days: countDays(seen) }];
}

/** Days that the server counts as a source's own, cut at its gaps. */
function prepareStrip({ firstDay, lastDay, gaps }: Freshness[number], range: DateRange) {
  const ends = [...gaps.map(([from, to]) => ({ from, to })), { from: addDays(lastDay, 1), to: "" }];
  let begins = firstDay;
  const present = ends.flatMap((gap) => {
    const days = { from: begins, to: addDays(gap.from, -1) };
    begins = gap.to === "" ? begins : addDays(gap.to, 1);
    return partOf(days, range);
  });
  return { present, gaps: gaps.flatMap(([from, to]) => partOf({ from, to }, range)) };
}

/** Every source by kind, with when it was last heard of and a strip of its days. */
export function prepareSources(freshness: Freshness, now: Date, words: Words): Sources {
  const { t, format } = words;
  const today = now.toISOString().slice(0, 10);
  const range = stripRange(freshness, today);
  const newest = [...freshness].sort((a, b) => b.newestRowAt.localeCompare(a.newestRowAt))[0];
  const ago = (instant: string) => format.ago(new Date(Math.min(Date.parse(instant), now.getTime())), now);
  const rowsOfLastDay = freshness.reduce((sum, row) => sum + row.rowsOfLastDay, 0);
  return {
    sentence:
      newest === undefined
        ? t("data.sourcesNone")
        : t("data.sourcesSentence", {
            source: strong(feedName(newest.source, newest.kind, words)),
            ago: ago(newest.newestRowAt),
            rows: strong(format.count(rowsOfLastDay)),
          }),
    strip: {
      days: STRIP_DAYS,
      label: t("data.strip", { from: format.day(range.from), to: format.day(range.to) }),
    },
    lines: freshness.map((row) => {
      const { present, gaps } = prepareStrip(row, range);
      const missing = gaps.reduce((sum, { days }) => sum + days, 0);
      return {
        id: `${row.kind} ${row.source}`,
        source: row.source === "" ? t("data.unnamed") : row.source,
        kind: t(`data.kinds.${row.kind}`),
        newestRow: ago(row.newestRowAt),
        newestRowAt: row.newestRowAt,
        lastImport: ago(row.lastImportAt),
        rows: format.count(row.rows),
        rowsOfLastDay: format.count(row.rowsOfLastDay),
        refused: format.count(row.rejected),
        hasRefused: row.rejected > 0,
        missingDays: format.count(row.missingDays),
        hasGaps: row.missingDays > 0,
        present,
        gaps,
        stripLabel: plainText(
          t("data.stripLabel", { feed: feedName(row.source, row.kind, words), days: format.days(missing) }),
        ),
      };
    }),
  };
}
