import { sum } from "../market/draws.ts";
import { movedShare, RAILS } from "./rails.ts";

/** Of the budget: steps of money begin here and are halved down to the last. */
const FIRST_STEP = 0.05;
const LAST_STEP = 2e-5;
const MOST_SWEEPS = 200;

export interface WeekProblem {
  /** What a split is worth. */
  readonly worth: (spend: ArrayLike<number>) => number;
  /** The split of the week before. */
  readonly from: ArrayLike<number>;
  /** Channels that stay. */
  readonly held: readonly boolean[];
}

/**
 * The split that is worth most among those that a week may go to: money moves between pairs of channels, in smaller and smaller
 * steps, as long as that gains and every rail holds.
 * Law: never worth less than the week before; every rail holds.
 */
export function findBestResponse({ worth, from, held }: WeekProblem): Float64Array {
  const start = Float64Array.from(from);
  const free = [...start.keys()].filter((i) => !held[i] && start[i]! > 0);
  const total = sum(start);
  const spend = start.slice();
  let value = worth(spend);
  const tryMove = (giver: number, taker: number, step: number): void => {
    const [had, got] = [spend[giver]!, spend[taker]!];
    const room = Math.min(
      had - (1 - RAILS.channelChange) * start[giver]!,
      (1 + RAILS.channelChange) * start[taker]! - got,
    );
    const amount = Math.min(step * total, room);
    if (giver === taker || amount <= 1e-9 * total) return;
    spend[giver] = had - amount;
    spend[taker] = got + amount;
    const moved = movedShare(start, spend) <= RAILS.totalMoved + 1e-9 ? worth(spend) : Number.NEGATIVE_INFINITY;
    if (moved > value) value = moved;
    else {
      spend[giver] = had;
      spend[taker] = got;
    }
  };
  for (let step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const before = value;
      for (const giver of free) for (const taker of free) tryMove(giver, taker, step);
      if (value <= before) break;
    }
  }
  return spend;
}
