import fc from "fast-check";
import { expect, test } from "vitest";
import { eliminateStates, expectedReturns, expectedReward, expectedVisits } from "./eliminate-states.ts";

const MOST_STATES = 12;

/** n states whose steps are counted 0 to 9 times each, and which can all be left. */
const leavableChain = fc.integer({ min: 1, max: MOST_STATES }).chain((size) => {
  const counts = (length: number, min: number) =>
    fc.array(fc.integer({ min, max: 9 }), { minLength: length, maxLength: length });
  return fc.record({ weights: counts(size * size, 0), exits: counts(size, 1), given: counts(size, 0) });
});

test("the solutions satisfy the equations that they solve, rows and columns alike", () => {
  fc.assert(
    fc.property(leavableChain, ({ weights, exits, given }) => {
      const size = exits.length;
      const chain = eliminateStates(Float64Array.from(weights), Float64Array.from(exits));
      const matrix = (i: number, j: number): number => {
        if (i !== j) return -weights[i * size + j]!;
        let leaving = exits[i]!;
        for (let k = 0; k < size; k++) if (k !== i) leaving += weights[i * size + k]!;
        return leaving;
      };
      const states = [...Array(size).keys()];
      const solved = expectedReward(chain, Float64Array.from(given));
      const transposed = expectedVisits(chain, Float64Array.from(given));
      for (const i of states) {
        expect(states.reduce((sum, j) => sum + matrix(i, j) * solved[j]!, 0)).toBeCloseTo(given[i]!, 10);
        expect(states.reduce((sum, j) => sum + matrix(j, i) * transposed[j]!, 0)).toBeCloseTo(given[i]!, 10);
      }
      const returns = expectedReturns(chain);
      for (const i of states) {
        const unit = Float64Array.from(states, (j) => (i === j ? 1 : 0));
        expect(returns[i]).toBeCloseTo(expectedReward(chain, unit)[i]!, 12);
      }
    }),
  );
});
