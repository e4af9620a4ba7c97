import { dualBound, type Multipliers, objectiveValue, relativeGap, violation } from "./certificate.ts";
import { type LinearOutcome, type LinearRow, solveLinearProgramme } from "./linear-programme.ts";
import { hasStraightStretch, type PricedPlan, polishPlan } from "./polish.ts";
import type { Programme } from "./programme.ts";
import { reachOf } from "./reach.ts";
import { type Scale, scaleOf, scaleProgramme } from "./scale.ts";
import { cutIntoSegments, firstTangents, type Segments, tangentsAround } from "./segments.ts";

/** A plan with its proof. Everything in the units of the programme that was asked. */
export interface Proved {
  readonly kind: "proved";
  readonly spend: Float64Array;
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
/** Segments in one linear programme: above this its dense tableau takes seconds a pass. */
const MOST_SEGMENTS = 1200;

/**
 * Maximises a concave programme through linear ones. Each pass replaces every curve by the lower envelope of some of its
 * tangents, solves the linear programme, and touches the curves around its plan and where its prices point. A pass ends
 * with candidates, the linear plan and the plans at polished prices; the best whose certificate holds is the answer.
 */
export function maximise(programme: Programme, { polish = true }: MaximiseOptions = {}): Maximum {
  if (programme.lower.some((bound, i) => bound > programme.upper[i]!)) return { kind: "infeasible" };
  const reach = reachOf(programme);
  const endless = reach.indexOf(Number.POSITIVE_INFINITY);
  if (endless >= 0) return { kind: "unlimited", channel: endless };
  const scale = scaleOf(programme, reach);
  const scaled = scaleProgramme(programme, scale);
  // Twice the reach never binds, so no price can hide in it
  const ceiling = reach.map((most, i) => Math.min(programme.upper[i]!, 2 * most) / scale.money);

  const grids: Grid[] = scaled.curves.map((curve, i) => ({
    tangents: firstTangents(curve, scaled.lower[i]!, ceiling[i]!),
    radius: (ceiling[i]! - scaled.lower[i]!) / 2,
    centre: null,
  }));
  const twins = findTwins(scaled);
  let best: Candidate | null = null;
  let reason = "the tangents did not close in on the curves";
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const segments = scaled.curves.map((curve, i) =>
      cutIntoSegments(curve, grids[i]!.tangents, scaled.lower[i]!, ceiling[i]!),
    );
    const count = segments.reduce((sum, { slopes }) => sum + slopes.length, 0);
    if (count > MOST_SEGMENTS)
      return { kind: "stopped", reason: `the plan needs ${count} segments, at most ${MOST_SEGMENTS} are solved` };
    let linear = solveSegments(scaled, segments, 0);
    // Limits that leave exactly one plan can miss each other by rounding
    if (linear.kind === "infeasible") linear = solveSegments(scaled, segments, ROUNDING_ROOM);
    if (linear.kind === "infeasible") return { kind: "infeasible" };
    if (linear.kind !== "optimal")
      reason = linear.kind === "unbounded" ? "the linear programme has no bound" : linear.reason;

    const start: PricedPlan | null =
      linear.kind !== "optimal"
        ? null
        : {
            prices: pricesOf(scaled, linear.prices),
            spend: snapToBounds(scaled, averageTwins(twins, planOf(scaled, segments, linear.x))),
          };
    const candidates = start === null ? [] : [judge(scaled, ceiling, start)];
    if (polish) candidates.push(...polishedFrom(scaled, ceiling, start ?? idlePlan(scaled)));
    for (const candidate of candidates) if (best === null || candidate.fault < best.fault) best = candidate;
    if (best !== null && reached(best)) return unscale(programme, scaled, best, scale, pass);
    if (start === null) break;
    narrow(grids, scaled, ceiling, start.spend, candidates);
  }
  if (best !== null && best.fault <= ACCEPTED_GAP && best.feasibility <= ACCEPTED_BREACH)
    return unscale(programme, scaled, best, scale, MOST_PASSES);
  return { kind: "stopped", reason };
}

/** Where one channel's curve is touched, and around which spend of the pass before. */
interface Grid {
  tangents: number[];
  radius: number;
  centre: number | null;
}

/** A plan that stays put gets a grid four times as fine, one that moves away a grid twice as wide. */
function narrow(
  grids: readonly Grid[],
  { curves, lower }: Programme,
  ceiling: Float64Array,
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
    const pointed = candidates.map(({ dualSpend }) => dualSpend[i]!);
    grid.tangents = tangentsAround(curves[i]!, x, grid.radius, pointed, lower[i]!, ceiling[i]!);
  }
}

function polishedFrom(scaled: Programme, ceiling: Float64Array, start: PricedPlan): Candidate[] {
  const free = judge(scaled, ceiling, polishPlan(scaled, ceiling, start, false));
  const found = [free];
  let from = start;
  for (let round = 0; !reached(free) && round < MOST_POLISHES; round++) {
    if (!hasStraightStretch(scaled, ceiling, from.spend)) break;
    const held = judge(scaled, ceiling, polishPlan(scaled, ceiling, from, true));
    found.push(held);
    from = held;
  }
  return found;
}

/** Where the polish starts when the linear programme gave nothing: no price at all. */
function idlePlan({ rows, lower }: Programme): PricedPlan {
  return { prices: { rows: new Float64Array(rows.length), roas: 0 }, spend: lower };
}

/** The linear programme's rows are the spend rows, then the ROAS floor if there is one. */
function pricesOf({ rows }: Programme, prices: Float64Array): Multipliers {
  return { rows: prices.subarray(0, rows.length), roas: prices[rows.length] ?? 0 };
}

interface Candidate extends PricedPlan {
  readonly dualSpend: Float64Array;
  readonly gap: number;
  readonly feasibility: number;
  readonly fault: number;
}

function judge(scaled: Programme, ceiling: Float64Array, { spend, prices }: PricedPlan): Candidate {
  const { bound, spend: dualSpend } = dualBound(scaled, ceiling, prices);
  const gap = relativeGap(scaled, spend, bound);
  const feasibility = violation(scaled, spend);
  return { spend, dualSpend, prices, gap, feasibility, fault: Math.max(Math.abs(gap), feasibility) };
}

function reached({ fault }: Candidate): boolean {
  return fault <= TARGET_GAP;
}

/** Columns: the segments of channel 0, then of channel 1, ... Rows: the spend rows, then the ROAS floor. */
function solveSegments(scaled: Programme, segments: readonly Segments[], room: number): LinearOutcome {
  const owner = segments.flatMap(({ slopes }, i) => slopes.map(() => i));
  const slopes = Float64Array.from(segments.flatMap((one) => one.slopes));
  const upper = Float64Array.from(segments.flatMap((one) => one.widths));
  const columnsOf: number[][] = segments.map(() => []);
  owner.forEach((i, column) => {
    columnsOf[i]!.push(column);
  });

  const rows: LinearRow[] = scaled.rows.map(({ members, sense, value }) => {
    const columns = members.flatMap((i) => columnsOf[i]!);
    const spent = members.reduce((sum, i) => sum + scaled.lower[i]!, 0);
    const relaxed = sense === "<=" ? value * (1 + room) : sense === ">=" ? value * (1 - room) : value;
    return { sense, value: nearZero(relaxed - spent), columns, coefficients: columns.map(() => 1) };
  });
  if (scaled.roasFloor > 0) {
    let slack = room;
    for (const [i, { base }] of segments.entries()) slack += base - scaled.roasFloor * scaled.lower[i]!;
    const coefficients = Array.from(slopes, (slope) => scaled.roasFloor - slope);
    rows.push({ sense: "<=", value: nearZero(slack), columns: [...owner.keys()], coefficients });
  }
  return solveLinearProgramme({ objective: slopes.map((slope) => slope - scaled.spendCost), upper, rows });
}

/** Sums that should cancel do so up to rounding; a right-hand side of -1e-17 is not an impossible plan. */
function nearZero(value: number): number {
  return Math.abs(value) < 1e-13 ? 0 : value;
}

function planOf(scaled: Programme, segments: readonly Segments[], x: Float64Array): Float64Array {
  const spend = Float64Array.from(scaled.lower);
  let column = 0;
  for (const [i, { slopes }] of segments.entries()) for (const _ of slopes) spend[i]! += x[column++]!;
  return spend;
}

/**
 * Channels that nothing tells apart get the same spend: by concavity the average is worth no less, and every limit on
 * sums is kept. The simplex alone would favour whichever comes first.
 */
function averageTwins(twins: readonly number[][], spend: Float64Array): Float64Array {
  for (const alike of twins) {
    const mean = alike.reduce((sum, i) => sum + spend[i]!, 0) / alike.length;
    for (const i of alike) spend[i] = mean;
  }
  return spend;
}

/** Channels with the same curve, the same bounds and the same rows, where there is more than one. */
function findTwins(scaled: Programme): number[][] {
  const alike = new Map<string, number[]>();
  scaled.curves.forEach((curve, i) => {
    const rows = scaled.rows.flatMap(({ members }, r) => (members.includes(i) ? [r] : []));
    const key = JSON.stringify([curve, scaled.lower[i], String(scaled.upper[i]), rows]);
    alike.set(key, [...(alike.get(key) ?? []), i]);
  });
  return [...alike.values()].filter((channels) => channels.length > 1);
}

function snapToBounds(scaled: Programme, spend: Float64Array): Float64Array {
  return spend.map((x, i) => Math.min(scaled.upper[i]!, Math.max(scaled.lower[i]!, x)));
}

function unscale(programme: Programme, scaled: Programme, best: Candidate, scale: Scale, passes: number): Proved {
  const spend = best.spend.map((x, i) => {
    // Bounds are restored exactly: x * money must not land a rounding error beside them
    if (x <= scaled.lower[i]!) return programme.lower[i]!;
    if (x >= scaled.upper[i]!) return programme.upper[i]!;
    return Math.min(programme.upper[i]!, Math.max(programme.lower[i]!, x * scale.money));
  });
  const perMoney = scale.value / scale.money;
  const prices = {
    rows: best.prices.rows.map((price) => price * perMoney),
    roas: best.prices.roas * programme.responseWeight,
  };
  const value = objectiveValue(programme, spend);
  const { bound } = dualBound(
    programme,
    reachOf(programme).map((most, i) => Math.min(programme.upper[i]!, 2 * most)),
    prices,
  );
  return {
    kind: "proved",
    spend,
    prices,
    value,
    bound,
    gap: relativeGap(programme, spend, bound),
    feasibility: violation(programme, spend),
    passes,
  };
}
