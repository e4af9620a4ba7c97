import type { Engines } from "../linear/index.ts";
import { sum } from "../sum.ts";
import { type Allocation, allocate } from "./allocate.ts";
import type { AllocationProblem, Constraint } from "./problem.ts";

/** The best plan at one budget; the numbers are null where the limits allow none. */
export interface BudgetPoint {
  readonly budget: number;
  readonly value: number | null;
  readonly spend: number | null;
  readonly response: number | null;
  /** Response per unit of spend; null where nothing is spent */
  readonly roas: number | null;
  /** What the next unit of budget is worth: the slope of the frontier */
  readonly marginal: number | null;
  readonly allocation: Allocation;
}

/**
 * The best plan at every budget, other limits as they are.
 * Law: over budgets at which a plan exists the value is concave, and rises wherever money need not be spent.
 */
export function frontier(problem: AllocationProblem, budgets: readonly number[], engines?: Engines): BudgetPoint[] {
  return budgets.map((budget) => {
    const allocation = allocate(withBudget(problem, budget), engines);
    if (allocation.status !== "optimal")
      return { budget, value: null, spend: null, response: null, roas: null, marginal: null, allocation };
    const spend = sum(allocation.spend);
    const response = sum(allocation.response);
    const roas = spend > 0 ? response / spend : null;
    const { objectiveValue: value, duals } = allocation;
    return { budget, value, spend, response, roas, marginal: duals.budget, allocation };
  });
}

export interface Sweep {
  /** The last budget is the one at which the next unit is worth no more than this; above 0 */
  readonly marginalFloor: number;
  readonly points: number;
  /** The last budget where the marginal worth never falls to the floor */
  readonly mostBudget: number;
}

/** The frontier from 0 to where money is not worth spending, closer together where it bends most. */
export function sweep(problem: AllocationProblem, options: Sweep, engines?: Engines): BudgetPoint[] {
  const { marginalFloor, points, mostBudget } = options;
  const { objective } = problem;
  const spend_weight = objective.spend_weight - marginalFloor;
  const end = allocate(
    {
      ...withBudget(problem, mostBudget, "<="),
      objective: { ...objective, type: "target_mroi", spend_weight },
    },
    engines,
  );
  const last = end.status === "optimal" ? sum(end.spend) : mostBudget;
  const budgets = Array.from({ length: points }, (_, k) => last * (k / Math.max(1, points - 1)) ** 2);
  return frontier(problem, budgets, engines);
}

/** The problem with another total; the sense is that of its own total, or at most. */
export function withBudget(problem: AllocationProblem, budget: number, sense?: "=" | "<="): AllocationProblem {
  const own = problem.constraints.find((one) => one.type === "total_spend");
  const total: Constraint = { type: "total_spend", sense: sense ?? own?.sense ?? "<=", value: budget };
  const others = problem.constraints.filter((one) => one !== own);
  return { ...problem, constraints: [total, ...others] };
}
