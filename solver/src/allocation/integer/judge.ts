import type { Engines } from "../../linear/index.ts";
import type { AllocationProblem, Limit } from "../problem.ts";
import type { Aim } from "../programme.ts";
import { type Compiled, compileTask } from "./compile-task.ts";
import { search } from "./search.ts";

/** "unknown" is neither, and no conflict is built on it. */
export type Verdict = "possible" | "impossible" | "unknown";

/** Boxes that one question may take: what is not settled by then is left open. */
const MOST_NODES = 100;
/** Spend that nothing stops is stopped at this many times the sum of all limits: nothing could ask for it. */
const BEYOND = 1000;

/** Whether any plan keeps some limits with the steps and the minimums when on. */
export function judge(problem: AllocationProblem, limits: readonly Limit[], engines: Engines): Verdict {
  const idle = new Float64Array(problem.channels.length);
  const compiled = compileBounded(problem, { worth: idle, cost: idle }, limits, engines);
  if (compiled.kind !== "ok") return compiled.kind === "impossible" ? "impossible" : "unknown";
  const { best, finished } = search(compiled.task, MOST_NODES);
  if (best !== null) return "possible";
  return finished ? "impossible" : "unknown";
}

/** The plan within some limits that serves an aim best, in the units of the problem; null where none is proved to. */
export function solveAim(
  problem: AllocationProblem,
  aim: Aim,
  limits: readonly Limit[],
  engines: Engines,
): { spend: Float64Array; sold: Float64Array } | null {
  const compiled = compileBounded(problem, aim, limits, engines);
  if (compiled.kind !== "ok") return null;
  const { best, finished } = search(compiled.task, MOST_NODES);
  if (best === null || !finished) return null;
  const { scale } = compiled;
  return { spend: best.spend.map((x) => x * scale.money), sold: best.sold.map((amount) => amount * scale.response) };
}

function compileBounded(problem: AllocationProblem, aim: Aim, limits: readonly Limit[], engines: Engines): Compiled {
  const size = limits.reduce((sum, { value }) => sum + Math.abs(value), 1);
  const ends = problem.channels.map(
    ({ name: channel }): Limit => ({ type: "channel_max", channel, value: BEYOND * size }),
  );
  return compileTask(problem, aim, [...limits, ...ends], engines, Number.NEGATIVE_INFINITY);
}
