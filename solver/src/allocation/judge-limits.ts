import type { Engines } from "../linear/index.ts";
import { curveValue } from "../response/curve-families.ts";
import { returnAt } from "./certificate.ts";
import { type ReturnRow, returnRow } from "./compile-rows.ts";
import { maximise } from "./maximise.ts";
import type { AllocationProblem, Limit } from "./problem.ts";
import { type Aim, compileProgramme, type Programme } from "./programme.ts";
import { firstSpendFor, reachOf, supremumOf } from "./reach.ts";
import { leastStretch } from "./stretch.ts";

/** A limit is broken when it is missed by more than this share of the largest amount in the problem. */
export const FEASIBLE = 1e-9;
/** How near its end a curve that nothing stops is followed. */
const NEAR_END = 1e-7;

/** Both verdicts are proved: "unknown" is neither, and neither a conflict nor a repair is built on it. */
export type Verdict = "possible" | "impossible" | "unknown";

/**
 * Whether any plan keeps the limits. First those that are linear in spend; then each limit that asks for response is given
 * the plan that serves it best within the ones already found to hold together.
 */
export function judgeLimits(problem: AllocationProblem, limits: readonly Limit[], engines?: Engines): Verdict {
  const linear = leastStretch(problem, limits, null);
  if (linear === null) return "unknown";
  if (linear.stretch > FEASIBLE) return "impossible";
  const asking = limits
    .flatMap((limit) => returnRow(problem, limit))
    // Those that a unit of spend can break come first: they end spend that a target alone would send on without end
    .sort((a, b) => Number(a.value !== 0) - Number(b.value !== 0));
  const later = new Set(asking.map(({ limit }) => limit));
  for (const row of asking) {
    const verdict = judgeReturn(
      problem,
      row,
      limits.filter((limit) => !later.has(limit)),
      engines,
    );
    if (verdict !== "possible") return verdict;
    later.delete(row.limit);
  }
  return "possible";
}

function judgeReturn(
  problem: AllocationProblem,
  row: ReturnRow,
  limits: readonly Limit[],
  engines: Engines | undefined,
): Verdict {
  const programme = compileProgramme(problem, { worth: row.gain, cost: row.cost }, limits);
  let { programme: bounded, beyond } = { programme, beyond: 0 };
  let best = maximise(programme, { engines });
  if (best.kind === "unlimited") {
    const ended = endAtSupremum(programme);
    if (ended === null) return "possible";
    ({ programme: bounded, beyond } = ended);
    best = maximise(bounded, { engines });
  }
  if (best.kind !== "proved") return "unknown";
  const { size } = returnAt(row, best.spend, best.sold);
  const room = FEASIBLE * Math.max(size, Math.abs(best.value));
  if (best.bound + beyond - row.value < -room) return "impossible";
  return best.value - row.value >= -room ? "possible" : "unknown";
}

/** Channels that nothing stops, stopped where their curve has all but ended; null when one never ends. */
function endAtSupremum(programme: Programme): { programme: Programme; beyond: number } | null {
  const upper = Float64Array.from(programme.upper);
  let beyond = 0;
  for (const [i, most] of reachOf(programme).entries()) {
    if (most < Number.POSITIVE_INFINITY || programme.worth[i] === 0) continue;
    const end = supremumOf(programme.curves[i]!);
    const spend = firstSpendFor(programme.curves[i]!, end * (1 - NEAR_END));
    if (!Number.isFinite(end) || !Number.isFinite(spend)) return null;
    upper[i] = Math.max(spend, programme.lower[i]!);
    beyond += programme.worth[i]! * (end - curveValue(programme.curves[i]!, spend));
  }
  return { programme: { ...programme, upper }, beyond };
}

/** The largest value of a linear sum over the plans within the limits, and the plan; null where none is proved. */
export function extremeOf(
  problem: AllocationProblem,
  limits: readonly Limit[],
  aim: Aim,
  engines: Engines | undefined,
): { value: number; spend: Float64Array; sold: Float64Array } | null {
  const best = maximise(compileProgramme(problem, aim, limits), { engines });
  return best.kind === "proved" ? best : null;
}
