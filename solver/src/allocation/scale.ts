import { curveValue, scaleCurve } from "../response/curve-families.ts";
import type { Programme } from "./programme.ts";

/** Units in which a programme's numbers are near 1: `money` of spend, `response` of response, `value` of objective. */
export interface Scale {
  readonly money: number;
  readonly response: number;
  readonly value: number;
}

export function scaleOf(programme: Programme, reach: Float64Array): Scale {
  let ceiling = 0;
  for (const bound of reach) ceiling += bound;
  for (const row of programme.rows)
    if (row.members.length === reach.length && row.sense !== ">=") ceiling = Math.min(ceiling, row.value);
  const money = ceiling > 0 ? ceiling : 1;
  let response = 0;
  programme.curves.forEach((curve, i) => {
    response += curveValue(curve, Math.min(reach[i]!, Math.max(programme.lower[i]!, money / reach.length)));
  });
  if (!(response > 0)) response = 1;
  return { money, response, value: response * programme.responseWeight };
}

/** The same programme with spend counted in `scale.money`, response in `scale.response` and a response weight of 1. */
export function scaleProgramme(programme: Programme, { money, response }: Scale): Programme {
  const perResponse = money / response;
  return {
    ...programme,
    curves: programme.curves.map((curve) => scaleCurve(curve, money, response)),
    responseWeight: 1,
    spendCost: (programme.spendCost / programme.responseWeight) * perResponse,
    lower: programme.lower.map((bound) => bound / money),
    upper: programme.upper.map((bound) => bound / money),
    rows: programme.rows.map((row) => ({ ...row, value: row.value / money })),
    roasFloor: programme.roasFloor * perResponse,
  };
}
