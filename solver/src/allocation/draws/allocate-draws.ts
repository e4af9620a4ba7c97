import type { Engines } from "../../linear/index.ts";
import { curveSlope, curveValue, isConcave } from "../../response/curve-families.ts";
import { allocate, bindingLimits, dualsOf, type InfeasibleAllocation, type StoppedAllocation } from "../allocate.ts";
import { violation } from "../certificate.ts";
import { refusalOf } from "../compile-bounds.ts";
import type { Proved } from "../maximise.ts";
import type { AllocationProblem, Limit } from "../problem.ts";
import { reducedCostsOf } from "./bound.ts";
import { cautionOf, compileDraws, type DrawsProgramme, meanProblemOf } from "./compile-draws.ts";
import { type BoundedPlan, maximiseDraws } from "./maximise-draws.ts";
import type { DrawsProblem, OptimalDrawsAllocation } from "./problem.ts";
import { responseByDraw, spreadOf } from "./spread.ts";

export type DrawsAllocation = OptimalDrawsAllocation | InfeasibleAllocation | StoppedAllocation;

const ACCEPTED_GAP = 1e-8;
const ACCEPTED_BREACH = 1e-9;

/**
 * The best plan where the curves are uncertain. For the mean the draws of a channel are one mixture and `allocate` solves it;
 * with caution the plan and the weights of the worlds are found together, and the weights then prove the plan.
 * Laws: CVaR of all worlds, caution 0 and a single draw all give the plan of the mean; more caution never raises the mean.
 * @throws RangeError when channels differ in their number of draws: that is an error of the caller
 */
export function allocateDraws(problem: DrawsProblem, engines: Engines): DrawsAllocation {
  refuseUneven(problem);
  const bent = problem.channels.find(({ draws }) => !draws.every(isConcave));
  if (bent !== undefined) return stopped(`the curves of ${bent.name} are S-shaped in some draws: use concave curves`);
  const mean = meanProblemOf(problem);
  if (cautionOf(problem).caution === 0) return allocateMean(problem, mean, engines);

  const refusal = refusalOf(mean);
  if (refusal !== null) return stopped(refusal);
  const draws = compileDraws(problem, mean);
  const stock = draws.programme.stocks[0];
  if (stock !== undefined)
    return stopped(`a cautious plan cannot keep ${nameOf(stock.limit)}: plan on the mean, or leave the cap out`);
  const best = maximiseDraws(draws);
  if (best !== null) {
    const plan = describe(problem, mean, draws, best);
    const { gap, feasibility } = plan.certificate;
    if (Math.abs(gap) <= ACCEPTED_GAP && feasibility <= ACCEPTED_BREACH) return plan;
  }
  // Limits do not depend on caution: those of the mean say whether they can be kept at all
  const other = allocate(mean, engines);
  return other.status === "optimal" ? stopped("the plan for the bad worlds could not be proved") : other;
}

function allocateMean(problem: DrawsProblem, mean: AllocationProblem, engines: Engines): DrawsAllocation {
  const plan = allocate(mean, engines);
  if (plan.status !== "optimal") return plan;
  const outcomes = responseByDraw(problem, plan.spend);
  const drawWeights = new Float64Array(outcomes.length).fill(1 / outcomes.length);
  return { ...plan, spread: spreadOf(outcomes), drawWeights };
}

function describe(
  problem: DrawsProblem,
  mean: AllocationProblem,
  draws: DrawsProgramme,
  best: BoundedPlan,
): OptimalDrawsAllocation {
  const { programme } = draws;
  const { spend, prices, value, bound } = best;
  const response = Float64Array.from(programme.curves, (curve, i) => curveValue(curve, spend[i]!));
  const reducedCost = reducedCostsOf(draws, spend, prices);
  const certificate = {
    upperBound: bound,
    gap: bound === value ? 0 : (bound - value) / sizeOf(programme, spend, value),
    feasibility: violation(programme, { spend, sold: response }),
    passes: 0,
    scope: "global" as const,
    crossCheck: null,
  };
  const proved: Proved = {
    kind: "proved",
    spend,
    sold: response,
    prices: { rows: prices.rows, returns: prices.returns, stocks: new Float64Array(0) },
    value,
    bound,
    ...certificate,
  };
  return {
    status: "optimal",
    spend,
    response,
    objectiveValue: value,
    marginal: Float64Array.from(programme.curves, (curve, i) => curveSlope(curve, spend[i]!)),
    duals: dualsOf(mean, programme, proved, reducedCost),
    certificate,
    binding: bindingLimits(mean, programme, proved, reducedCost),
    spread: spreadOf(responseByDraw(problem, spend)),
    drawWeights: prices.worlds,
  };
}

/** The value, or a thousandth of the turnover where gain and cost nearly cancel. */
function sizeOf({ cost }: DrawsProgramme["programme"], spend: Float64Array, value: number): number {
  const turnover = value + 2 * spend.reduce((sum, x, i) => sum + cost[i]! * x, 0);
  return Math.max(Math.abs(value), turnover / 1000) || 1;
}

function refuseUneven({ channels }: DrawsProblem): void {
  const count = channels[0]?.draws.length ?? 0;
  const odd = channels.find(({ draws }) => draws.length !== count || count === 0);
  if (odd !== undefined) throw new RangeError(`${odd.name} has ${odd.draws.length} draws, others have ${count}`);
}

function nameOf(limit: Limit): string {
  return "name" in limit ? `the cap ${limit.name}` : limit.type;
}

function stopped(reason: string): StoppedAllocation {
  return { status: "stopped", reason };
}
