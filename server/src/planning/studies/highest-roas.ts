import type { Allocation, AllocationProblem } from "@touchline/solver";
import { sum } from "@touchline/solver";
import type { PlanQuestion } from "../prepare-plan.ts";
import { solvePlan } from "../solve-plan.ts";

const STEPS = 40;
const CLOSE = 1e-12;

/**
 * The plan with the highest revenue per unit of spend, spending at least so much.
 *
 * For a given return R the plan is found that maximises revenue - R * spend; R then becomes the return of that plan, until it
 * stays: each R is one that a plan has, none is lower than the one before, and at the end no plan has a higher one.
 * Source: Dinkelbach 1967, "On nonlinear fractional programming".
 */
export async function solveHighestRoas(question: PlanQuestion, minSpend: number): Promise<Allocation> {
  const { problem } = question;
  const weights = Object.fromEntries(problem.channels.map(({ name }) => [name, 1]));
  const atLeast = { type: "weighted_spend", name: "the spend asked for", weights, min: minSpend, max: null } as const;
  const constraints = [...problem.constraints, atLeast];
  let roas = 0;
  for (let step = 0; step < STEPS; step++) {
    const objective: AllocationProblem["objective"] =
      roas === 0
        ? { type: "max_response", response_weight: 1, spend_weight: 0 }
        : { type: "target_mroi", response_weight: 1, spend_weight: -roas };
    const capped =
      roas === 0 ? [...constraints, { type: "total_spend", sense: "<=", value: minSpend } as const] : constraints;
    const allocation = await solvePlan({ ...question, problem: { ...problem, objective, constraints: capped } });
    if (allocation.status !== "optimal") return allocation;
    const next = sum(allocation.response) / sum(allocation.spend);
    if (next <= roas * (1 + CLOSE)) return allocation;
    roas = next;
  }
  return { status: "stopped", reason: "the highest return was not settled" };
}
