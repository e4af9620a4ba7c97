import type { FinanceSettings } from "../../contract/index.ts";

/** By the year to by the month: twelve months compound to the year. */
export function monthlyRate(yearly: number): number {
  return (1 + yearly) ** (1 / 12) - 1;
}

/**
 * What 1 that is paid over months is worth today: the sum of share k over (1 + monthly rate)^k.
 * Law: at a rate of 0 it is the sum of the shares; a higher rate never makes it more.
 */
export function presentValueOf(shares: readonly number[], yearly: number): number {
  const rate = monthlyRate(yearly);
  return shares.reduce((sum, share, month) => sum + share / (1 + rate) ** month, 0);
}

/**
 * By month, what 1 of its booked revenue is worth today, by the mix of its conversion types; null where nothing is paid over time.
 * The model credits all types together, so that a channel's mix is taken to be the month's.
 */
export function worthByMonth(
  booked: readonly { readonly month: string; readonly conversionType: string; readonly revenue: string }[],
  { paymentsOverTime, discountRate }: FinanceSettings,
): ReadonlyMap<string, number> | null {
  if (paymentsOverTime.length === 0) return null;
  const worth = new Map(
    paymentsOverTime.map(({ conversionType, shares }) => [conversionType, presentValueOf(shares, discountRate)]),
  );
  const months = new Map<string, { now: number; all: number }>();
  for (const { month, conversionType, revenue } of booked) {
    const sum = months.get(month) ?? { now: 0, all: 0 };
    const amount = Math.max(0, Number(revenue));
    sum.now += amount * (worth.get(conversionType) ?? 1);
    sum.all += amount;
    months.set(month, sum);
  }
  return new Map([...months].map(([month, { now, all }]) => [month, all > 0 ? now / all : 1]));
}
