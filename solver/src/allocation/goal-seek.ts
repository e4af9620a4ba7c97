import type { Engines } from "../linear/index.ts";
import { sum } from "../sum.ts";
import { type Allocation, allocate, type OptimalAllocation, type StoppedAllocation } from "./allocate.ts";
import type { AllocationProblem, Constraint, Objective } from "./problem.ts";

const LEAST_SPEND: Objective = { type: "min_spend", response_weight: 0, spend_weight: -1 };
const MOST_STEPS = 40;
/** Relative rise of the return below which it has settled */
const SETTLED = 1e-12;

/** The least money that brings a response; a total of the problem is the most that may be spent. `duals.multiplier` is what one more unit of it costs. */
export function leastSpendFor(problem: AllocationProblem, target: number, engines?: Engines): Allocation {
  const constraints = problem.constraints.flatMap((one): Constraint[] => {
    if (one.type === "min_total_response") return [];
    return one.type === "total_spend" ? [{ ...one, sense: "<=" }] : [one];
  });
  const asked: Constraint = { type: "min_total_response", value: target };
  return allocate({ ...problem, objective: LEAST_SPEND, constraints: [...constraints, asked] }, engines);
}

export interface HighestRoas {
  readonly status: "reached";
  /** Response of all channels per unit of their spend: no plan within the limits has more */
  readonly roas: number;
  readonly allocation: OptimalAllocation;
}

/**
 * The highest return on all spend within the limits, one of which has to ask for spend or response: the first unit always
 * returns most. For a return R the plan is found that leaves most response over R * spend; R becomes the return of that
 * plan until it stays, and never falls (Dinkelbach 1967).
 */
export function highestRoas(
  problem: AllocationProblem,
  asked: readonly Constraint[],
  engines?: Engines,
): HighestRoas | Exclude<Allocation, OptimalAllocation> {
  const limited = { ...problem, constraints: [...problem.constraints, ...asked] };
  let roas = 0;
  let objective = LEAST_SPEND;
  for (let step = 0; step < MOST_STEPS; step++) {
    const allocation = allocate({ ...limited, objective }, engines);
    if (allocation.status !== "optimal") return allocation;
    const spend = sum(allocation.spend);
    if (!(spend > 0))
      return stopped("nothing has to be spent, and the first unit returns most: ask for a spend or a response");
    const next = sum(allocation.response) / spend;
    if (next <= roas * (1 + SETTLED)) return { status: "reached", roas: Math.max(roas, next), allocation };
    roas = next;
    objective = { type: "target_mroi", response_weight: 1, spend_weight: -roas };
  }
  return stopped("the highest return did not settle");
}

function stopped(reason: string): StoppedAllocation {
  return { status: "stopped", reason };
}
