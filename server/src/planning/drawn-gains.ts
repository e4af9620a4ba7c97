import type { Objective } from "@touchline/solver";
import { DAYS_PER_PERIOD, type Period } from "../contract/index.ts";
import type { PlannedChannel } from "./prepare-channels.ts";
import { curvePerPeriod, revenueAt } from "./revenue-curve.ts";

/**
 * What a split gains over today's under every draw of the curves: revenue and spend weighed as an objective weighs them, each
 * channel's revenue by its own weight too. A draw takes the same number from every channel; a channel without a curve gains nothing.
 * @returns one gain a draw; none where no channel has a curve
 * Law: today's split gains 0 in every draw.
 */
export function drawnGains(
  channels: readonly PlannedChannel[],
  spend: ArrayLike<number>,
  period: Period,
  { response_weight, spend_weight, weights = {} }: Pick<Objective, "response_weight" | "spend_weight" | "weights">,
): number[] {
  const days = DAYS_PER_PERIOD[period];
  const draws = Math.min(...channels.flatMap(({ fitted }) => (fitted === null ? [] : [fitted.draws.length])));
  if (!Number.isFinite(draws)) return [];
  return Array.from({ length: draws }, (_, draw) =>
    channels.reduce((sum, { name, fitted, current }, i) => {
      const cost = spend_weight * (spend[i]! - current);
      if (fitted === null) return sum + cost;
      const curve = curvePerPeriod(fitted.draws[draw]!, days);
      const gained = revenueAt(curve, spend[i]!) - revenueAt(curve, current);
      return sum + response_weight * (weights[name] ?? 1) * gained + cost;
    }, 0),
  );
}

/** Null where there is no draw to count. */
export function shareOfGains(gains: readonly number[]): number | null {
  return gains.length === 0 ? null : gains.filter((gain) => gain > 0).length / gains.length;
}
