import fc from "fast-check";
import { expect, test } from "vitest";
import { budgetProblem } from "./allocation.arbitrary.ts";
import { maximise } from "./maximise.ts";
import { limitsOf } from "./problem.ts";
import { compileProgramme } from "./programme.ts";

test("segments alone close in on the curves to 1e-8, and Newton's method only sharpens them", () => {
  let ran = 0;
  fc.assert(
    fc.property(budgetProblem, (problem) => {
      fc.pre(problem.channels.length <= 8);
      const programme = compileProgramme(problem, problem.objective, limitsOf(problem));
      const alone = maximise(programme, { polish: false });
      const polished = maximise(programme);
      if (alone.kind !== "proved" || polished.kind !== "proved") throw new Error(`${alone.kind}, ${polished.kind}`);
      expect(alone.gap).toBeLessThan(1e-8);
      expect(alone.feasibility).toBeLessThan(1e-9);
      expect(Math.abs(alone.value - polished.value)).toBeLessThan(1e-8 * polished.value);
      ran++;
    }),
    { numRuns: 60, seed: 7 },
  );
  expect(ran).toBe(60);
});
