import { addTerm, finishSums, startSums } from "./compensated-sum.ts";
import { PairNumbers } from "./pair-numbers.ts";
import { type AggregatedPaths, withoutRepeats } from "./paths.ts";
import { WindowTree } from "./window-tree.ts";

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
  const walks = walkWindows(mergeTouches ? withoutRepeats(paths) : paths, order);
  const { stateOf, nodes } = numberStates(walks);
  const stateCount = nodes.length;
  const starts = startSums(stateCount);
  const conversions = startSums(stateCount);
  const value = startSums(stateCount);
  const leaving = startSums(stateCount);
  for (let row = 0; row < paths.conversions.length; row++) {
    const weight = paths.conversions[row]! + paths.nulls[row]!;
    if (weight === 0) continue;
    const last = stateOf[walks.lastWindow[row]!]!;
    addTerm(starts, stateOf[walks.firstWindow[row]!]!, weight);
    addTerm(conversions, last, paths.conversions[row]!);
    addTerm(value, last, paths.value[row]!);
    addTerm(leaving, last, weight);
  }
  const rows = layOutRows(walks, stateOf, stateCount);
  for (let state = 0; state < stateCount; state++) {
    const end = rows.rowOffsets[state + 1]!;
    for (let entry = rows.rowOffsets[state]!; entry < end; entry++) addTerm(leaving, state, rows.weights[entry]!);
  }
  return {
    stateCount,
    ...rows,
    leaving: finishSums(leaving),
    starts: finishSums(starts),
    conversions: finishSums(conversions),
    value: finishSums(value),
    statesWith: statesByChannel(walks.tree, nodes, paths.channels.length),
  };
}

/** All paths as walks over windows. Step i goes from window `steps.firstOf(i)` to `stepTo[i]`, and has `stepWeights[i]`. */
interface WindowWalks {
  readonly tree: WindowTree;
  readonly firstWindow: Uint32Array;
  readonly lastWindow: Uint32Array;
  readonly steps: PairNumbers;
  readonly stepTo: readonly number[];
  readonly stepWeights: readonly number[];
}

function walkWindows(paths: AggregatedPaths, order: number): WindowWalks {
  const { offsets, states, conversions, nulls } = paths;
  const tree = new WindowTree(order);
  const steps = new PairNumbers();
  const stepTo: number[] = [];
  const stepWeights: number[] = [];
  const firstWindow = new Uint32Array(conversions.length);
  const lastWindow = new Uint32Array(conversions.length);
  for (let row = 0; row < conversions.length; row++) {
    const weight = conversions[row]! + nulls[row]!;
    if (weight === 0) continue;
    const end = offsets[row + 1]!;
    let touch = offsets[row]!;
    let window = 0;
    for (; touch < end && !tree.isFull(window); touch++) window = tree.step(window, states[touch]!);
    firstWindow[row] = window;
    for (; touch < end; touch++) {
      const step = steps.numberOf(window, states[touch]!);
      if (step === stepTo.length) {
        stepTo.push(tree.step(window, states[touch]!));
        stepWeights.push(0);
      }
      stepWeights[step]! += weight;
      window = stepTo[step]!;
    }
    lastWindow[row] = window;
  }
  return { tree, firstWindow, lastWindow, steps, stepTo, stepWeights };
}

/**
 * The windows that some path starts with or steps to are states; the tree also holds the ways to them. What one step
 * leads to gets neighbouring numbers: sweeps over 100,000 states are bound by memory, and that halves their time.
 */
function numberStates({ tree, firstWindow, stepTo }: WindowWalks): { stateOf: Uint32Array; nodes: number[] } {
  const isState = new Uint8Array(tree.size);
  for (const window of firstWindow) isState[window] = 1;
  for (const window of stepTo) isState[window] = 1;
  const nodes: number[] = [];
  // Node 0 is the window of rows that nobody took.
  for (let window = 1; window < tree.size; window++) if (isState[window] === 1) nodes.push(window);
  nodes.sort((a, b) => tree.parentOf(a) - tree.parentOf(b));
  const stateOf = new Uint32Array(tree.size);
  nodes.forEach((window, state) => {
    stateOf[window] = state;
  });
  return { stateOf, nodes };
}

function layOutRows(
  { steps, stepTo, stepWeights }: WindowWalks,
  stateOf: Uint32Array,
  stateCount: number,
): Pick<WindowChain, "rowOffsets" | "next" | "weights"> {
  const isMove = (step: number): boolean => steps.firstOf(step) !== stepTo[step];
  const rowOffsets = new Uint32Array(stateCount + 1);
  for (let step = 0; step < steps.size; step++) if (isMove(step)) rowOffsets[stateOf[steps.firstOf(step)]! + 1]!++;
  for (let state = 0; state < stateCount; state++) rowOffsets[state + 1]! += rowOffsets[state]!;
  const cursor = rowOffsets.slice(0, stateCount);
  const next = new Uint32Array(rowOffsets[stateCount]!);
  const weights = new Float64Array(next.length);
  for (let step = 0; step < steps.size; step++) {
    if (!isMove(step)) continue;
    const entry = cursor[stateOf[steps.firstOf(step)]!]!++;
    next[entry] = stateOf[stepTo[step]!]!;
    weights[entry] = stepWeights[step]!;
  }
  return { rowOffsets, next, weights };
}

function statesByChannel(tree: WindowTree, nodes: readonly number[], channelCount: number): Uint32Array[] {
  const statesWith: number[][] = Array.from({ length: channelCount }, () => []);
  nodes.forEach((window, state) => {
    for (const channel of tree.channelsOf(window)) statesWith[channel]!.push(state);
  });
  return statesWith.map((list) => Uint32Array.from(list));
}
