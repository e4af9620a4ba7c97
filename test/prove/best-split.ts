import { sum } from "./market/draws.ts";

/** Steps of money begin at this share of the budget and are halved down to the last. */
const FIRST_STEP = 0.125;
const LAST_STEP = 2e-5;
const MOST_SWEEPS = 200;

export interface SplitProblem {
  /** What a split is worth. */
  readonly worth: (spend: ArrayLike<number>) => number;
  /** Today's spend by channel: the best split spends as much in total. */
  readonly today: ArrayLike<number>;
  /** Channels that keep today's spend. */
  readonly held: readonly boolean[];
}

/**
 * The split of today's total that is worth most: money moves between pairs of channels, in smaller and smaller steps, as
 * long as that gains. A concave and differentiable worth has one best split, and this finds it; where it is not concave the
 * best of three beginnings is taken.
 * Law: never worth less than today, and held channels stay.
 */
export function findBestSplit(problem: SplitProblem): Float64Array {
  const today = Float64Array.from(problem.today);
  const free = [...today.keys()].filter((i) => !problem.held[i]);
  const movable = sum(free.map((i) => today[i]!));
  if (free.length < 2 || movable <= 0) return today;
  const starts = [today, ...[spreadEvenly, leanToStrong].map((start) => start(problem, today, free, movable))];
  const found = starts.map((start) => climb(problem.worth, start, free, movable));
  return found.reduce((best, one) => (problem.worth(one) > problem.worth(best) ? one : best));
}

function spreadEvenly(_: SplitProblem, today: Float64Array, free: readonly number[], movable: number): Float64Array {
  const spend = today.slice();
  for (const i of free) spend[i] = movable / free.length;
  return spend;
}

/** In proportion to what is lost without each channel. */
function leanToStrong(
  { worth }: SplitProblem,
  today: Float64Array,
  free: readonly number[],
  movable: number,
): Float64Array {
  const all = worth(today);
  const loss = free.map((i) => Math.max(0, all - worth(today.map((spend, c) => (c === i ? 0 : spend)))));
  const total = sum(loss);
  const spend = today.slice();
  if (total > 0) for (const [at, i] of free.entries()) spend[i] = (movable * loss[at]!) / total;
  return spend;
}

function climb(
  worth: SplitProblem["worth"],
  start: Float64Array,
  free: readonly number[],
  movable: number,
): Float64Array {
  const spend = start.slice();
  let value = worth(spend);
  for (let step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const before = value;
      for (const from of free) for (const to of free) value = tryMove(worth, spend, value, from, to, step * movable);
      if (value <= before) break;
    }
  }
  return spend;
}

/** Moves money if that gains. @returns what the split is worth then */
function tryMove(
  worth: SplitProblem["worth"],
  spend: Float64Array,
  value: number,
  from: number,
  to: number,
  step: number,
): number {
  const amount = Math.min(step, spend[from]!);
  if (from === to || amount <= 0) return value;
  const [had, got] = [spend[from]!, spend[to]!];
  spend[from] = had - amount;
  spend[to] = got + amount;
  const moved = worth(spend);
  if (moved > value) return moved;
  spend[from] = had;
  spend[to] = got;
  return value;
}
