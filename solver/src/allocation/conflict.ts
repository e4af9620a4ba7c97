import { curveValue } from "../response/curve-families.ts";
import { maximise } from "./maximise.ts";
import type { AllocationProblem, Limit } from "./problem.ts";
import { compileProgramme } from "./programme.ts";
import { largestAmount, leastSpend, leastStretch } from "./stretch.ts";

/** Changing this one number to `to`, and nothing else, makes the problem possible. */
export interface Repair {
  readonly limit: Limit;
  readonly to: number;
}

export interface Conflict {
  /** Limits that no plan keeps together; without any one of them the others can be kept. Empty when no conflict was proved */
  readonly limits: Limit[];
  /** One entry a limit that can repair the problem on its own, the least relative change first */
  readonly repairs: Repair[];
}

/** A limit is broken when it is missed by more than this share of the largest amount in the problem. */
const FEASIBLE = 1e-9;
/**
 * A repair that was found by search leaves this relative margin. Exactly at the edge of a return floor a single plan is
 * possible, and whether a solver finds it is a coin toss.
 */
const MARGIN = 1e-6;
/** Concave programmes that the search for repairs may solve: a count, so that the answer never depends on the clock. */
const MOST_SEARCH_STEPS = 80;
const BISECTIONS = 24;

/** Why the limits cannot hold together, and which single number would have to change, by how much at least. */
export function findConflict(problem: AllocationProblem, limits: readonly Limit[]): Conflict {
  if (judgeLimits(problem, limits) !== "impossible") return { limits: [], repairs: [] };
  const conflict = smallestConflict(limits, (some) => judgeLimits(problem, some) === "impossible");
  let stepsLeft = MOST_SEARCH_STEPS;
  const possible = (changed: readonly Limit[]): boolean => {
    stepsLeft--;
    return judgeLimits(problem, changed) === "possible";
  };
  const repairs: Repair[] = [];
  for (const limit of conflict) {
    if (stepsLeft <= 0) break;
    const repair = repairOf(problem, limits, limit, possible);
    if (repair !== null) repairs.push({ limit, to: withoutNoise(repair.to) });
  }
  const change = ({ limit, to }: Repair) => Math.abs(to - limit.value) / Math.max(limit.value, Number.MIN_VALUE);
  repairs.sort((a, b) => change(a) - change(b));
  return { limits: conflict, repairs };
}

/** 24999.999999999996 is 25000; anything further from a round number is meant as it is. */
function withoutNoise(value: number): number {
  const round = Number(value.toPrecision(12));
  return Math.abs(round - value) <= 4e-15 * value ? round : value;
}

/**
 * An irreducible subset of limits that is impossible, by halving (Junker 2004, "QuickXplain"): a conflict of k among n
 * limits takes about k * log2(n / k) tests instead of n.
 * @param limits impossible together
 */
function smallestConflict(limits: readonly Limit[], isImpossible: (some: readonly Limit[]) => boolean): Limit[] {
  const search = (background: Limit[], candidates: Limit[], grown: boolean): Limit[] => {
    if (grown && isImpossible(background)) return [];
    if (candidates.length === 1) return candidates;
    const half = candidates.length >> 1;
    const left = candidates.slice(0, half);
    const right = candidates.slice(half);
    const fromRight = search([...background, ...left], right, true);
    const fromLeft = search([...background, ...fromRight], left, fromRight.length > 0);
    return [...fromLeft, ...fromRight];
  };
  const found = new Set(search([], [...limits], false));
  return limits.filter((limit) => found.has(limit));
}

/** Both verdicts are proved: "unknown" is neither, and neither a conflict nor a repair is built on it. */
function judgeLimits(problem: AllocationProblem, limits: readonly Limit[]): "possible" | "impossible" | "unknown" {
  const linear = leastStretch(problem, limits, null);
  if (linear === null) return "unknown";
  if (linear.stretch > FEASIBLE) return "impossible";
  const floor = limits.find((limit) => limit.type === "blended_roas_floor");
  if (floor === undefined) return "possible";
  const best = mostSurplus(problem, limits, floor.value);
  if (best === "endless") return "possible";
  if (best === "unproved") return "unknown";
  const room = FEASIBLE * best.response;
  if (best.bound < -room) return "impossible";
  return best.surplus >= -room ? "possible" : "unknown";
}

interface Surplus {
  /** Response less floor times spend, and what it can be at most */
  readonly surplus: number;
  readonly bound: number;
  readonly response: number;
  readonly spend: number;
}

/** The plan within the linear limits that leaves most response over `floor` times the spend. */
function mostSurplus(
  problem: AllocationProblem,
  limits: readonly Limit[],
  floor: number,
): Surplus | "endless" | "unproved" {
  const linear = limits.filter((limit) => limit.type !== "blended_roas_floor");
  const objective = { type: "target_mroi", response_weight: 1, spend_weight: -floor } as const;
  const best = maximise(compileProgramme(problem, objective, linear));
  if (best.kind === "unlimited") return "endless";
  if (best.kind !== "proved") return "unproved";
  let response = 0;
  let spend = 0;
  for (const [i, x] of best.spend.entries()) {
    response += curveValue(problem.channels[i]!.curve, x);
    spend += x;
  }
  return { surplus: best.value, bound: best.bound, response, spend };
}

function repairOf(
  problem: AllocationProblem,
  limits: readonly Limit[],
  limit: Limit,
  possible: (changed: readonly Limit[]) => boolean,
): Repair | null {
  const withValue = (to: number) => limits.map((other) => (other === limit ? { ...limit, value: to } : other));
  if (limit.type === "blended_roas_floor") {
    const to = highestReturn(problem, limits) * (1 - MARGIN);
    return to > 0 && possible(withValue(to)) ? { limit, to } : null;
  }
  if (limit.type === "channel_roas_floor") return repairChannelFloor(problem, limits, limit, possible, withValue);

  const stretched = leastStretch(problem, limits, limit);
  if (stretched === null) return null;
  const moved = limit.value + stretched.direction * stretched.amount;
  const least = moved > FEASIBLE * limit.value ? moved : 0;
  if (possible(withValue(least))) return { limit, to: least };
  // Only a return floor is left in the way: it is met from some change on, found by bisection
  if (limit.type === "total_spend" && limit.sense === "=") return null;
  const loose = limit.type.endsWith("_min") ? 0 : 2 * largestAmount(problem, limits) + 100;
  if (!possible(withValue(loose))) return null;
  let impossibleAt = least;
  let possibleAt = loose;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (impossibleAt + possibleAt) / 2;
    if (possible(withValue(middle))) possibleAt = middle;
    else impossibleAt = middle;
  }
  const to = Math.max(0, possibleAt + Math.sign(possibleAt - limit.value) * MARGIN * possibleAt);
  return { limit, to };
}

/** The channel has to spend at least what the other limits force on it; the floor may ask for the return there. */
function repairChannelFloor(
  problem: AllocationProblem,
  limits: readonly Limit[],
  limit: Extract<Limit, { channel: string }>,
  possible: (changed: readonly Limit[]) => boolean,
  withValue: (to: number) => Limit[],
): Repair | null {
  const others = limits.filter((other) => other !== limit);
  const i = problem.channels.findIndex(({ name }) => name === limit.channel);
  const forced = leastSpend(problem, others, i);
  if (forced === null || forced <= 0) return null;
  const to = curveValue(problem.channels[i]!.curve, forced) / forced;
  return to > 0 && possible(withValue(to)) ? { limit, to } : null;
}

/** The best response per unit of spend within the linear limits (Dinkelbach 1967: Newton's method on the surplus). */
function highestReturn(problem: AllocationProblem, limits: readonly Limit[]): number {
  let floor = 0;
  for (let step = 0; step < 30; step++) {
    const best = mostSurplus(problem, limits, floor);
    if (typeof best === "string" || !(best.spend > 0)) return floor;
    const next = best.response / best.spend;
    if (!(next > floor * (1 + 1e-12))) return floor;
    floor = next;
  }
  return floor;
}
