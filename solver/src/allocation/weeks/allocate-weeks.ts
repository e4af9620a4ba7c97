import type { Engines } from "../../linear/index.ts";
import { isConcave } from "../../response/curve-families.ts";
import { compileWeeks, type WeeksProgramme } from "./compile-weeks.ts";
import { conflictOfWeeks } from "./conflict-of-weeks.ts";
import { evaluateWeeks } from "./evaluate-weeks.ts";
import { ceilingOfWeeks, climbWeeks, type JudgedWeeks } from "./maximise-weeks.ts";
import type { OptimalWeeks, WeeksAllocation, WeeksBinding, WeeksLimit, WeeksProblem } from "./problem.ts";
import { rulesOf } from "./rules.ts";
import { tangentWeeks } from "./tangent-programme.ts";

const ACCEPTED_GAP = 1e-8;
const ACCEPTED_BREACH = 1e-9;
/** A limit is called binding when the plan is this close to it, relative to the limit. */
const BINDING = 1e-9;

/**
 * The best spend by channel and week within the limits, with its proof. Newton's method from inside the limits finds it; where
 * its proof does not close (straight curves, limits that leave hardly any room) linear programmes over tangents do.
 * Laws: one week without carry-over is `allocate`; a looser limit never lowers the optimum; a currency changes nothing but the
 * scale; the order of channels changes nothing but the order.
 * @throws RangeError for lists that are not as long as the weeks they are about: that is an error of the caller
 */
export function allocateWeeks(problem: WeeksProblem, engines: Engines): WeeksAllocation {
  refuseUneven(problem);
  const bent = problem.channels.find(({ curve }) => !isConcave(curve));
  if (bent !== undefined)
    return { status: "stopped", reason: `the curve of ${bent.name} is S-shaped: plans by week take concave curves` };
  const programme = compileWeeks(problem, rulesOf(problem));
  const ceiling = ceilingOfWeeks(programme);
  const endless = ceiling.indexOf(Number.POSITIVE_INFINITY);
  if (endless >= 0) {
    const { name } = problem.channels[Math.floor(endless / problem.weeks)]!;
    return {
      status: "stopped",
      reason: `nothing stops the spend of ${name}: give a total, a maximum or a price of spend`,
    };
  }
  const crossed = programme.lower.some((bound, cell) => bound > programme.upper[cell]!);
  const best = crossed ? null : bestOf(programme, ceiling, engines);
  if (best !== null) return describe(problem, programme, best);
  const { conflict, repairs } = conflictOfWeeks(problem, engines);
  return conflict.length > 0
    ? { status: "infeasible", conflict, repairs }
    : { status: "stopped", reason: "no plan could be proved to be the best" };
}

function bestOf(programme: WeeksProgramme, ceiling: Float64Array, engines: Engines): JudgedWeeks | null {
  const accepted = ({ gap, feasibility }: JudgedWeeks) =>
    Math.abs(gap) <= ACCEPTED_GAP && feasibility <= ACCEPTED_BREACH;
  const climbed = climbWeeks(programme, ceiling);
  if (accepted(climbed)) return climbed;
  const linear = tangentWeeks(programme, ceiling, engines);
  return linear !== null && accepted(linear) ? linear : null;
}

function describe(problem: WeeksProblem, programme: WeeksProgramme, best: JudgedWeeks): OptimalWeeks {
  const { weeks, channels } = problem;
  const { spend, prices, reducedCost } = best;
  const byChannel = (cells: Float64Array) => channels.map((_, i) => cells.slice(i * weeks, (i + 1) * weeks));
  const priceOf = (matches: (limit: WeeksLimit, week: number | undefined) => boolean) =>
    programme.rows.reduce((sum, { limit, week }, r) => (matches(limit, week) ? sum + prices[r]! : sum), 0);
  const weekly = Float64Array.from({ length: weeks }, (_, t) =>
    priceOf(({ type }, week) => week === t && (type === "weekly_min" || type === "weekly_max")),
  );
  const has = (type: string) => problem.constraints.some((constraint) => constraint.type === type);
  const { weeklyTotal, response, carryInValue, afterHorizon } = evaluateWeeks(problem, byChannel(spend));
  return {
    status: "optimal",
    spend: byChannel(spend),
    weeklyTotal,
    response,
    objectiveValue: best.value,
    carryInValue,
    afterHorizon,
    duals: {
      budget: has("total_spend") ? priceOf(({ type }) => type === "total_spend") : null,
      weekly,
      reducedCost: byChannel(reducedCost),
    },
    certificate: {
      upperBound: best.bound,
      gap: best.gap,
      feasibility: best.feasibility,
      steps: best.steps,
      passes: best.passes,
    },
    binding: bindingLimits(problem, programme, best),
  };
}

function bindingLimits(
  { channels, weeks }: WeeksProblem,
  programme: WeeksProgramme,
  { spend, prices, reducedCost }: JudgedWeeks,
): WeeksBinding[] {
  const near = (amount: number, bound: number) => Math.abs(amount - bound) <= BINDING * Math.abs(bound);
  const binding: WeeksBinding[] = [];
  for (const [cell, x] of spend.entries()) {
    const place = { week: cell % weeks, channel: channels[Math.floor(cell / weeks)]!.name };
    const price = reducedCost[cell]!;
    const by = price > 0 ? programme.upperBy[cell] : programme.lowerBy[cell];
    const bound = price > 0 ? programme.upper[cell]! : programme.lower[cell]!;
    if (by !== null && by !== undefined && price !== 0 && near(x, bound)) binding.push({ limit: by, ...place, price });
  }
  for (const [r, { limit, week, channel }] of programme.rows.entries()) {
    if (prices[r] === 0) continue;
    const place = { ...(week === undefined ? {} : { week }), ...(channel === undefined ? {} : { channel }) };
    binding.push({ limit, ...place, price: prices[r]! });
  }
  return binding;
}

function refuseUneven({ weeks, season, channels, constraints }: WeeksProblem): void {
  const refuse = (what: string, length: number): never => {
    throw new RangeError(`${what} has ${length} numbers for ${weeks} planned and ${season.length} counted weeks`);
  };
  if (season.length < weeks) refuse("the season", season.length);
  const check = (what: string, list: unknown, length: number) => {
    if (Array.isArray(list) && list.length !== length) refuse(what, list.length);
  };
  for (const { name, lower, upper, season: own, costIndex } of channels) {
    check(`the lower bound of ${name}`, lower, weeks);
    check(`the upper bound of ${name}`, upper, weeks);
    check(`the cost index of ${name}`, costIndex, weeks);
    check(`the season of ${name}`, own, season.length);
  }
  for (const one of constraints) {
    if (one.type !== "weekly_spend" && one.type !== "group_weekly_spend") continue;
    check(`the minimum of ${one.type}`, one.min, weeks);
    check(`the maximum of ${one.type}`, one.max, weeks);
  }
}
