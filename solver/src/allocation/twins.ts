import type { Programme } from "./programme.ts";

/** Channels that nothing in the programme tells apart, where there is more than one. */
export function findTwins({ curves, worth, cost, lower, upper, rows, returns, stocks }: Programme): number[][] {
  const alike = new Map<string, number[]>();
  curves.forEach((curve, i) => {
    const inRows = rows.flatMap(({ members, coefficients }, r) => {
      const t = members.indexOf(i);
      return t < 0 ? [] : [[r, coefficients[t]]];
    });
    const inReturns = returns.map(({ gain, cost }) => [gain[i], cost[i]]);
    const inStocks = stocks.map(({ use }) => use[i]);
    const own = [curve, worth[i], cost[i], lower[i], String(upper[i])];
    const key = JSON.stringify([own, inRows, inReturns, inStocks]);
    alike.set(key, [...(alike.get(key) ?? []), i]);
  });
  return [...alike.values()].filter((channels) => channels.length > 1);
}

/**
 * Twins get the same amount: by concavity the average is worth no less, and every limit on sums is kept. The simplex alone
 * would favour whichever comes first.
 */
export function averageTwins(twins: readonly number[][], amounts: Float64Array): Float64Array {
  for (const alike of twins) {
    const mean = alike.reduce((sum, i) => sum + amounts[i]!, 0) / alike.length;
    for (const i of alike) amounts[i] = mean;
  }
  return amounts;
}
