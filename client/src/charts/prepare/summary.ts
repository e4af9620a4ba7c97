import type { DateRange, Overview, Totals } from "@touchline/server/contract";
import { countDays, previousRange } from "../../app/date-range.ts";
import { strong, unitName, type Words } from "../../i18n/words.ts";

export type Direction = "up" | "down" | "same";

export interface Change {
  readonly direction: Direction;
  /** "+6.2%", with its sign. */
  readonly text: string;
  /** "higher", "lower", "unchanged". */
  readonly word: string;
}

export interface Tile {
  readonly id: "revenue" | "spend" | "conversions" | "roas";
  readonly label: string;
  readonly value: string;
  /** Null where there is nothing to compare with. */
  readonly change: Change | null;
  /** More spend is neither good nor bad; more of the others is good. */
  readonly isGoodWhen: "up" | null;
}

export interface Summary {
  readonly headline: string;
  readonly sub: string | null;
  readonly tiles: readonly Tile[];
  readonly comparedWith: string | null;
}

/** Below a twentieth of a per cent a change prints as 0.0 %: it is no change. */
const SMALLEST_CHANGE = 0.0005;

function directionOf(share: number): Direction {
  if (Math.abs(share) < SMALLEST_CHANGE) return "same";
  return share > 0 ? "up" : "down";
}

/** Relative change; null where there was nothing before, because no percentage describes that. */
function relativeChange(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before - 1;
}

function describeChange(share: number | null, { t, format }: Words): Change | null {
  if (share === null) return null;
  const direction = directionOf(share);
  return { direction, text: format.percentChange(direction === "same" ? 0 : share), word: t(`change.${direction}`) };
}

function writeHeadline(totals: Totals, change: number | null, days: number, words: Words): string {
  const { t, format } = words;
  if (Number(totals.revenue) === 0) return t("overview.headlineNothing");
  const revenue = strong(format.money(totals.revenue));
  const count = format.count(days);
  if (change === null) {
    return days === 1
      ? t("overview.headlineOneDay", { revenue })
      : t("overview.headlineAlone", { revenue, days: count });
  }
  const before = days === 1 ? t("overview.beforeDay") : t("overview.beforeDays", { days: count });
  const figures = { revenue, change: strong(format.percent(Math.abs(change))), before };
  switch (directionOf(change)) {
    case "up":
      return t("overview.headlineMore", figures);
    case "down":
      return t("overview.headlineLess", figures);
    case "same":
      return t("overview.headlineSame", figures);
  }
}

function writeSub(totals: Totals, previous: Totals | null, words: Words): string | null {
  const { t, format } = words;
  if (totals.roas === null) return null;
  const figures = {
    spend: format.money(totals.spend),
    roas: format.money(totals.roas, 2),
    unit: unitName(words),
  };
  const change = previous === null ? null : relativeChange(Number(totals.spend), Number(previous.spend));
  if (change === null || previous === null || previous.roas === null) return t("overview.subAlone", figures);
  const compared = { ...figures, change: format.percent(Math.abs(change)), before: format.money(previous.roas, 2) };
  return change >= 0 ? t("overview.subMore", compared) : t("overview.subLess", compared);
}

/** The first thing the page says: the headline, and four figures against the days before. */
export function prepareSummary(overview: Overview, range: DateRange, words: Words): Summary {
  const { t, format } = words;
  const { totals, previous } = overview;
  const change = (figure: "revenue" | "spend" | "conversions") =>
    relativeChange(Number(totals[figure]), previous === null ? null : Number(previous[figure]));
  const before = previousRange(range);
  return {
    headline: writeHeadline(totals, change("revenue"), countDays(range), words),
    sub: writeSub(totals, previous, words),
    comparedWith: previous === null ? null : t("change.versus", { range: format.range(before.from, before.to) }),
    tiles: [
      {
        id: "revenue",
        label: t("words.revenue"),
        value: format.money(totals.revenue),
        change: describeChange(change("revenue"), words),
        isGoodWhen: "up",
      },
      {
        id: "spend",
        label: t("words.spend"),
        value: format.money(totals.spend),
        change: describeChange(change("spend"), words),
        isGoodWhen: null,
      },
      {
        id: "conversions",
        label: t("words.conversions"),
        value: format.count(totals.conversions),
        change: describeChange(change("conversions"), words),
        isGoodWhen: "up",
      },
      {
        id: "roas",
        label: t("words.roas"),
        value: totals.roas === null ? t("words.none") : format.roas(totals.roas),
        change: describeChange(relativeChange(totals.roas, previous?.roas ?? null), words),
        isGoodWhen: "up",
      },
    ],
  };
}
