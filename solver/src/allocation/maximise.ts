import { type Engines, type LinearEngine, type LinearOutcome, simplexEngine } from "../linear/index.ts";
import { curveValue } from "../response/curve-families.ts";
import { dualBound, type Multipliers, objectiveValue, type Plan, relativeGap, violation } from "./certificate.ts";
import { answersByJumps, type PricedPlan, polishPlan } from "./polish.ts";
import type { Programme } from "./programme.ts";
import { guessReach, reachOf } from "./reach.ts";
import { type Scale, scaleOf, scaleProgramme, unscalePrices } from "./scale.ts";
import { pricesOf, segmentProgramme, soldOf, spendOf } from "./segment-programme.ts";
import { cutIntoSegments, firstTangents, type Segments, tangentsAround } from "./segments.ts";
import { bestSale } from "./sell.ts";
import { averageTwins, findTwins } from "./twins.ts";

/** A plan with its proof. Everything in the units of the programme that was asked. */
export interface Proved extends Plan {
  readonly kind: "proved";
  readonly prices: Multipliers;
  readonly value: number;
  /** No feasible plan is worth more than this */
  readonly bound: number;
  /** (bound - value) / size of the value */
  readonly gap: number;
  /** Worst breach of any limit, relative to the limit */
  readonly feasibility: number;
  /** Linear programmes solved */
  readonly passes: number;
}

export type Maximum =
  | Proved
  | { readonly kind: "infeasible" }
  /** Nothing stops the spend of this channel (by position) */
  | { readonly kind: "unlimited"; readonly channel: number }
  | { readonly kind: "stopped"; readonly reason: string };

export interface MaximiseOptions {
  /** Sharpen the linear programme's prices by Newton's method; without it the segments alone have to reach the curve. */
  readonly polish?: boolean;
  /** Without engines every linear programme goes to the small one, which stops at MOST_SEGMENTS */
  readonly engines?: Engines | undefined;
  /** Linear programmes at most */
  readonly passes?: number;
}

/** What we aim at before another pass is not worth it, and what an answer must keep to be one. */
const TARGET_GAP = 1e-10;
const ACCEPTED_GAP = 1e-8;
const ACCEPTED_BREACH = 1e-9;
const MOST_PASSES = 25;
/** Half a grid of tangents, as a share of the spend it is around: finer, and slopes differ by less than the solver can tell. */
const FINEST_GRID = 3e-4;
/** Rounds of polishing a pass, of which only straight stretches need more than one */
const MOST_POLISHES = 5;
/** How far limits may be loosened (relative) where a single plan is left and rounding hides it */
const ROUNDING_ROOM = 1e-10;
/**
 * Segments in one linear programme up to which the small engine is as quick as the large one: 50 channels with groups, a floor
 * and bounds take either some 30 ms, 100 channels 60 and 25 ms, 200 channels 140 and 30 ms (2 cores, Node 20).
 */
const SMALL_UP_TO = 600;
/** Without a large engine: above this the small one's dense tableau takes seconds a pass. */
const MOST_SEGMENTS = 1200;
/** A guess of how far a channel may go is widened this often, each time by this factor. */
const MOST_GUESSES = 4;
const WIDER = 32;

/**
 * Maximises a concave programme through linear ones. Each pass replaces every curve by the lower envelope of some of its
 * tangents, solves the linear programme, and touches the curves around its plan and where its prices point. A pass ends
 * with candidates, the linear plan and the plans at polished prices; the best whose certificate holds is the answer.
 */
export function maximise(programme: Programme, options: MaximiseOptions = {}): Maximum {
  const { lower, upper, worth, cost, returns } = programme;
  if (lower.some((bound, i) => bound > upper[i]!)) return { kind: "infeasible" };
  const proven = reachOf(programme);
  const endless = [...proven].flatMap((most, i) => (most === Number.POSITIVE_INFINITY ? [i] : []));
  if (endless.length === 0) return maximiseWithin(programme, proven, proven, options);
  // Left are the wish to spend little, against which some return works, and channels that the objective does not mind
  const isIdle = (i: number) => cost[i] === 0 && worth[i]! <= 0;
  const isSaved = (i: number) => cost[i]! > 0 && returns.some(({ gain }) => gain[i]! > 0);
  const [unstopped] = endless.filter((i) => !isIdle(i) && !isSaved(i));
  if (unstopped !== undefined) return { kind: "unlimited", channel: unstopped };
  const reach = guessReach(programme, proven);
  let outcome: Maximum = { kind: "unlimited", channel: endless[0]! };
  for (let guess = 0; guess < MOST_GUESSES; guess++) {
    outcome = maximiseWithin(programme, proven, reach, options);
    if (outcome.kind === "proved") break;
    for (const i of endless) reach[i]! *= WIDER;
  }
  return outcome;
}

/**
 * @param proven how far each channel can go at most, Infinity where nobody knows: what the bound is taken over
 * @param reach the same with guesses in the place of Infinity: what the segments cover
 */
function maximiseWithin(
  programme: Programme,
  proven: Float64Array,
  reach: Float64Array,
  { polish = true, engines, passes = MOST_PASSES }: MaximiseOptions,
): Maximum {
  const scale = scaleOf(programme, reach);
  const scaled = scaleProgramme(programme, scale);
  // Twice the reach never binds, so no price can hide in it
  const within = (most: Float64Array) =>
    most.map((one, i) => Math.max(programme.lower[i]!, Math.min(programme.upper[i]!, 2 * one)) / scale.money);
  const task: Task = {
    scaled,
    ceiling: within(reach),
    proofCeiling: within(proven),
    twins: findTwins(scaled),
    engines: engines ?? { small: simplexEngine, large: simplexEngine },
    smallGaveUp: false,
  };
  const grids = firstGrids(task);
  let best: Candidate | null = null;
  let reason = "the tangents did not close in on the curves";
  for (let pass = 1; pass <= passes; pass++) {
    const segments = scaled.curves.map((curve, i) =>
      cutIntoSegments(curve, grids[i]!.tangents, scaled.lower[i]!, task.ceiling[i]!),
    );
    const linear = solveSegments(task, segments);
    if (linear.kind === "infeasible") return { kind: "infeasible" };
    if (linear.kind !== "optimal")
      reason = linear.kind === "unbounded" ? "the linear programme has no bound" : linear.reason;
    const start = linear.kind === "optimal" ? planOf(task, segments, linear) : null;
    const candidates = start === null ? [] : [judge(task, start)];
    if (polish) candidates.push(...polishedFrom(task, start ?? idlePlan(scaled)));
    for (const candidate of candidates) if (best === null || candidate.fault < best.fault) best = candidate;
    if (best !== null && reached(best)) return unscale(programme, task, best, scale, pass);
    if (start === null) break;
    narrow(grids, task, start.spend, candidates);
  }
  if (best !== null && best.fault <= ACCEPTED_GAP && best.feasibility <= ACCEPTED_BREACH)
    return unscale(programme, task, best, scale, passes);
  return { kind: "stopped", reason };
}

interface Task {
  readonly scaled: Programme;
  readonly ceiling: Float64Array;
  readonly proofCeiling: Float64Array;
  readonly twins: readonly number[][];
  readonly engines: Engines;
  /**
   * A programme on which the small engine cycles makes it cycle on the next pass too, which takes it a second each time; and
   * nothing proves its "infeasible", which was wrong now and then.
   */
  smallGaveUp: boolean;
}

/** Where one channel's curve is touched, and around which spend of the pass before. */
interface Grid {
  tangents: number[];
  radius: number;
  centre: number | null;
}

function firstGrids({ scaled: { curves, lower }, ceiling }: Task): Grid[] {
  return curves.map((curve, i) => ({
    tangents: firstTangents(curve, lower[i]!, ceiling[i]!),
    radius: (ceiling[i]! - lower[i]!) / 2,
    centre: null,
  }));
}

/** A plan that stays put gets a grid four times as fine, one that moves away a grid twice as wide. */
function narrow(
  grids: readonly Grid[],
  { scaled: { curves, lower }, ceiling }: Task,
  spend: Float64Array,
  candidates: readonly Candidate[],
): void {
  for (const [i, grid] of grids.entries()) {
    const x = spend[i]!;
    const stays = grid.centre === null || Math.abs(x - grid.centre) < grid.radius / 2;
    grid.radius = stays
      ? Math.max(grid.radius / 4, FINEST_GRID * x)
      : Math.min(2 * grid.radius, ceiling[i]! - lower[i]!);
    grid.centre = x;
    const pointed = candidates.map(({ dualSpend }) => Math.min(ceiling[i]!, dualSpend[i]!));
    grid.tangents = tangentsAround(curves[i]!, x, grid.radius, pointed, lower[i]!, ceiling[i]!);
  }
}

function solveSegments(task: Task, segments: readonly Segments[]): LinearOutcome {
  const { small, large } = task.engines;
  const count = segments.reduce((sum, { slopes }) => sum + slopes.length, 0);
  if (small === large && count > MOST_SEGMENTS)
    return { kind: "unsolved", reason: `the plan needs ${count} segments, at most ${MOST_SEGMENTS} are solved` };
  if (small === large) return solveWith(small, task, segments);
  if (count < SMALL_UP_TO && !task.smallGaveUp) {
    const linear = solveWith(small, task, segments);
    if (linear.kind === "optimal") return linear;
    task.smallGaveUp = true;
  }
  return solveWith(large, task, segments);
}

function solveWith(engine: LinearEngine, { scaled }: Task, segments: readonly Segments[]): LinearOutcome {
  const linear = engine.solve(segmentProgramme(scaled, segments, 0));
  // Limits that leave exactly one plan can miss each other by rounding
  return linear.kind === "infeasible" ? engine.solve(segmentProgramme(scaled, segments, ROUNDING_ROOM)) : linear;
}

function planOf(
  { scaled, twins }: Task,
  segments: readonly Segments[],
  { x, prices }: Extract<LinearOutcome, { kind: "optimal" }>,
): PricedPlan {
  const spend = averageTwins(twins, spendOf(scaled, segments, x)).map((one, i) =>
    Math.min(scaled.upper[i]!, Math.max(scaled.lower[i]!, one)),
  );
  return { prices: pricesOf(scaled, prices), spend, sold: averageTwins(twins, soldOf(scaled, segments, x)) };
}

function polishedFrom(task: Task, start: PricedPlan): Candidate[] {
  const { scaled, ceiling } = task;
  const free = judge(task, polishPlan(scaled, ceiling, start, false));
  const found = [free];
  let from = start;
  for (let round = 0; !reached(free) && round < MOST_POLISHES; round++) {
    if (!answersByJumps(scaled, ceiling, from)) break;
    from = polishPlan(scaled, ceiling, from, true);
    found.push(judge(task, from));
  }
  return found;
}

/** Where the polish starts when the linear programme gave nothing: no price at all. */
function idlePlan({ rows, returns, stocks, lower }: Programme): PricedPlan {
  const none = (limits: readonly unknown[]) => new Float64Array(limits.length);
  return { prices: { rows: none(rows), returns: none(returns), stocks: none(stocks) }, spend: lower, sold: null };
}

interface Candidate extends Plan {
  readonly prices: Multipliers;
  readonly dualSpend: Float64Array;
  readonly gap: number;
  readonly feasibility: number;
  readonly fault: number;
}

function judge({ scaled, proofCeiling, twins, engines }: Task, { spend, prices }: PricedPlan): Candidate {
  const sold = averageTwins(twins, bestSale(scaled, spend, prices, engines.small));
  const plan = { spend, sold };
  const { bound, spend: dualSpend } = dualBound(scaled, proofCeiling, prices);
  const gap = relativeGap(scaled, plan, bound);
  const feasibility = violation(scaled, plan);
  return { ...plan, dualSpend, prices, gap, feasibility, fault: Math.max(Math.abs(gap), feasibility) };
}

function reached({ fault }: Candidate): boolean {
  return fault <= TARGET_GAP;
}

function unscale(programme: Programme, task: Task, best: Candidate, scale: Scale, passes: number): Proved {
  const { scaled, proofCeiling } = task;
  const spend = best.spend.map((x, i) => {
    // Bounds are restored exactly: x * money must not land a rounding error beside them
    if (x <= scaled.lower[i]!) return programme.lower[i]!;
    if (x >= scaled.upper[i]!) return programme.upper[i]!;
    return Math.min(programme.upper[i]!, Math.max(programme.lower[i]!, x * scale.money));
  });
  const sold = best.sold.map((amount, i) => {
    const response = curveValue(programme.curves[i]!, spend[i]!);
    const sellsAll = amount >= curveValue(scaled.curves[i]!, best.spend[i]!);
    return sellsAll ? response : Math.min(response, amount * scale.response);
  });
  const plan = { spend, sold };
  const prices = unscalePrices(best.prices, scale);
  const ceiling = proofCeiling.map((most) => most * scale.money);
  const { bound } = dualBound(programme, ceiling, prices);
  const gap = relativeGap(programme, plan, bound);
  const value = objectiveValue(programme, plan);
  return { kind: "proved", ...plan, prices, value, bound, gap, feasibility: violation(programme, plan), passes };
}
