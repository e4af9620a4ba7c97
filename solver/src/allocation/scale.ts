import { powerOfTwo } from "../power-of-two.ts";
import { curveValue, scaleCurve } from "../response/curve-families.ts";
import type { Multipliers } from "./certificate.ts";
import type { Programme } from "./programme.ts";

/**
 * Units in which a programme's numbers are near 1: `money` of spend, `response` of response, `value` of objective, and one
 * unit a row, return and stock, in which its prices are counted too. All are powers of two, so that scaling rounds nothing.
 */
export interface Scale {
  readonly money: number;
  readonly response: number;
  readonly value: number;
  readonly rows: readonly number[];
  readonly returns: readonly number[];
  readonly stocks: readonly number[];
}

export function scaleOf(programme: Programme, reach: Float64Array): Scale {
  const { curves, lower, worth, cost } = programme;
  let ceiling = 0;
  for (const bound of reach) ceiling += bound;
  for (const { members, coefficients, sense, value } of programme.rows)
    if (members.length === reach.length && sense !== ">=" && coefficients.every((one) => one === 1))
      ceiling = Math.min(ceiling, value);
  const money = powerOfTwo(ceiling);
  let response = 0;
  curves.forEach((curve, i) => {
    response += curveValue(curve, Math.min(reach[i]!, Math.max(lower[i]!, money / reach.length)));
  });
  response = powerOfTwo(response);
  return {
    money,
    response,
    value: powerOfTwo(largest(worth) * response || largest(cost) * money),
    rows: programme.rows.map(({ coefficients }) => powerOfTwo(largest(coefficients) * money)),
    returns: programme.returns.map((row) => powerOfTwo(largest(row.gain) * response || largest(row.cost) * money)),
    stocks: programme.stocks.map(({ use }) => powerOfTwo(largest(use) * response)),
  };
}

/** The same programme in the units of the scale. */
export function scaleProgramme(programme: Programme, scale: Scale): Programme {
  const { money, response, value } = scale;
  return {
    ...programme,
    curves: programme.curves.map((curve) => scaleCurve(curve, money, response)),
    worth: programme.worth.map((one) => (one / value) * response),
    cost: programme.cost.map((one) => (one / value) * money),
    lower: programme.lower.map((bound) => bound / money),
    upper: programme.upper.map((bound) => bound / money),
    rows: programme.rows.map((row, r) => ({
      ...row,
      coefficients: row.coefficients.map((one) => (one / scale.rows[r]!) * money),
      value: row.value / scale.rows[r]!,
    })),
    returns: programme.returns.map((row, k) => ({
      ...row,
      gain: row.gain.map((one) => (one / scale.returns[k]!) * response),
      cost: row.cost.map((one) => (one / scale.returns[k]!) * money),
      value: row.value / scale.returns[k]!,
    })),
    stocks: programme.stocks.map((row, q) => ({
      ...row,
      use: row.use.map((one) => (one / scale.stocks[q]!) * response),
      value: row.value / scale.stocks[q]!,
    })),
  };
}

/** Prices of the scaled programme in the units of the original. */
export function unscalePrices({ rows, returns, stocks }: Multipliers, scale: Scale): Multipliers {
  return {
    rows: rows.map((price, r) => (price * scale.value) / scale.rows[r]!),
    returns: returns.map((price, k) => (price * scale.value) / scale.returns[k]!),
    stocks: stocks.map((price, q) => (price * scale.value) / scale.stocks[q]!),
  };
}

function largest(numbers: Iterable<number>): number {
  let most = 0;
  for (const one of numbers) most = Math.max(most, Math.abs(one));
  return most;
}
