import { MOST_SWEEPS, SETTLED, unsettled } from "./sweep-chain.ts";
import type { WindowChain } from "./window-chain.ts";

/** What is expected from each state on, in conversions and in value. */
export interface Prospects {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

/** Sets of target states that walk together: one pass for 16 costs little more than half of 16 passes. */
const MOST_COLUMNS = 16;
/** A look whether the walks have ended costs about a quarter of a sweep. */
const SWEEPS_A_LOOK = 4;

/**
 * What all journeys are expected to bring after they first enter a set of target states, for each of several sets: walks
 * are pushed along from the start and taken out at the first target, with the prospects of that state in hand. All terms
 * are positive. What is still on its way can bring at most the prospects of the states where it is, so the sweeps end when
 * that is less than 1e-15 of what is collected: a channel that matters one part in a billion gets all its digits too.
 * @throws ModelError when the sweeps do not settle
 */
export function collectAtFirstVisits(
  chain: WindowChain,
  targetSets: readonly Uint32Array[],
  prospects: Prospects,
): Prospects {
  const collected = {
    conversions: new Float64Array(targetSets.length),
    value: new Float64Array(targetSets.length),
  };
  // Where no target has anything to give, nothing would ever be collected to compare the rest with.
  const fruitful = [...targetSets.keys()].filter((set) =>
    targetSets[set]!.some((state) => prospects.conversions[state]! > 0),
  );
  for (let from = 0; from < fruitful.length; from += MOST_COLUMNS) {
    const sets = fruitful.slice(from, from + MOST_COLUMNS);
    const columns = sets.map((set) => targetSets[set]!);
    const found = collectColumns(chain, columns, prospects);
    sets.forEach((set, column) => {
      collected.conversions[set] = found.conversions[column]!;
      collected.value[set] = found.value[column]!;
    });
  }
  return collected;
}

/** Walks of every column, state by state: `underWay[state * width + column]`. */
function collectColumns(chain: WindowChain, columns: readonly Uint32Array[], prospects: Prospects): Prospects {
  const { rowOffsets, next, weights, leaving } = chain;
  const width = columns.length;
  const collected = { conversions: new Float64Array(width), value: new Float64Array(width) };
  const isTarget = new Uint8Array(chain.stateCount * width);
  columns.forEach((states, column) => {
    for (const state of states) isTarget[state * width + column] = 1;
  });
  const underWay = new Float64Array(chain.stateCount * width);
  chain.starts.forEach((start, state) => {
    underWay.fill(start, state * width, (state + 1) * width);
  });
  const isWorth = columns.map((states) => states.some((state) => prospects.value[state]! > 0));
  const pushed = new Float64Array(width);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    // States are numbered about as walks first came by. An order in which nearly every step leads forward saves few
    // sweeps, and on 100,000 states it makes each take nearly twice as long: memory is read at random then.
    for (let state = 0; state < chain.stateCount; state++) {
      const at = state * width;
      let walks = 0;
      for (let column = 0; column < width; column++) {
        const here = underWay[at + column]!;
        underWay[at + column] = 0;
        if (isTarget[at + column] === 1) {
          collected.conversions[column]! += here * prospects.conversions[state]!;
          collected.value[column]! += here * prospects.value[state]!;
          pushed[column] = 0;
        } else {
          walks += here;
          pushed[column] = here / leaving[state]!;
        }
      }
      if (walks === 0 || prospects.conversions[state] === 0) continue;
      const end = rowOffsets[state + 1]!;
      for (let entry = rowOffsets[state]!; entry < end; entry++) {
        const to = next[entry]! * width;
        const weight = weights[entry]!;
        for (let column = 0; column < width; column++) underWay[to + column]! += pushed[column]! * weight;
      }
    }
    if (sweep % SWEEPS_A_LOOK === 0 && isSettled(underWay, prospects, isWorth, collected)) return collected;
  }
  throw unsettled();
}

function isSettled(
  underWay: Float64Array,
  prospects: Prospects,
  isWorth: readonly boolean[],
  collected: Prospects,
): boolean {
  const width = collected.conversions.length;
  const conversionsAhead = new Float64Array(width);
  const valueAhead = new Float64Array(width);
  prospects.conversions.forEach((conversions, state) => {
    const value = prospects.value[state]!;
    for (let column = 0; column < width; column++) {
      const here = underWay[state * width + column]!;
      conversionsAhead[column]! += here * conversions;
      valueAhead[column]! += here * value;
    }
  });
  return (
    conversionsAhead.every((ahead, column) => ahead <= SETTLED * collected.conversions[column]!) &&
    // Targets without value collect none; the value ahead passes them by.
    valueAhead.every((ahead, column) => !isWorth[column] || ahead <= SETTLED * collected.value[column]!)
  );
}
