/**
 * A chain of n states that every walk leaves in the end, factored so that questions about its walks are sums of
 * positive terms. With weights w[i][j] from state i to state j and exits e[i] out of the chain, the factored matrix is
 *
 *     A[i][i] = e[i] + sum of w[i][j] over j other than i          A[i][j] = -w[i][j]
 *
 * Each step takes one state out and sends what went through it on to where it would have gone: w[i][j] grows by
 * w[i][k] x w[k][j] / pivot. The pivot is summed anew from what leaves the state and never subtracted, so there is no
 * cancellation and no need to exchange rows: all results are good to about n units in the last place each, relative,
 * however long the walks are. Ordinary LU with partial pivoting loses the digits of a chain that goes round a billion
 * times before it ends.
 * Source: Grassmann, Taksar and Heyman 1985; O'Cinneide 1993 for the error.
 */
export interface EliminatedChain {
  readonly size: number;
  /** Row-major; above the diagonal what each state sends to those taken out later, below it w[i][k] / pivot[k]. */
  readonly factors: Float64Array;
  readonly pivots: Float64Array;
}

/**
 * @param weights n x n, row-major; the diagonal is not read, because a step that stays where it is decides nothing
 * @param exits what leaves the chain from each state
 * The caller sees to it that the chain can be left from every state: then no pivot is 0.
 */
export function eliminateStates(weights: Float64Array, exits: Float64Array): EliminatedChain {
  const size = exits.length;
  const factors = Float64Array.from(weights);
  const leaving = Float64Array.from(exits);
  const pivots = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    let pivot = leaving[k]!;
    for (let j = k + 1; j < size; j++) pivot += factors[k * size + j]!;
    pivots[k] = pivot;
    for (let i = k + 1; i < size; i++) {
      const factor = factors[i * size + k]! / pivot;
      factors[i * size + k] = factor;
      if (factor === 0) continue;
      leaving[i]! += factor * leaving[k]!;
      for (let j = k + 1; j < size; j++) factors[i * size + j]! += factor * factors[k * size + j]!;
    }
  }
  return { size, factors, pivots };
}

/** Solves A x = rewards: what a walk from each state collects, where `rewards[i]` is exit weight times reward. */
export function expectedReward(chain: EliminatedChain, rewards: Float64Array): Float64Array {
  const collected = Float64Array.from(rewards);
  substitute(chain, collected, 0);
  return collected;
}

/** Solves A' x = starts: expected visits to each state, divided by the weight that leaves the state. */
export function expectedVisits({ size, factors, pivots }: EliminatedChain, starts: Float64Array): Float64Array {
  const visits = Float64Array.from(starts);
  for (let i = 0; i < size; i++) {
    visits[i]! /= pivots[i]!;
    for (let j = i + 1; j < size; j++) visits[j]! += factors[i * size + j]! * visits[i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = 0; k < i; k++) visits[k]! += factors[i * size + k]! * visits[i]!;
  }
  return visits;
}

/** Diagonal of the inverse of A: expected visits of a walk to the state that it starts in, divided as in `expectedVisits`. */
export function expectedReturns(chain: EliminatedChain): Float64Array {
  const column = new Float64Array(chain.size);
  return chain.pivots.map((_, state) => {
    column.fill(0);
    column[state] = 1;
    substitute(chain, column, state);
    return column[state]!;
  });
}

/** Forward, then backward substitution in place, for a right-hand side that is 0 before `first`; x is right from `first` on. */
function substitute({ size, factors, pivots }: EliminatedChain, x: Float64Array, first: number): void {
  for (let i = first + 1; i < size; i++) {
    let sum = x[i]!;
    for (let k = first; k < i; k++) sum += factors[i * size + k]! * x[k]!;
    x[i] = sum;
  }
  for (let i = size - 1; i >= first; i--) {
    let sum = x[i]!;
    for (let j = i + 1; j < size; j++) sum += factors[i * size + j]! * x[j]!;
    x[i] = sum / pivots[i]!;
  }
}
