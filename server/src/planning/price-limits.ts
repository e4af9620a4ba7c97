import type { BindingLimit, OptimalAllocation } from "@touchline/solver";
import type { Period, PlanLimit, ShadowPrice } from "../contract/index.ts";
import { canTellReturns, type PlannedChannel } from "./prepare-channels.ts";
import { limitInWords } from "./words.ts";

const NO_PRICE = 1e-9;

/**
 * What the limits of a plan cost. Holding a channel whose curve cannot tell what more would bring has no known price, so
 * none is given.
 */
export function priceLimits(
  allocation: Pick<OptimalAllocation, "binding">,
  channels: readonly PlannedChannel[],
  period: Period,
): ShadowPrice[] {
  const unknown = new Set(channels.flatMap((channel) => (canTellReturns(channel) ? [] : [channel.name])));
  return allocation.binding
    .filter(({ price, channel }) => Math.abs(price) > NO_PRICE && !(channel !== undefined && unknown.has(channel)))
    .map((binding) => {
      const limit = pricedLimit(binding);
      return {
        limit,
        constraint: limitInWords(limit, period),
        price: binding.price,
        unit: "revenue per unit of spend",
      };
    });
}

/** A change limit holds for all channels; its price is that of the one it stops. */
function pricedLimit({ limit, channel }: BindingLimit): PlanLimit {
  return limit.type === "change_limit_pct" && channel !== undefined ? { ...limit, channel } : limit;
}
