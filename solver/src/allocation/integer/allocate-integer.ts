import type { Engines } from "../../linear/index.ts";
import { curveSlope, curveValue } from "../../response/curve-families.ts";
import { type Allocation, bindingLimits, dualsOf } from "../allocate.ts";
import { type Multipliers, objectiveValue, relativeGap, unitPrices, violation } from "../certificate.ts";
import { refusalOf } from "../compile-bounds.ts";
import { type AllocationProblem, type Limit, limitsOf } from "../problem.ts";
import { unscalePrices } from "../scale.ts";
import { type Compiled, compileTask } from "./compile-task.ts";
import { explainImpossible } from "./explain-impossible.ts";
import { finishPlan } from "./finish.ts";
import type { Found } from "./incumbent.ts";
import { inOrderOf, inOwnOrder } from "./order.ts";
import { type Searched, search } from "./search.ts";

/** Boxes that are looked into before the answer is called a local one. */
const MOST_NODES = 3000;
/** A plan that is proved to this is the best for all purposes. */
const ACCEPTED_GAP = 1e-8;
/** Where only a price stops spend, what a plan is worth at least is guessed, each time this much lower. */
const LOWER = 32;
const MOST_GUESSES = 4;

/**
 * The best split of spend where channels are all or nothing, spend in steps, or answer in an S-curve: the global optimum, or,
 * where the search was stopped at its count of nodes, the best plan found and how far it can be from it.
 * Laws: those of `allocate`, but for concavity in the budget; no plan on any grid is better.
 */
export function allocateInteger(problem: AllocationProblem, engines: Engines): Allocation {
  const refusal = refusalOf(problem);
  if (refusal !== null) return { status: "stopped", reason: refusal };
  const { sorted, places } = inOwnOrder(problem);
  const allocation = allocateSorted(sorted, engines);
  return allocation.status === "optimal" ? inOrderOf(allocation, places) : allocation;
}

type Ready = Extract<Compiled, { kind: "ok" }>;

function allocateSorted(problem: AllocationProblem, engines: Engines): Allocation {
  const limits = limitsOf(problem);
  let endless = -1;
  for (const worthwhile of guessesOf(problem, limits)) {
    const compiled = compileTask(problem, problem.objective, limits, engines, worthwhile);
    if (compiled.kind === "impossible") break;
    if (compiled.kind === "unlimited") {
      endless = compiled.channel;
      continue;
    }
    const searched = search(compiled.task, MOST_NODES);
    if (searched.best !== null && searched.best.value * compiled.scale.value >= worthwhile)
      return describe(problem, compiled, searched, finishPlan(compiled.task, searched.best));
    if (searched.best === null && !searched.finished)
      return {
        status: "stopped",
        reason: `no plan that keeps all limits was found among ${searched.nodes} parts of the problem`,
      };
    // Nothing is worth as much as was guessed
    if (worthwhile === Number.NEGATIVE_INFINITY) break;
    endless = -1;
  }
  const { conflict, repairs } = explainImpossible(problem, limits, engines);
  if (conflict.length > 0) return { status: "infeasible", conflict, repairs };
  if (endless < 0)
    return {
      status: "stopped",
      reason: "no plan keeps all limits, steps and minimums when on, and no limit alone is to blame",
    };
  const { name } = problem.channels[endless]!;
  return {
    status: "stopped",
    reason: `nothing stops the spend of ${name}: give a total, a maximum, a return floor or a price of spend`,
  };
}

/** First none; then, where spend has a price, plans that do not lose, and plans that lose ever more to meet what is asked. */
function guessesOf({ objective, channels }: AllocationProblem, limits: readonly Limit[]): number[] {
  const size = limits.reduce(
    (sum, { value }) => sum + Math.abs(value),
    channels.reduce((sum, { current }) => sum + (current ?? 0), 0),
  );
  const lower = Array.from({ length: MOST_GUESSES }, (_, guess) => -size * LOWER ** guess);
  return objective.spend_weight < 0 ? [Number.NEGATIVE_INFINITY, 0, ...lower] : [Number.NEGATIVE_INFINITY];
}

function describe(
  problem: AllocationProblem,
  { task, programme, boxes, scale }: Ready,
  searched: Searched,
  best: Found,
): Allocation {
  const spend = Float64Array.from(best.spend, (x, i) =>
    unscaled(x * scale.money, boxes[i]!, problem.channels[i]!.step),
  );
  const sold = best.sold.map((amount, i) => {
    const response = curveValue(programme.curves[i]!, spend[i]!);
    const sellsAll = amount >= curveValue(task.programme.curves[i]!, best.spend[i]!);
    return sellsAll ? response : Math.min(response, amount * scale.response);
  });
  const plan = { spend, sold };
  const isFree = spend.map((x, i) =>
    Number(problem.channels[i]!.step === undefined && x > boxes[i]!.low && x < boxes[i]!.high),
  );
  const prices = isFree.includes(1) ? unscalePrices(best.prices, scale) : withoutPrices(best.prices);
  const value = objectiveValue(programme, plan);
  const bound = Math.max(value, searched.bound * scale.value);
  const gap = relativeGap(programme, plan, bound);
  const feasibility = violation(programme, plan);
  if (feasibility > 1e-9)
    return { status: "stopped", reason: "the plan found breaks a limit once it is counted in whole units" };
  const { weight, cost } = unitPrices(programme, prices);
  const marginal = Float64Array.from(programme.curves, (curve, i) =>
    sold[i]! < curveValue(curve, spend[i]!) * (1 - 1e-9) ? 0 : curveSlope(curve, spend[i]!),
  );
  const reducedCost = marginal.map((slope, i) => (weight[i] === 0 ? 0 : weight[i]! * slope) - cost[i]!);
  const proved = { kind: "proved", ...plan, prices, value, bound, gap, feasibility, passes: searched.nodes } as const;
  const duals = dualsOf(problem, programme, proved, reducedCost);
  return {
    status: "optimal",
    spend,
    response: sold,
    objectiveValue: value,
    marginal,
    // Where every channel stands on a step or an end, one more unit of money changes nothing that a price could tell
    duals: isFree.includes(1) ? duals : { ...duals, budget: null, multiplier: null },
    certificate: {
      upperBound: bound,
      gap,
      feasibility,
      passes: searched.nodes,
      scope: searched.finished || gap <= ACCEPTED_GAP ? "global" : "local",
      crossCheck: null,
    },
    binding: bindingLimits(problem, programme, proved, reducedCost),
  };
}

/** Steps and ends are restored exactly: scaling must not land a rounding error beside them. */
function unscaled(x: number, { low, high }: Ready["boxes"][number], step: number | undefined): number {
  if (x === 0) return 0;
  if (step !== undefined) return Math.round(x / step) * step;
  return Math.min(high, Math.max(low, x));
}

function withoutPrices({ rows, returns, stocks }: Multipliers): Multipliers {
  const none = (prices: Float64Array) => new Float64Array(prices.length);
  return { rows: none(rows), returns: none(returns), stocks: none(stocks) };
}
