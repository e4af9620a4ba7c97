import type { BreakdownFigures, BreakdownSort } from "../contract/index.ts";
import { sumKnown, sumOf } from "../exact.ts";
import { roasOf } from "../roas.ts";

/** What adds up over rows. */
export interface Amounts {
  readonly spend: string | null;
  readonly impressions: number | null;
  readonly clicks: number | null;
  readonly touches: number | null;
  readonly conversions: string;
  readonly revenue: string;
  readonly incremental: { readonly conversions: string; readonly revenue: string } | null;
  readonly claimedConversions: string | null;
  readonly claimedRevenue: string | null;
}

export const NO_AMOUNTS: Amounts = {
  ...{ spend: null, impressions: null, clicks: null, touches: null, conversions: "0", revenue: "0" },
  ...{ incremental: null, claimedConversions: null, claimedRevenue: null },
};

function countKnown(counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}

/** Law: rows in whatever order give the same sums, to the last digit. */
export function addAmounts(list: readonly Amounts[]): Amounts {
  const incremental = list.flatMap((each) => (each.incremental === null ? [] : [each.incremental]));
  return {
    spend: sumKnown(list.map(({ spend }) => spend)),
    impressions: countKnown(list.map(({ impressions }) => impressions)),
    clicks: countKnown(list.map(({ clicks }) => clicks)),
    touches: countKnown(list.map(({ touches }) => touches)),
    conversions: sumOf(list.map(({ conversions }) => conversions)),
    revenue: sumOf(list.map(({ revenue }) => revenue)),
    incremental:
      incremental.length === 0
        ? null
        : {
            conversions: sumOf(incremental.map(({ conversions }) => conversions)),
            revenue: sumOf(incremental.map(({ revenue }) => revenue)),
          },
    claimedConversions: sumKnown(list.map(({ claimedConversions }) => claimedConversions)),
    claimedRevenue: sumKnown(list.map(({ claimedRevenue }) => claimedRevenue)),
  };
}

/** What one conversion cost; null without spend or conversions. */
function costOf(conversions: string, spend: string | null): number | null {
  return spend === null || !(Number(conversions) > 0) ? null : Number(spend) / Number(conversions);
}

/** The same with what is worked out from it. */
export function figuresOf(
  { claimedConversions, claimedRevenue, ...amounts }: Amounts,
  interval: BreakdownFigures["interval"] = null,
): BreakdownFigures {
  const { spend, incremental } = amounts;
  return {
    ...amounts,
    interval,
    claimed: claimedConversions === null ? null : { conversions: claimedConversions, revenue: claimedRevenue },
    roas: roasOf(amounts.revenue, spend),
    iroas: incremental === null ? null : roasOf(incremental.revenue, spend),
    cpa: costOf(amounts.conversions, spend),
    icpa: incremental === null ? null : costOf(incremental.conversions, spend),
  };
}

/** A model's interval of a channel's conversions, in both measures: in money at what one conversion of the channel brings. */
export function intervalOf(
  interval: { readonly level: number; readonly low: number; readonly high: number } | null | undefined,
  { incremental }: Amounts,
  booked: { readonly conversions: string; readonly revenue: string },
): BreakdownFigures["interval"] {
  if (!interval || incremental === null || !(interval.high > 0)) return null;
  const of = Number(incremental.conversions) > 0 ? incremental : booked;
  const each = Number(of.conversions) > 0 ? Number(of.revenue) / Number(of.conversions) : 0;
  const { level, low, high } = interval;
  return { level, conversions: [low, high], revenue: [low * each, high * each] };
}

/** What rows are put in order by; null comes last, whatever the direction. */
export function sortFigure(figures: BreakdownFigures, sort: BreakdownSort): number | null {
  const numberOf = (amount: string | null | undefined) =>
    amount === null || amount === undefined ? null : Number(amount);
  switch (sort) {
    case "incrementalRevenue":
      return numberOf(figures.incremental?.revenue);
    case "incrementalConversions":
      return numberOf(figures.incremental?.conversions);
    case "claimedRevenue":
      return numberOf(figures.claimed?.revenue);
    case "claimedConversions":
      return numberOf(figures.claimed?.conversions);
    case "spend":
    case "revenue":
    case "conversions":
      return numberOf(figures[sort]);
    default:
      return figures[sort];
  }
}
