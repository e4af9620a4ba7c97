import { curveValue } from "../../response/curve-families.ts";
import { atWork, compileWeeks } from "./compile-weeks.ts";
import type { OptimalWeeks, WeeksProblem } from "./problem.ts";
import { worthOfWeeks } from "./weeks-bound.ts";

/** What a plan by week is worth, whoever made it. */
export type WeeksValue = Pick<
  OptimalWeeks,
  "weeklyTotal" | "response" | "objectiveValue" | "carryInValue" | "afterHorizon"
>;

/** @param spend by channel, one number a planned week; whether it keeps any limit is not asked */
export function evaluateWeeks(problem: WeeksProblem, spend: readonly Float64Array[]): WeeksValue {
  const { weeks, season, channels } = problem;
  const programme = compileWeeks(problem, []);
  const cells = Float64Array.from(spend.flatMap((one) => [...one]));
  const weeklyTotal = new Float64Array(weeks);
  for (const [cell, x] of cells.entries()) weeklyTotal[cell % weeks]! += x;
  const work = atWork(programme, cells);
  return {
    weeklyTotal,
    response: channels.map(({ curve, season: own }, i) =>
      work[i]!.map((at, t) => season[t]! * (own?.[t] ?? 1) * curveValue(curve, at)),
    ),
    objectiveValue: worthOfWeeks(programme, cells),
    carryInValue: worthOfWeeks(programme, new Float64Array(cells.length)),
    afterHorizon: afterHorizon(problem, cells),
  };
}

/** Response to the planned spend in the weeks after the last counted one, each at the last season that is known. */
function afterHorizon(problem: WeeksProblem, cells: Float64Array): number {
  const { weeks, season, channels } = problem;
  const longest = channels.reduce((most, { kernel }) => Math.max(most, kernel.length), 1);
  const further = Math.max(0, weeks + longest - 1 - season.length);
  if (further === 0) return 0;
  const prolong = (list: readonly number[]) => [...list, ...Array.from({ length: further }, () => list.at(-1)!)];
  const longer = {
    ...problem,
    objective: {},
    season: prolong(season),
    channels: channels.map(({ season: own, ...channel }) =>
      own === undefined ? channel : { ...channel, season: prolong(own) },
    ),
  };
  const programme = compileWeeks(longer, []);
  const work = atWork(programme, cells);
  let response = 0;
  for (const [i, { curve, worth, base }] of programme.channels.entries())
    for (let t = season.length; t < worth.length; t++)
      response += worth[t]! * (curveValue(curve, work[i]![t]!) - curveValue(curve, base[t]!));
  return response;
}
