import { addTerm, finishSums, startSums } from "./compensated-sum.ts";
import { describeEvidence, type PathCredit } from "./path-credit.ts";
import { type AggregatedPaths, refuseUncreditable } from "./paths.ts";

/** Credit of the Shapley model by count, with where in the journeys it was earned. */
export interface OrderedShapleyCredit extends PathCredit {
  /** How many places are told apart; the last one stands for all later touches too. */
  readonly positions: number;
  /** Conversions by channel and place, `channel * positions + place`: rows add up to `conversions`. */
  readonly conversionsByPosition: Float64Array;
  readonly valueByPosition: Float64Array;
}

const POSITIONS = 10;

/**
 * Ordered Shapley: on each path the distinct channels share equally, as in the Shapley model with the worth "count", and
 * a channel's part is split equally among its touches and booked where they stand. So it says which channels earn their
 * credit early and which late; totals by channel are those of the unordered model.
 * @param positions how many places from the start are told apart: 10 where not given
 * @throws ModelError when nothing converts, or a value comes without a conversion
 * Law: credit adds up; a channel's places add up to its Shapley value by count.
 * Source: Zhao, Mahboobi and Bagheri 2018, "Shapley value methods for attribution modeling in online advertising".
 */
export function creditPathsByOrderedShapley(
  paths: AggregatedPaths,
  { positions = POSITIONS }: { readonly positions?: number } = {},
): OrderedShapleyCredit {
  refuseUncreditable(paths, "a Shapley model");
  const conversions = startSums(paths.channels.length * positions);
  const value = startSums(paths.channels.length * positions);
  const touches = new Uint32Array(paths.channels.length);
  for (let row = 0; row < paths.conversions.length; row++) {
    if (paths.conversions[row] === 0) continue;
    const path = paths.states.subarray(paths.offsets[row]!, paths.offsets[row + 1]!);
    let distinct = 0;
    for (const channel of path) if (touches[channel]!++ === 0) distinct++;
    path.forEach((channel, at) => {
      const key = channel * positions + Math.min(at, positions - 1);
      const part = 1 / distinct / touches[channel]!;
      addTerm(conversions, key, paths.conversions[row]! * part);
      addTerm(value, key, paths.value[row]! * part);
    });
    for (const channel of path) touches[channel] = 0;
  }
  const conversionsByPosition = finishSums(conversions);
  const valueByPosition = finishSums(value);
  return {
    conversions: sumRows(conversionsByPosition, positions),
    value: sumRows(valueByPosition, positions),
    warnings: describeEvidence(paths),
    positions,
    conversionsByPosition,
    valueByPosition,
  };
}

function sumRows(cells: Float64Array, width: number): Float64Array {
  const sums = startSums(cells.length / width);
  cells.forEach((cell, at) => {
    addTerm(sums, Math.floor(at / width), cell);
  });
  return finishSums(sums);
}
