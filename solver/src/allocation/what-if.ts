import type { Engines } from "../linear/index.ts";
import { type Allocation, allocate } from "./allocate.ts";
import type { AllocationProblem } from "./problem.ts";

/** One channel held at one spend and the others planned anew; the numbers are null where the limits allow no plan. */
export interface WhatIfPoint {
  readonly spend: number;
  readonly value: number | null;
  /** What moving the next unit of spend into this channel is worth, the others giving way to it */
  readonly marginal: number | null;
  readonly allocation: Allocation;
}

/**
 * The best plan for every spend of one channel. The channel's own bounds and change limit give way: the question is what
 * lies beyond them.
 * Law: the value is concave in the spend, highest at the channel's spend in the best plan if that is within its bounds.
 */
export function whatIf(
  problem: AllocationProblem,
  channel: string,
  spends: readonly number[],
  engines?: Engines,
): WhatIfPoint[] {
  const at = problem.channels.findIndex(({ name }) => name === channel);
  return spends.map((spend) => {
    const held = { lower: spend, upper: spend, current: spend };
    const channels = problem.channels.map((one, i) => (i === at ? { ...one, ...held } : one));
    const allocation = allocate({ ...problem, channels }, engines);
    if (allocation.status !== "optimal") return { spend, value: null, marginal: null, allocation };
    return { spend, value: allocation.objectiveValue, marginal: allocation.duals.reducedCost[at] ?? null, allocation };
  });
}
