import { curveValue } from "../../response/curve-families.ts";
import type { OptimalAllocation } from "../allocate.ts";
import type { AllocationProblem } from "../problem.ts";

/**
 * The problem with its channels in an order that neither their names nor their places decide, so that the search takes the
 * same way and ends with the same plan. Units of response change nothing in it.
 * @returns places: for each sorted channel where it stood
 */
export function inOwnOrder(problem: AllocationProblem): { sorted: AllocationProblem; places: number[] } {
  const { channels } = problem;
  const size =
    channels.reduce((most, { upper, current, lower }) => Math.max(most, upper ?? 0, current ?? 0, lower), 0) || 1;
  const keys = channels.map(({ curve, lower, upper, minimumIfOn, step, current }) => [
    curveValue(curve, size),
    curveValue(curve, size / 16),
    lower,
    upper ?? Number.POSITIVE_INFINITY,
    minimumIfOn ?? 0,
    step ?? 0,
    current ?? 0,
  ]);
  const places = [...channels.keys()].sort((a, b) => {
    const at = keys[a]!.findIndex((key, k) => key !== keys[b]![k]);
    return at < 0 ? a - b : keys[b]![at]! - keys[a]![at]!;
  });
  return { sorted: { ...problem, channels: places.map((i) => channels[i]!) }, places };
}

/** The plan with its channels back where they stood. */
export function inOrderOf(allocation: OptimalAllocation, places: readonly number[]): OptimalAllocation {
  const back = (sorted: Float64Array) => {
    const numbers = new Float64Array(sorted.length);
    for (const [at, place] of places.entries()) numbers[place] = sorted[at]!;
    return numbers;
  };
  const { spend, response, marginal, duals } = allocation;
  return {
    ...allocation,
    spend: back(spend),
    response: back(response),
    marginal: back(marginal),
    duals: { ...duals, reducedCost: back(duals.reducedCost) },
  };
}
