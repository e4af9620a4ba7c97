import { fitEffects, meanOf } from "@touchline/solver";
import { DEFAULT_LOOKBACK_DAYS } from "../contract/index.ts";
import type { CurveHistory } from "./curve-history.ts";
import type { ChannelFacts } from "./fit-channel-curve.ts";

/** What "today" means for a plan. */
const CURRENT_DAYS = 28;

/**
 * Touches inside the lookback window have conversions still to come, and their days would pull what a touch brings down: in the
 * simulated shop half of Display's credit has come after 14 days. A short history cannot spare all of them: at most half of it is
 * left out.
 */
function immatureDays(days: number): number {
  return Math.min(DEFAULT_LOOKBACK_DAYS, Math.floor(days / 2));
}

/** What the days say of everything that was paid for beside what its spend delivers, in the order of `spending`. */
export function prepareFacts(
  { days, demand, spending, end, frequency }: CurveHistory,
  known: (channel: string) => Pick<ChannelFacts, "flags" | "creditDeviation">,
): ChannelFacts[] {
  const mature = days.length - immatureDays(days.length);
  const effects = fitEffects(
    spending.map(({ channel, touches, revenue }) => ({
      touches: touches.subarray(0, mature),
      revenue: revenue.subarray(0, mature),
      frequency: frequency.get(channel) ?? 0,
    })),
    demand.subarray(0, mature),
  );
  const season = demand.map((index) => index ** effects.seasonPower);
  const mean = meanOf(season.subarray(0, mature));
  return spending.map(({ channel, spend }, i) => ({
    ...{ demand, days, mature, season: season.map((index) => index / mean), effect: effects.channels[i]! },
    ...{ ...known(channel), currentSpend: meanOf(recentOf(spend, end)), isPulled: false, seed: i + 1 },
  }));
}

function recentOf(spend: Float64Array, end: number): Float64Array {
  return spend.subarray(Math.max(0, end - CURRENT_DAYS), end);
}

/** The days that today's spend is the mean of: the last ones before spend ends. */
export function currentDays({ days, end }: CurveHistory): { from: string; to: string } {
  return { from: days[Math.max(0, end - CURRENT_DAYS)]!, to: days[end - 1]! };
}
