import { isProvedImpossible } from "./phase-one.ts";
import type { Engines, LinearOutcome, LinearProgramme } from "./programme.ts";

/** Branches that are no better than the best found by more than this are not looked into. */
const GAP = 1e-9;
const WHOLE = 1e-7;
const UNFINISHED = { kind: "unsolved", reason: "the search for whole numbers did not come to an end" } as const;

/**
 * Branch and bound in which nothing rests on a solver's word: each branch is cut off by weak duality or by prices that prove
 * it impossible. Slow, so it is for small programmes: there it checks what the large engine says (Land and Doig 1960).
 * @param mostNodes a count, so that the answer never depends on the clock
 */
export function searchWhole(
  programme: LinearProgramme,
  integer: Uint8Array,
  engines: Engines,
  mostNodes: number,
): Exclude<LinearOutcome, { kind: "unbounded" }> {
  let best: Extract<LinearOutcome, { kind: "optimal" }> | null = null;
  const isWorse = (bound: number) => best !== null && bound <= best.value + GAP * (1 + Math.abs(best.value));
  const open: Box[] = [{ low: new Float64Array(programme.upper.length), high: programme.upper }];
  for (let nodes = 0; open.length > 0; nodes++) {
    if (nodes >= mostNodes) return UNFINISHED;
    const box = open.pop()!;
    const node = solveBox(programme, box, engines);
    if (node.kind === "infeasible") continue;
    if (node.kind !== "optimal") return UNFINISHED;
    if (isWorse(node.bound)) continue;
    const whole = solveBox(programme, heldAt(box, integer, node.x), engines);
    if (whole.kind === "optimal" && (best === null || whole.value > best.value)) best = whole;
    if (isWorse(node.bound)) continue;
    const children = branch(box, integer, node.x, whole.kind === "optimal" ? GAP : WHOLE);
    if (children === null) return UNFINISHED;
    open.push(...children);
  }
  return best === null ? { kind: "infeasible" } : { ...best, bound: best.value };
}

/** low <= x <= high */
interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function heldAt({ low, high }: Box, integer: Uint8Array, x: Float64Array): Box {
  const held = x.map((value, j) => Math.min(high[j]!, Math.max(low[j]!, Math.round(value))));
  return {
    low: low.map((bound, j) => (integer[j] === 1 ? held[j]! : bound)),
    high: high.map((bound, j) => (integer[j] === 1 ? held[j]! : bound)),
  };
}

/** The two sides of the most broken column, the nearer one last so that it is looked into first; null where none is broken. */
function branch({ low, high }: Box, integer: Uint8Array, x: Float64Array, least: number): [Box, Box] | null {
  let at = -1;
  let most = least;
  for (const [j, value] of x.entries()) {
    const broken = Math.abs(value - Math.round(value));
    if (integer[j] !== 1 || broken <= most) continue;
    at = j;
    most = broken;
  }
  if (at === -1) return null;
  const down = Math.floor(x[at]!);
  const below = { low, high: high.map((bound, j) => (j === at ? down : bound)) };
  const above = { low: low.map((bound, j) => (j === at ? down + 1 : bound)), high };
  return x[at]! - down < 0.5 ? [above, below] : [below, above];
}

/** The continuous programme inside a box. "infeasible" is proved. */
function solveBox(programme: LinearProgramme, { low, high }: Box, { small, large }: Engines): LinearOutcome {
  let before = 0;
  for (const [j, cost] of programme.objective.entries()) before += cost * low[j]!;
  const shifted: LinearProgramme = {
    objective: programme.objective,
    upper: high.map((bound, j) => bound - low[j]!),
    rows: programme.rows.map((row) => {
      const taken = row.columns.reduce((sum, column, t) => sum + row.coefficients[t]! * low[column]!, 0);
      return { ...row, value: row.value - taken };
    }),
  };
  let outcome: LinearOutcome = { kind: "unsolved", reason: "no engine was asked" };
  for (const engine of [small, large]) {
    outcome = engine.solve(shifted);
    if (outcome.kind === "optimal") {
      const { x, value, bound } = outcome;
      return { ...outcome, x: x.map((y, j) => low[j]! + y), value: before + value, bound: before + bound };
    }
    if (outcome.kind === "infeasible" && isProvedImpossible(shifted, engine)) return outcome;
  }
  return outcome.kind === "infeasible"
    ? { kind: "unsolved", reason: "the branch is called impossible without proof" }
    : outcome;
}
