import type { Engines } from "../linear/index.ts";
import { curveValue } from "../response/curve-families.ts";
import { contactCurve } from "./compile-bounds.ts";
import { returnRow, spendRow, stockRow } from "./compile-rows.ts";
import { extremeOf, FEASIBLE, judgeLimits } from "./judge-limits.ts";
import { maximise } from "./maximise.ts";
import type { AllocationProblem, Limit } from "./problem.ts";
import { compileProgramme } from "./programme.ts";
import { leastSpend, leastStretch } from "./stretch.ts";

/** Changing this one number to `to`, and nothing else, makes the problem possible. */
export interface Repair {
  readonly limit: Limit;
  readonly to: number;
}

/**
 * Relative margins that a repair is tried with, the least first. Exactly at the edge of a return a single plan is possible,
 * whose prices can be infinite: no plan there can be proved.
 */
const MARGINS = [0, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6];
/** A number with room for a plan takes one or two; one that leaves a single plan takes all passes, in vain. */
const FEW_PASSES = 4;
/** Programmes that the search for one repair may solve: counts, so that the answer never depends on the clock. */
const MOST_DOUBLINGS = 12;
/** To a millionth of the number */
const BISECTIONS = 20;

export interface RepairTask {
  readonly problem: AllocationProblem;
  readonly limits: readonly Limit[];
  readonly engines: Engines | undefined;
}

/** The least change of one limit that lets all of them hold, proved by a plan; null when none is found. */
export function repairOf(task: RepairTask, limit: Limit): Repair | null {
  const { problem, limits } = task;
  const others = limits.filter((other) => other !== limit);
  if (judgeLimits(problem, others, task.engines) === "impossible") return null;
  const stretched = leastStretch(problem, limits, limit);
  if (stretched !== null && !isCurved(problem, limit)) {
    const moved = limit.value + stretched.direction * stretched.amount;
    const least = Math.abs(moved) > FEASIBLE * Math.abs(limit.value) ? moved : 0;
    if (least !== limit.value && works(task, limit, least)) return { limit, to: withoutNoise(least) };
  }
  const edge = edgeOf(task, limit, others);
  if (edge === null) return searchRepair(task, limit);
  const side = Math.sign(edge - limit.value);
  for (const margin of MARGINS) {
    const to = withoutNoise(edge + side * margin * Math.abs(edge));
    if (mayBe(limit, to) && works(task, limit, to)) return { limit, to };
  }
  return null;
}

/** 24999.999999999996 is 25000; anything further from a round number is meant as it is. */
function withoutNoise(value: number): number {
  const round = Number(value.toPrecision(12));
  return Math.abs(round - value) <= 4e-15 * Math.abs(value) ? round : value;
}

function mayBe({ type }: Limit, value: number): boolean {
  if (type.endsWith("floor") || type === "cpa_ceiling") return value > 0 && Number.isFinite(value);
  return Number.isFinite(value) && (type.startsWith("weighted") || value >= 0);
}

/** Whether a plan can be proved with this number in the limit. */
function works({ problem, limits, engines }: RepairTask, limit: Limit, to: number): boolean {
  const changed = limits.map((other) => (other === limit ? { ...limit, value: to } : other));
  const best = maximise(compileProgramme(problem, problem.objective, changed), { engines, passes: FEW_PASSES });
  if (best.kind !== "unlimited") return best.kind === "proved";
  return judgeLimits(problem, changed, engines) === "possible";
}

/** Whether the limit bounds spend by way of a curve, so that its number and the bound do not move together. */
function isCurved(problem: AllocationProblem, limit: Limit): boolean {
  return (
    limit.type === "channel_roas_floor" || (limit.type === "contact_cap" && contactCurve(problem, limit.name) !== null)
  );
}

/** The number nearest to the limit's own at which the other limits leave a plan; null where that is not known. */
function edgeOf(task: RepairTask, limit: Limit, others: readonly Limit[]): number | null {
  const { problem, engines } = task;
  if (isCurved(problem, limit)) return curvedEdge(task, limit, others);
  const [row] = spendRow(problem, limit).map(({ members, coefficients }) => spendAim(problem, members, coefficients));
  if (row !== undefined) return linearEdge(task, limit, others, row);
  const [stock] = stockRow(problem, limit);
  if (stock !== undefined) {
    const none = new Float64Array(problem.channels.length);
    const least = extremeOf(problem, others, { worth: stock.use.map((one) => -one), cost: none }, engines);
    return least === null ? null : -least.value;
  }
  const [asked] = returnRow(problem, limit);
  if (asked === undefined) {
    if (limit.type !== "channel_min" && limit.type !== "channel_max") return null;
    const i = problem.channels.findIndex(({ name }) => name === limit.channel);
    return linearEdge(task, limit, others, spendAim(problem, [i], [1]));
  }
  if (limit.type === "min_total_response")
    return extremeOf(problem, others, { worth: asked.gain, cost: asked.cost }, engines)?.value ?? null;
  return bestRatio(task, limit, others);
}

function spendAim({ channels }: AllocationProblem, members: readonly number[], coefficients: readonly number[]) {
  const cost = new Float64Array(channels.length);
  for (const [t, i] of members.entries()) cost[i] = coefficients[t]!;
  return cost;
}

/** The least or the most that a sum of spends can be under the other limits, whichever the limit has to move to. */
function linearEdge(
  { problem, engines }: RepairTask,
  limit: Limit,
  others: readonly Limit[],
  cost: Float64Array,
): number | null {
  const worth = new Float64Array(cost.length);
  const least = () => {
    const found = extremeOf(problem, others, { worth, cost }, engines);
    return found === null ? null : -found.value;
  };
  const most = () => extremeOf(problem, others, { worth, cost: cost.map((one) => -one) }, engines)?.value ?? null;
  if (limit.type.endsWith("_min")) return most();
  if (limit.type !== "total_spend" || limit.sense === "<=") return least();
  const low = least();
  return low !== null && low > limit.value ? low : most();
}

/** The channel has to spend at least what the other limits force on it: the number may be what its curve gives there. */
function curvedEdge({ problem, engines }: RepairTask, limit: Limit, others: readonly Limit[]): number | null {
  const delivered = limit.type === "contact_cap" ? contactCurve(problem, limit.name) : null;
  const i =
    delivered?.channel ?? problem.channels.findIndex(({ name }) => "channel" in limit && name === limit.channel);
  const { curve } = problem.channels[i]!;
  let forced = leastSpend(problem, others, i);
  if (others.some((other) => returnRow(problem, other).length > 0)) {
    const aim = { worth: new Float64Array(problem.channels.length), cost: spendAim(problem, [i], [1]) };
    forced = Math.max(forced ?? 0, extremeOf(problem, others, aim, engines)?.spend[i] ?? 0);
  }
  if (forced === null || forced <= 0) return null;
  return delivered === null ? curveValue(curve, forced) / forced : curveValue(delivered.curve, forced);
}

/**
 * The best return floor or CPA ceiling that the other limits leave (Dinkelbach 1967: Newton's method on the surplus), from
 * the number that is too much to ask.
 */
function bestRatio({ problem, engines }: RepairTask, limit: Limit, others: readonly Limit[]): number | null {
  let value = limit.value;
  for (let step = 0; step < 30; step++) {
    const [row] = returnRow(problem, { ...limit, value });
    if (row === undefined) return null;
    const best = extremeOf(problem, others, { worth: row.gain, cost: row.cost }, engines);
    if (best === null) return null;
    let gained = 0;
    let spent = 0;
    for (const [i, x] of best.spend.entries()) {
      gained += row.gain[i]! * best.sold[i]!;
      spent += row.cost[i]! * x;
    }
    if (!(spent > 0 && gained > 0)) return null;
    const change = limit.type === "cpa_ceiling" ? spent / gained : gained / spent;
    value *= change;
    if (Math.abs(change - 1) < 1e-13) break;
  }
  return value;
}

/** Where no edge is known: twice as far again and again until plans are possible, then bisection. */
function searchRepair(task: RepairTask, limit: Limit): Repair | null {
  const { type } = limit;
  const tightens = type.endsWith("_min") || type.endsWith("floor") || type === "min_total_response";
  const further = (value: number) => (tightens ? value / 2 : 2 * value);
  let impossibleAt = limit.value > 0 ? limit.value : 1;
  let possibleAt = further(impossibleAt);
  for (let step = 0; !works(task, limit, possibleAt); step++) {
    if (step === MOST_DOUBLINGS) return null;
    [impossibleAt, possibleAt] = [possibleAt, further(possibleAt)];
  }
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (impossibleAt + possibleAt) / 2;
    if (works(task, limit, middle)) possibleAt = middle;
    else impossibleAt = middle;
  }
  return { limit, to: withoutNoise(possibleAt) };
}
