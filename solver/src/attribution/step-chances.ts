import { PairNumbers } from "./pair-numbers.ts";
import type { AggregatedPaths } from "./paths.ts";

/**
 * What came next in journeys, counted after every run of up to k touches. A next step is a touch of a channel (its index),
 * `CONVERTED` or `ENDED`. A run that begins with the journey is told from the same run in the middle.
 */
export interface StepCounts {
  readonly order: number;
  /** How many different steps there are: channels and both ends. */
  readonly stepCount: number;
  /** Runs of touches as a tree, newest touch first: (run, touch before it) is the run with that number + 1; 0 is empty. */
  readonly runs: PairNumbers;
  /** (run, next step) is a place in `weights`. */
  readonly steps: PairNumbers;
  readonly weights: readonly number[];
  /** By run: the weight of all next steps, and how many different ones there were. */
  readonly totals: readonly number[];
  readonly kinds: readonly number[];
}

/** Steps, and the touch before the first one, that are no channel. */
export const CONVERTED = 0xffff_fffd;
export const ENDED = 0xffff_fffe;
const BEGINNING = 0xffff_ffff;

export function countSteps(paths: AggregatedPaths, order: number): StepCounts {
  const { offsets, states, conversions, nulls } = paths;
  const runs = new PairNumbers();
  const steps = new PairNumbers();
  const weights: number[] = [];
  const totals = [0];
  const kinds = [0];
  const add = (run: number, next: number, weight: number): void => {
    if (weight === 0) return;
    const step = steps.numberOf(run, next);
    if (step === weights.length) {
      weights.push(0);
      kinds[run]!++;
    }
    weights[step]! += weight;
    totals[run]! += weight;
  };
  for (let row = 0; row < conversions.length; row++) {
    const weight = conversions[row]! + nulls[row]!;
    if (weight === 0) continue;
    const [from, end] = [offsets[row]!, offsets[row + 1]!];
    for (let at = from; at <= end; at++) {
      let run = 0;
      for (let length = 0; ; length++) {
        if (at < end) add(run, states[at]!, weight);
        else {
          add(run, CONVERTED, conversions[row]!);
          add(run, ENDED, nulls[row]!);
        }
        const behind = at - length - 1;
        if (length === order || behind < from - 1) break;
        run = runs.numberOf(run, behind < from ? BEGINNING : states[behind]!) + 1;
        if (run === totals.length) {
          totals.push(0);
          kinds.push(0);
        }
      }
    }
  }
  return { order, stepCount: paths.channels.length + 2, runs, steps, weights, totals, kinds };
}

/**
 * Chances that `step` comes at place `at` of the path that begins at `from`, seen from the last 0, 1, ... k touches. Shorter
 * runs answer for what a longer one has rarely seen:
 *
 *     P(step | run) = (count(run, step) + kinds(run) P(step | run without its oldest touch)) / (count(run) + kinds(run))
 *
 * and before the empty run every step is equally likely. A run that was never seen changes nothing, so no chance is 0.
 * @param chances k + 1 numbers, written by this function
 * Source: Witten and Bell 1991, method C, interpolated.
 */
export function fillStepChances(
  counts: StepCounts,
  states: Uint32Array,
  { from, at }: { readonly from: number; readonly at: number },
  step: number,
  chances: Float64Array,
): void {
  let chance = 1 / counts.stepCount;
  let run = 0;
  for (let length = 0; length <= counts.order; length++) {
    const total = run === -1 ? 0 : counts.totals[run]!;
    if (total > 0) {
      const found = counts.steps.find(run, step);
      const kinds = counts.kinds[run]!;
      chance = ((found === -1 ? 0 : counts.weights[found]!) + kinds * chance) / (total + kinds);
    }
    chances[length] = chance;
    const behind = at - length - 1;
    if (run === -1 || behind < from - 1) {
      run = -1;
      continue;
    }
    const longer = counts.runs.find(run, behind < from ? BEGINNING : states[behind]!);
    run = longer === -1 ? -1 : longer + 1;
  }
}
