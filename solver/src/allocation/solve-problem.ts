import { type Engines, type LinearAnswer, solveLinearModel } from "../linear/index.ts";
import { isConcave } from "../response/curve-families.ts";
import { type Allocation, allocate } from "./allocate.ts";
import { allocateDraws, type DrawsAllocation, type DrawsProblem } from "./draws/index.ts";
import { meanOfWorst, responseByDraw } from "./draws/spread.ts";
import { allocateInteger } from "./integer/index.ts";
import type { ParsedProblem } from "./parse/index.ts";
import type { AllocationProblem } from "./problem.ts";
import { allocateWeeks, evaluateWeeks, type WeeksAllocation, type WeeksProblem } from "./weeks/index.ts";

/** The answer to a problem file, by its layout: optimal, impossible with its reasons, or stopped without a proof. */
export type ProblemAnswer =
  | { readonly layout: "one-period"; readonly allocation: Allocation }
  | { readonly layout: "frontier"; readonly points: readonly FrontierPoint[] }
  /** `flatValue`: what the plan's money would bring in equal amounts by channel and week */
  | { readonly layout: "weeks"; readonly allocation: WeeksAllocation; readonly flatValue: number | null }
  /** `cvar`: mean response in the worst share of draws that the objective speaks of; null where it speaks of none */
  | { readonly layout: "draws"; readonly allocation: DrawsAllocation; readonly cvar: number | null }
  | { readonly layout: "linear"; readonly answer: LinearAnswer };

/** A linear programme on the way to an answer may take so long. */
const LINEAR_SECONDS = 60;

export interface FrontierPoint {
  readonly budget: number;
  readonly allocation: Allocation;
}

/** Solves a problem of any layout. Pure and synchronous: the same problem has the same answer. */
export function solveProblem(parsed: ParsedProblem, engines: Engines): ProblemAnswer {
  switch (parsed.layout) {
    case "one-period":
      return { layout: "one-period", allocation: solveOnePeriod(parsed.problem, engines) };
    case "frontier": {
      const { problem, sense, budgets } = parsed;
      const points = budgets.map((budget) => {
        const total = { type: "total_spend", sense, value: budget } as const;
        const allocation = solveOnePeriod({ ...problem, constraints: [total, ...problem.constraints] }, engines);
        return { budget, allocation };
      });
      return { layout: "frontier", points };
    }
    case "draws":
      return solveDraws(parsed.problem, engines);
    case "weeks":
      return solveWeeks(parsed.problem, engines);
    case "linear":
      return { layout: "linear", answer: solveLinearModel(parsed.model, engines, { seconds: LINEAR_SECONDS }) };
  }
}

function solveDraws(problem: DrawsProblem, engines: Engines): ProblemAnswer {
  const allocation = allocateDraws(problem, engines);
  const { objective } = problem;
  const cvar =
    allocation.status === "optimal" && "alpha" in objective
      ? meanOfWorst(responseByDraw(problem, allocation.spend), objective.alpha)
      : null;
  return { layout: "draws", allocation, cvar };
}

function solveWeeks(problem: WeeksProblem, engines: Engines): ProblemAnswer {
  const allocation = allocateWeeks(problem, engines);
  if (allocation.status !== "optimal") return { layout: "weeks", allocation, flatValue: null };
  const total = allocation.weeklyTotal.reduce((sum, week) => sum + week, 0);
  const equal = total / (problem.channels.length * problem.weeks);
  const flat = problem.channels.map(() => new Float64Array(problem.weeks).fill(equal));
  return { layout: "weeks", allocation, flatValue: evaluateWeeks(problem, flat).objectiveValue };
}

/** The concave solver where it applies; S-shaped curves, all or nothing and steps need the global one. */
function solveOnePeriod(problem: AllocationProblem, engines: Engines): Allocation {
  const isConvex = problem.channels.every(
    ({ curve, minimumIfOn, step }) => isConcave(curve) && minimumIfOn === undefined && step === undefined,
  );
  return isConvex ? allocate(problem, engines) : allocateInteger(problem, engines);
}
