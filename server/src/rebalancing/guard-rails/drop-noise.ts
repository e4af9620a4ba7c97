import { type Curve, curveValue, quantile } from "@touchline/solver";
import type { Plan, ProposeInput } from "../../contract/index.ts";
import { gainOf, limitMoved } from "./limit-moved.ts";
import { isWorthIt, type Rails } from "./rails.ts";

export interface Quieted {
  readonly input: ProposeInput;
  readonly plan: Plan;
  /** Channels that stay although the best plan would have moved them. */
  readonly dropped: readonly string[];
}

const WEEK = 7;
/** Of a channel's own gain, one draw a curve: the middle 90 %. */
const TAIL = 0.05;
/** A plan without the move is as good where it keeps this much of the gain. */
const AS_GOOD = 0.99;
const CENT = 0.01;

/**
 * Leaves alone what need not move: where a channel's own gain (what its curve brings more or less, against what the money earns elsewhere) holds
 * 0 within its interval, and the best plan that keeps it at today's spend gains as much. The smallest moves first.
 */
export async function dropNoise(
  rails: Rails,
  given: { readonly input: ProposeInput; readonly plan: Plan },
  solve: (input: ProposeInput) => Promise<Plan>,
): Promise<Quieted> {
  const least = gainOf(given.plan) * AS_GOOD;
  let best: Quieted = { ...given, dropped: [] };
  const size = ({ current, recommended }: Plan["allocation"][number]) =>
    Math.abs(Number(recommended) - Number(current));
  const moved = given.plan.allocation.filter((row) => size(row) > CENT).sort((a, b) => size(a) - size(b));
  for (const { channel } of moved) {
    if (!isNoise(best.plan, channel, rails.draws.get(channel) ?? [])) continue;
    const bounds = [...best.input.bounds, { channel, lower: null, upper: null, locked: true }];
    const tried = await limitMoved({ ...best.input, bounds }, rails.guardRails.maxTotalMoved, solve);
    if (!isWorthIt(tried.plan, rails.guardRails.leastProbabilityOfGain) || gainOf(tried.plan) < least) continue;
    best = { input: tried.input, plan: tried.plan, dropped: [...best.dropped, channel] };
  }
  return best;
}

function isNoise(plan: Plan, channel: string, draws: readonly Curve[]): boolean {
  const row = plan.allocation.find((each) => each.channel === channel);
  if (row === undefined || draws.length === 0) return false;
  const [from, to] = [Number(row.current) / WEEK, Number(row.recommended) / WEEK];
  const price = plan.shadowPrices.find(({ limit }) => limit.type === "total_spend")?.price ?? 0;
  const gains = draws.map((draw) => curveValue(draw, to) - curveValue(draw, from) - price * (to - from));
  return quantile(gains, TAIL) < 0 && quantile(gains, 1 - TAIL) > 0;
}
