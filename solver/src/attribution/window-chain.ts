import { addTerm, finishSums, startSums } from "./compensated-sum.ts";
import type { AggregatedPaths } from "./paths.ts";

/**
 * The Markov chain of order k behind aggregated paths. A state is a window of k touches in a row; a path of fewer touches
 * is one state of its own. Transitions out of state s, without those to itself, are the entries
 * `rowOffsets[s] ... rowOffsets[s + 1] - 1` of `next` and `weights`.
 */
export interface WindowChain {
  readonly stateCount: number;
  readonly rowOffsets: Uint32Array;
  readonly next: Uint32Array;
  readonly weights: Float64Array;
  /** All weight that leaves the state: transitions, conversions and nulls. Positive for every state. */
  readonly leaving: Float64Array;
  readonly starts: Float64Array;
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  /** For every channel, the states that contain it. */
  readonly statesWith: readonly Uint32Array[];
}

/**
 * @param mergeTouches take touches in a row on one channel as a single touch before windows are cut
 * Equal windows in a row are one state in any case: staying where one is decides nothing. Paths that nobody took are left out.
 */
export function buildWindowChain(paths: AggregatedPaths, order: number, mergeTouches: boolean): WindowChain {
  const numbering = numberWindows(paths.channels.length);
  const flows = new Map<number, number>();
  const pathEnds: { row: number; first: number; last: number }[] = [];
  for (let row = 0; row < paths.conversions.length; row++) {
    const weight = paths.conversions[row]! + paths.nulls[row]!;
    if (weight === 0) continue;
    const touches = touchesOf(paths, row, mergeTouches);
    const windows = Math.max(1, touches.length - order + 1);
    const first = numbering.stateOf(touches.subarray(0, order));
    let last = first;
    for (let window = 1; window < windows; window++) {
      const state = numbering.stateOf(touches.subarray(window, window + order));
      if (state !== last) {
        const flow = last * STATE_LIMIT + state;
        flows.set(flow, (flows.get(flow) ?? 0) + weight);
      }
      last = state;
    }
    pathEnds.push({ row, first, last });
  }
  const stateCount = numbering.states.length;
  const starts = startSums(stateCount);
  const conversions = startSums(stateCount);
  const value = startSums(stateCount);
  const leaving = startSums(stateCount);
  for (const { row, first, last } of pathEnds) {
    addTerm(starts, first, paths.conversions[row]! + paths.nulls[row]!);
    addTerm(conversions, last, paths.conversions[row]!);
    addTerm(value, last, paths.value[row]!);
    addTerm(leaving, last, paths.conversions[row]! + paths.nulls[row]!);
  }
  for (const [flow, weight] of flows) addTerm(leaving, Math.floor(flow / STATE_LIMIT), weight);
  return {
    stateCount,
    ...layOutRows(flows, stateCount),
    leaving: finishSums(leaving),
    starts: finishSums(starts),
    conversions: finishSums(conversions),
    value: finishSums(value),
    statesWith: statesByChannel(numbering.states, paths.channels.length),
  };
}

/** A pair of states is one exact integer, from x 2^26 + to: room for 67 million states, more than a Map can hold. */
const STATE_LIMIT = 2 ** 26;

function touchesOf(paths: AggregatedPaths, row: number, mergeTouches: boolean): Uint32Array {
  const touches = paths.states.subarray(paths.offsets[row]!, paths.offsets[row + 1]!);
  return mergeTouches ? touches.filter((channel, at) => at === 0 || channel !== touches[at - 1]) : touches;
}

/** Numbers windows in the order of their first appearance, by walking a tree whose branches are channels. */
function numberWindows(channelCount: number): { states: Uint32Array[]; stateOf(window: Uint32Array): number } {
  const branches = new Map<number, number>();
  const stateAtNode = new Map<number, number>();
  const states: Uint32Array[] = [];
  const stateOf = (window: Uint32Array): number => {
    let node = 0;
    for (const channel of window) {
      const branch = node * channelCount + channel;
      let below = branches.get(branch);
      if (below === undefined) {
        below = branches.size + 1;
        branches.set(branch, below);
      }
      node = below;
    }
    const known = stateAtNode.get(node);
    if (known !== undefined) return known;
    stateAtNode.set(node, states.length);
    states.push(window);
    return states.length - 1;
  };
  return { states, stateOf };
}

function layOutRows(
  flows: ReadonlyMap<number, number>,
  stateCount: number,
): Pick<WindowChain, "rowOffsets" | "next" | "weights"> {
  const inOrder = Float64Array.from(flows.keys()).sort();
  const rowOffsets = new Uint32Array(stateCount + 1);
  for (const flow of inOrder) rowOffsets[Math.floor(flow / STATE_LIMIT) + 1]!++;
  for (let state = 0; state < stateCount; state++) rowOffsets[state + 1]! += rowOffsets[state]!;
  return {
    rowOffsets,
    next: Uint32Array.from(inOrder, (flow) => flow % STATE_LIMIT),
    weights: Float64Array.from(inOrder, (flow) => flows.get(flow)!),
  };
}

function statesByChannel(states: readonly Uint32Array[], channelCount: number): Uint32Array[] {
  const statesWith: number[][] = Array.from({ length: channelCount }, () => []);
  states.forEach((window, state) => {
    for (const channel of new Set(window)) statesWith[channel]!.push(state);
  });
  return statesWith.map((list) => Uint32Array.from(list));
}
