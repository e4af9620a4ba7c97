import type { BindingLimit, OptimalAllocation } from "@touchline/solver";
import type { PlanLimit, ShadowPrice } from "../contract/index.ts";
import { limitInWords, priceUnit } from "./limit-words.ts";
import type { PlanFrame } from "./plan-frame.ts";
import { canTellReturns, type PlannedChannel } from "./prepare-channels.ts";

const NO_PRICE = 1e-9;

/**
 * What the limits of a plan cost. Holding a channel whose curve cannot tell what more would bring has no known price, so
 * none is given.
 */
export function priceLimits(
  allocation: Pick<OptimalAllocation, "binding">,
  channels: readonly PlannedChannel[],
  { period, goal }: Pick<PlanFrame, "period" | "goal">,
): ShadowPrice[] {
  const unknown = new Set(channels.flatMap((channel) => (canTellReturns(channel) ? [] : [channel.name])));
  const isTarget = allocation.binding.some(({ limit }) => limit.type === "min_total_response");
  return allocation.binding
    .filter(({ price, channel }) => Math.abs(price) > NO_PRICE && !(channel !== undefined && unknown.has(channel)))
    .map((binding) => {
      const limit = pricedLimit(binding, channels);
      return {
        limit,
        constraint: limitInWords(limit, period),
        price: binding.price,
        unit: priceUnit(limit, goal, isTarget),
      };
    });
}

/** A change limit holds for all channels; its price is that of the one it stops. */
export function pricedLimit({ limit, channel }: BindingLimit, channels: readonly PlannedChannel[]): PlanLimit {
  return limit.type === "change_limit_pct" && channel !== undefined
    ? { ...limit, channel }
    : asPlanLimit(limit, channels);
}

/** The optimiser's limit as the planner calls it: a bound that nobody asked for is how far a curve is trusted. */
export function asPlanLimit(limit: BindingLimit["limit"], channels: readonly PlannedChannel[]): PlanLimit {
  if (limit.type === "cpa_ceiling") {
    const { type, value, members } = limit;
    return members === undefined ? { type, value } : { type, value, members: [...members] };
  }
  if (limit.type !== "channel_min" && limit.type !== "channel_max") return limit;
  const { trusted = null } = channels.find(({ name }) => name === limit.channel) ?? {};
  return trusted === null ? limit : { ...limit, type: limit.type === "channel_min" ? "trusted_min" : "trusted_max" };
}
