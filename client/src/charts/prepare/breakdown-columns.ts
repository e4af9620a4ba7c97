import type { BreakdownFigures, BreakdownRow, BreakdownSort, Marginals, ModelName } from "@touchline/server/contract";
import type { CellUnit } from "./chart-model.ts";

/** The columns that a reader can choose, in the order in which they stand. */
export const COLUMNS = [
  "spend",
  "shareOfSpend",
  "impressions",
  "clicks",
  "touches",
  "cpm",
  "cpc",
  "conversions",
  "revenue",
  "shareOfCredit",
  "roas",
  "cpa",
  "incrementalConversions",
  "incrementalRevenue",
  "iroas",
  "icpa",
  "mroas",
  "claimedConversions",
  "claimedRevenue",
] as const;
export type ColumnId = (typeof COLUMNS)[number];

/** The incremental model's credit is the incremental one: it stands there once. */
export function defaultColumns(model: ModelName): ColumnId[] {
  return model === "incremental"
    ? ["spend", "conversions", "incrementalRevenue", "iroas", "icpa", "mroas", "claimedRevenue"]
    : ["spend", "conversions", "revenue", "roas", "cpa", "incrementalRevenue", "iroas", "mroas"];
}

export const UNIT_OF: Readonly<Record<ColumnId, CellUnit>> = {
  ...{ spend: "money", shareOfSpend: "percent", impressions: "count", clicks: "count", touches: "count" },
  ...{ cpm: "money", cpc: "money", conversions: "count", revenue: "money", shareOfCredit: "percent", roas: "ratio" },
  ...{ cpa: "money", incrementalConversions: "count", incrementalRevenue: "money", iroas: "ratio", icpa: "money" },
  ...{ mroas: "ratio", claimedConversions: "count", claimedRevenue: "money" },
};

/** Less of these is better. */
export const IS_COST: ReadonlySet<ColumnId> = new Set(["cpm", "cpc", "cpa", "icpa"]);
/** More of these is neither good nor bad. */
export const IS_NEUTRAL: ReadonlySet<ColumnId> = new Set([
  ...["spend", "shareOfSpend", "impressions", "clicks", "touches", "claimedConversions", "claimedRevenue"],
] as ColumnId[]);
/** Amounts that add up over rows, and are rounded so that they do in print. */
export const ADDS_UP: Readonly<Partial<Record<ColumnId, number>>> = {
  ...{ spend: 0, revenue: 0, incrementalRevenue: 0, claimedRevenue: 0 },
  ...{ conversions: 1, incrementalConversions: 1, claimedConversions: 1 },
};

/** What the server chooses the first rows by; what it does not know is put in order here. */
export function serverSort(sort: ColumnId | "name"): BreakdownSort {
  switch (sort) {
    case "shareOfSpend":
    case "mroas":
    case "cpm":
    case "cpc":
    case "name":
      return "spend";
    case "shareOfCredit":
      return "revenue";
    default:
      return sort;
  }
}

export interface Whole {
  readonly spend: string | null;
  readonly revenue: string;
}

const per = (spend: string | null, count: number | null, size: number) =>
  spend === null || !count ? null : (Number(spend) / count) * size;
const shareIn = (amount: string | null, whole: string | null) =>
  amount === null || whole === null || Number(whole) === 0 ? null : Number(amount) / Number(whole);

/** A figure of a row: exact amounts as text. */
export function figureIn(
  column: ColumnId,
  figures: BreakdownFigures,
  whole: Whole,
  marginal: Marginals["rows"][number] | undefined,
): number | string | null {
  const { incremental, claimed } = figures;
  switch (column) {
    case "shareOfSpend":
      return shareIn(figures.spend, whole.spend);
    case "shareOfCredit":
      return shareIn(figures.revenue, whole.revenue);
    case "cpm":
      return per(figures.spend, figures.impressions, 1000);
    case "cpc":
      return per(figures.spend, figures.clicks, 1);
    case "incrementalConversions":
      return incremental?.conversions ?? null;
    case "incrementalRevenue":
      return incremental?.revenue ?? null;
    case "claimedConversions":
      return claimed?.conversions ?? null;
    case "claimedRevenue":
      return claimed?.revenue ?? null;
    case "mroas":
      return marginal?.marginalRoas ?? null;
    default:
      return figures[column];
  }
}

/** The interval of an incremental figure, in its own measure; null where there is none. */
export function spanIn(
  column: ColumnId,
  { interval, spend }: BreakdownFigures,
  marginal: Marginals["rows"][number] | undefined,
): { readonly low: number; readonly high: number } | null {
  if (column === "mroas") return marginal === undefined ? null : { low: marginal.low, high: marginal.high };
  if (interval === null) return null;
  const cost = Number(spend ?? 0);
  const [conversions, revenue] = [interval.conversions, interval.revenue];
  switch (column) {
    case "incrementalConversions":
      return { low: conversions[0], high: conversions[1] };
    case "incrementalRevenue":
      return { low: revenue[0], high: revenue[1] };
    case "iroas":
      return cost > 0 ? { low: revenue[0] / cost, high: revenue[1] / cost } : null;
    case "icpa":
      return cost > 0 && conversions[0] > 0 ? { low: cost / conversions[1], high: cost / conversions[0] } : null;
    default:
      return null;
  }
}

/** The name of a row: what it is of at its own level. */
export function nameOfRow({ channel, campaign, creative, value }: BreakdownRow, level: string): string {
  if (level === "channel") return channel;
  if (level === "campaign") return campaign;
  return level === "creative" ? creative : value;
}
