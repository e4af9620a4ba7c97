import { expect, test } from "vitest";
import { loadHighs, simplexEngine } from "../../linear/index.ts";
import type { AllocationProblem, ChannelPlan } from "../problem.ts";
import { limitsOf } from "../problem.ts";
import { compileTask } from "./compile-task.ts";
import { search } from "./search.ts";

const engines = { small: simplexEngine, large: await loadHighs() };

/** S-curves, of which the budget is enough for some. */
const problem: AllocationProblem = {
  objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
  channels: Array.from(
    { length: 8 },
    (_, i): ChannelPlan => ({
      name: `channel ${i}`,
      curve: { type: "hill", beta: 150_000 + 17_000 * ((i * 5) % 8), k: 30_000 + 4000 * i, s: 2 + (i % 3) },
      lower: 0,
      upper: 90_000,
      current: null,
    }),
  ),
  constraints: [
    { type: "total_spend", sense: "<=", value: 170_000 },
    { type: "blended_roas_floor", value: 2.2 },
  ],
};

test("a search that is stopped says so, and its bound still holds", () => {
  const compiled = compileTask(problem, problem.objective, limitsOf(problem), engines, Number.NEGATIVE_INFINITY);
  if (compiled.kind !== "ok") throw new Error(compiled.kind);
  const full = search(compiled.task, 3000);
  expect(full.finished).toBe(true);
  expect(full.nodes).toBeGreaterThan(2);
  expect(full.bound / full.best!.value - 1).toBeLessThan(1e-9);
  const stopped = search(compiled.task, 1);
  expect(stopped.finished).toBe(false);
  expect(stopped.bound).toBeGreaterThanOrEqual(full.best!.value);
  expect(stopped.best?.value ?? 0).toBeLessThanOrEqual(full.best!.value * (1 + 1e-12));
});
