import { curveValue, scaleCurve } from "../../response/curve-families.ts";
import type { DrawsProgramme } from "./compile-draws.ts";

/** Units in which a programme's numbers are near 1: `money` of spend, `response` of response, `value` of objective. */
export interface DrawsScale {
  readonly money: number;
  readonly response: number;
  readonly value: number;
}

/** @param reach how far each channel could go */
export function scaleOfDraws({ programme, draws, count }: DrawsProgramme, reach: Float64Array): DrawsScale {
  let money = reach.reduce((most, one) => Math.max(most, one), 0);
  for (const { members, coefficients, sense, value } of programme.rows) {
    const isTotal = members.length === reach.length && coefficients.every((one) => one === 1);
    if (isTotal && sense !== ">=") money = Math.min(money, value);
  }
  if (!(money > 0)) money = 1;
  let response = 0;
  let value = 0;
  for (const [i, most] of reach.entries()) {
    const x = Math.min(most, Math.max(programme.lower[i]!, money / reach.length));
    let mean = 0;
    for (const curve of draws[i]!) mean += curveValue(curve, x) / count;
    response += mean;
    value += programme.worth[i]! * mean;
  }
  return { money, response: response > 0 ? response : 1, value: value > 0 ? value : 1 };
}

/** Spend is counted in `money`, response in `response` and the objective in `value`. */
export function scaleDraws(draws: DrawsProgramme, { money, response, value }: DrawsScale): DrawsProgramme {
  const { programme } = draws;
  return {
    ...draws,
    base: draws.base.map((one) => one / value),
    draws: draws.draws.map((curves) => curves.map((curve) => scaleCurve(curve, money, response))),
    programme: {
      ...programme,
      worth: programme.worth.map((one) => (one * response) / value),
      cost: programme.cost.map((one) => (one * money) / value),
      lower: programme.lower.map((one) => one / money),
      upper: programme.upper.map((one) => one / money),
      rows: programme.rows.map((row) => ({ ...row, value: row.value / money })),
      returns: programme.returns.map((row) => ({
        ...row,
        cost: row.cost.map((one) => (one * money) / response),
        value: row.value / response,
      })),
    },
  };
}
