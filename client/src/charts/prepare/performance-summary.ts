import type { ModelName, Overview, OverviewDay, OverviewTotals } from "@touchline/server/contract";
import { countDays } from "../../app/date-range.ts";
import { strong, unitName, type Words } from "../../i18n/words.ts";
import { type Change, type Direction, describeChange, directionOf, relativeChange } from "./change.ts";

export const TILES = ["spend", "revenue", "credited", "roas", "iroas", "cpa"] as const;
export type TileId = (typeof TILES)[number];

export interface PerformanceTile {
  readonly id: TileId;
  readonly label: string;
  readonly value: string;
  readonly interval: string | null;
  /** Null where there is nothing to compare with. */
  readonly change: Change | null;
  /** More spend is neither good nor bad, more revenue is good, and a dearer conversion is not. */
  readonly goodWhen: Direction | null;
  /** By day; null is a gap. */
  readonly spark: readonly (number | null)[];
}

export interface PerformanceSummary {
  readonly headline: string;
  readonly sub: string | null;
  readonly tiles: readonly PerformanceTile[];
  readonly comparedWith: string | null;
}

interface Figures {
  readonly spend: number | null;
  readonly revenue: number | null;
  readonly conversions: number | null;
  readonly credited: { readonly conversions: string; readonly revenue: string } | null;
  readonly incremental: { readonly conversions: string; readonly revenue: string } | null;
}

const numberOf = (amount: string | null) => (amount === null ? null : Number(amount));
const ratio = (over: number | null, under: number | null) => (over === null || !under ? null : over / under);

function figuresOf(side: OverviewTotals | OverviewDay): Figures {
  const { spend, revenue, conversions, credited, incremental } = side;
  return {
    spend: numberOf(spend),
    revenue: numberOf(revenue),
    conversions: numberOf(conversions),
    credited,
    incremental,
  };
}

/** One figure of the tiles, of a day or of all of them. Under the incremental model credit is incremental, and ROAS is of all that was booked. */
function tileFigure(id: TileId, { spend, revenue, credited, incremental }: Figures, model: ModelName): number | null {
  const creditedRevenue = numberOf(credited?.revenue ?? null);
  switch (id) {
    case "spend":
      return spend;
    case "revenue":
      return revenue;
    case "credited":
      return creditedRevenue;
    case "roas":
      return ratio(model === "incremental" ? revenue : creditedRevenue, spend);
    case "iroas":
      return ratio(numberOf(incremental?.revenue ?? null), spend);
    case "cpa":
      return ratio(spend, numberOf(credited?.conversions ?? null));
  }
}

function printTile(id: TileId, value: number | null, exact: string | null, { t, format }: Words): string {
  if (value === null) return t("words.none");
  if (id === "roas" || id === "iroas") return format.roas(value);
  return format.money(exact ?? value, id === "cpa" ? 2 : 0);
}

const exactOf = (id: TileId, { spend, revenue, credited }: OverviewTotals): string | null =>
  id === "spend" ? spend : id === "revenue" ? revenue : id === "credited" ? credited.revenue : null;

function intervalText(
  id: TileId,
  { interval, spend }: OverviewTotals,
  model: ModelName,
  { t, format }: Words,
): string | null {
  if (interval === null) return null;
  const [low, high] = [interval.low, interval.high];
  if (id === "credited" && model === "incremental") {
    return t("performance.span", { low: format.money(low), high: format.money(high) });
  }
  if (id !== "iroas" || !(Number(spend) > 0)) return null;
  return t("performance.span", { low: format.roas(low / Number(spend)), high: format.roas(high / Number(spend)) });
}

const GOOD: Readonly<Record<TileId, Direction | null>> = {
  ...{ spend: null, revenue: "up", credited: "up", roas: "up", iroas: "up", cpa: "down" },
};

function writeHeadline(
  { now, before }: Overview,
  range: { from: string; to: string },
  model: ModelName,
  words: Words,
): string {
  const { t, format } = words;
  if (Number(now.totals.revenue) === 0) return t("performance.headlineNothing");
  const isIncremental = model === "incremental";
  const revenue = strong(format.money(now.totals.credited.revenue));
  const change = relativeChange(Number(now.totals.credited.revenue), numberOf(before?.totals.credited.revenue ?? null));
  const subject = t(isIncremental ? "performance.causedSubject" : "performance.creditedSubject", { revenue });
  if (change === null) return t("performance.headlineAlone", { subject, days: format.days(countDays(range)) });
  const figures = { subject, change: strong(format.percent(Math.abs(change))) };
  switch (directionOf(change)) {
    case "up":
      return t("performance.headlineMore", figures);
    case "down":
      return t("performance.headlineLess", figures);
    case "same":
      return t("performance.headlineSame", figures);
  }
}

function writeSub({ now, before }: Overview, words: Words): string | null {
  const { t, format } = words;
  const { spend, incremental } = now.totals;
  const back = ratio(numberOf(incremental?.revenue ?? null), Number(spend));
  if (back === null) return null;
  const figures = { spend: format.money(spend), back: format.money(back, 2), unit: unitName(words) };
  const change = relativeChange(Number(spend), numberOf(before?.totals.spend ?? null));
  const was = ratio(numberOf(before?.totals.incremental?.revenue ?? null), numberOf(before?.totals.spend ?? null));
  if (change === null || was === null) return t("performance.subAlone", figures);
  const compared = { ...figures, change: format.percent(Math.abs(change)), was: format.money(was, 2) };
  return change >= 0 ? t("performance.subMore", compared) : t("performance.subLess", compared);
}

/** The first thing that the page says: the headline, and six figures against the days compared. */
export function preparePerformanceSummary(
  overview: Overview,
  range: { from: string; to: string },
  model: ModelName,
  words: Words,
): PerformanceSummary {
  const { t, format } = words;
  const { now, before } = overview;
  const labels: Record<TileId, string> = {
    ...{ spend: t("words.spend"), revenue: t("performance.tile.booked") },
    credited: t(model === "incremental" ? "performance.tile.incremental" : "performance.tile.credited"),
    roas: t(model === "incremental" ? "performance.tile.blended" : "performance.tile.roas"),
    ...{
      iroas: t("performance.tile.iroas"),
      cpa: t(model === "incremental" ? "performance.tile.icpa" : "performance.tile.cpa"),
    },
  };
  return {
    headline: writeHeadline(overview, range, model, words),
    sub: writeSub(overview, words),
    comparedWith:
      before === null ? null : t("change.versus", { range: format.range(before.range.from, before.range.to) }),
    tiles: TILES.map((id): PerformanceTile => {
      const value = tileFigure(id, figuresOf(now.totals), model);
      const was = before === null ? null : tileFigure(id, figuresOf(before.totals), model);
      return {
        ...{ id, label: labels[id], value: printTile(id, value, exactOf(id, now.totals), words) },
        interval: intervalText(id, now.totals, model, words),
        change: describeChange(relativeChange(value, was), words),
        goodWhen: GOOD[id],
        spark: now.daily.map((day) => tileFigure(id, figuresOf(day), model)),
      };
    }),
  };
}
