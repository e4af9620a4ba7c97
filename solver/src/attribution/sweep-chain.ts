import { ModelError } from "../model-error.ts";
import type { WindowChain } from "./window-chain.ts";

/** Sweeps end when no state grows by more than this, relative to itself: a few units in the last place. */
export const SETTLED = 1e-15;
export const MOST_SWEEPS = 10_000;

/**
 * What a walk from each state is expected to collect, where stepping out of state s brings reward[s] / leaving[s]. Solves
 *
 *     x[s] = (reward[s] + sum over t of weight[s, t] x[t]) / leaving[s]
 *
 * by Gauss-Seidel from zero, successors before the states that lead to them, so that a part without a loop is right after
 * one sweep. All terms are positive and every sweep only adds, so each state is right relative to its own size, however
 * small: the relative error is at most SETTLED times the mean number of steps of the walks that collect anything.
 * @param order the states in the order of a sweep, as `successorsFirst` gives it; states not in it stay 0
 * @throws ModelError when the sweeps do not settle, which takes journeys of thousands of steps on average
 */
export function sweepRewards(chain: WindowChain, order: Uint32Array, rewards: Float64Array): Float64Array {
  const { rowOffsets, next, weights, leaving } = chain;
  const x = new Float64Array(chain.stateCount);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let growth = 0;
    for (let turn = 0; turn < order.length; turn++) {
      const state = order[turn]!;
      let sum = rewards[state]!;
      const end = rowOffsets[state + 1]!;
      for (let entry = rowOffsets[state]!; entry < end; entry++) sum += weights[entry]! * x[next[entry]!]!;
      const grown = sum / leaving[state]!;
      if (grown > x[state]!) growth = Math.max(growth, (grown - x[state]!) / grown);
      x[state] = grown;
    }
    if (growth <= SETTLED) return x;
  }
  throw unsettled();
}

export function unsettled(): ModelError {
  return new ModelError(
    `The chain did not settle in ${MOST_SWEEPS} sweeps: its journeys go round for thousands of steps; use order 1, which is solved directly.`,
  );
}

/** The states that can be reached, each after those that it leads to where there is no loop (depth first, last left first). */
export function successorsFirst({ stateCount, rowOffsets, next, starts }: WindowChain): Uint32Array {
  const order: number[] = [];
  const seen = new Uint8Array(stateCount);
  const cursor = rowOffsets.slice(0, stateCount);
  for (let root = 0; root < stateCount; root++) {
    if (starts[root] === 0 || seen[root] === 1) continue;
    seen[root] = 1;
    const stack = [root];
    while (stack.length > 0) {
      const state = stack[stack.length - 1]!;
      if (cursor[state]! === rowOffsets[state + 1]!) {
        order.push(state);
        stack.pop();
        continue;
      }
      const following = next[cursor[state]!++]!;
      if (seen[following] === 1) continue;
      seen[following] = 1;
      stack.push(following);
    }
  }
  return Uint32Array.from(order);
}
