import { decomposeChange, decomposeTotal, type MovementParts, type MovementState } from "@touchline/solver";
import type { z } from "zod";
import {
  MOVEMENT_PART_NAMES,
  type MovementAnswer,
  type MovementFigures,
  type MovementInput,
  type MovementPartName,
} from "../contract/index.ts";
import { minus, roundedTo, toCents } from "../exact.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type BreakdownPart, type BreakdownSide, fetchSide } from "./breakdown-side.ts";
import type { Amounts } from "./figures.ts";
import { NO_AMOUNTS } from "./figures.ts";
import { gatherFacts } from "./movement-facts.ts";
import { noiseOf } from "./movement-noise.ts";
import { keysOf, piecesOf } from "./movement-pieces.ts";
import { fetchScopedRuns, originOf, type RunsOfRange } from "./scoped-runs.ts";

export type AskedMovement = z.output<typeof MovementInput>;

/** Whether spend files say of both ranges what was delivered: then the price is that of a delivery, otherwise that of a touch seen. */
type Reach = (amounts: Amounts) => number | null;
const delivered: Reach = ({ impressions, clicks }) =>
  impressions === null && clicks === null ? null : (impressions ?? 0) + (clicks ?? 0);
const touched: Reach = ({ touches }) => touches;

/**
 * Why a revenue is another one than on the compared days: what the spend did, what a touch costs, what it returns, what a
 * conversion is worth and, of all channels, where the money went; and what happened meanwhile.
 * Law: the parts add up to the change, to the cent; so do the pieces.
 */
export async function explainMovement(workspace: Workspace, input: AskedMovement): Promise<MovementAnswer> {
  const runs = await fetchScopedRuns(workspace, input);
  const sides = { now: sideRuns(runs.now, input), before: runs.before === null ? null : sideRuns(runs.before, input) };
  if (sides.before === null)
    throw new UserError(
      `nothing to compare with: the data does not reach back to ${input.compare.from}; choose days that it has`,
    );
  const { now, before } = { now: sides.now, before: sides.before };
  const own: BreakdownPart = {
    by: input.campaign !== null ? "creative" : input.channel !== null ? "campaign" : "channel",
    within: { channel: input.channel, campaign: input.campaign },
  };
  const [sideNow, sideBefore, facts, origin] = await Promise.all([
    fetchSide(workspace, own, now),
    fetchSide(workspace, own, before),
    gatherFacts(workspace, input),
    originOf(workspace, now, now.chosen.report.model as AskedMovement["model"]),
  ]);
  const isTotal = input.channel === null;
  const baselines = { before: before.chosen.report.baseline, now: now.chosen.report.baseline };
  const figures = (side: BreakdownSide, runsOfSide: RunsOfRange) =>
    isTotal ? runsOfSide.chosen.report.totals : side.total;
  const [ofNow, ofBefore] = [figures(sideNow, now), figures(sideBefore, before)];
  const change = minus(ofNow.revenue, ofBefore.revenue);
  const reach = [sideNow, sideBefore].every(({ total }) => (delivered(total) ?? 0) > 0) ? delivered : touched;
  const parts = isTotal
    ? decomposeTotal(pairsOf(sideBefore, sideNow, reach), {
        before: Number(baselines.before.revenue),
        now: Number(baselines.now.revenue),
      })
    : decomposeChange(stateOf(sideBefore.total, reach), stateOf(sideNow.total, reach));
  return {
    before: tellFigures(sideBefore.total, ofBefore, reach),
    now: tellFigures(sideNow.total, ofNow, reach),
    change: toCents(change),
    parts: printParts(parts, change),
    ...piecesOf(sideBefore, sideNow, change, isTotal ? baselines : null),
    noise: noiseOf(before, now, input),
    reachUnit: reach === delivered ? "delivered" : "touches",
    facts,
    origin,
  };
}

/** The runs that the measure is of: the incremental model's, or the chosen one's. */
function sideRuns(runs: RunsOfRange, { measure }: AskedMovement): RunsOfRange {
  if (measure === "credited") return runs;
  if (runs.incremental === null)
    throw new UserError("the incremental model has no answer for these days; ask for credited revenue");
  return { ...runs, chosen: runs.incremental };
}

function stateOf(amounts: Amounts, reach: Reach): MovementState {
  const { spend, conversions, revenue } = amounts;
  return {
    spend: spend === null ? null : Number(spend),
    reach: reach(amounts),
    conversions: Number(conversions),
    revenue: Number(revenue),
  };
}

/** Each channel by what is known of it on both sides: one may be delivered, another seen alone. */
function pairsOf(before: BreakdownSide, now: BreakdownSide, reach: Reach) {
  return keysOf(before, now).map((key) => {
    const [was, is] = [before.rows.get(key)?.amounts ?? NO_AMOUNTS, now.rows.get(key)?.amounts ?? NO_AMOUNTS];
    const own = [was, is].every((amounts) => (reach(amounts) ?? 0) > 0) ? reach : touched;
    return { before: stateOf(was, own), now: stateOf(is, own) };
  });
}

function tellFigures(
  amounts: Amounts,
  { conversions, revenue }: { conversions: string; revenue: string },
  reach: Reach,
): MovementFigures {
  return { spend: amounts.spend, reach: reach(amounts), conversions, revenue };
}

/** In cents, largest first; parts of nothing are left out. */
function printParts(parts: MovementParts, change: string): MovementAnswer["parts"] {
  const named = MOVEMENT_PART_NAMES.flatMap((part): { part: MovementPartName; size: number }[] => {
    const size = parts[part];
    return size === undefined ? [] : [{ part, size }];
  });
  const amounts = roundedTo(
    change,
    named.map(({ size }) => size),
  );
  return named
    .map(({ part }, place) => ({ part, amount: amounts[place]! }))
    .filter(({ amount }) => Number(amount) !== 0)
    .sort((a, b) => Math.abs(Number(b.amount)) - Math.abs(Number(a.amount)));
}
