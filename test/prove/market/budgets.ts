import type { Random } from "../../../server/src/random.ts";
import type { ChannelSetting } from "./channel-setting.ts";
import type { MarketSetting } from "./market-setting.ts";
import { drawNoise, type Season } from "./season.ts";

/** What is spent: by channel a day's total in main units, and each campaign's share of it in cents. */
export interface Budgets {
  readonly spend: readonly Float64Array[];
  /** cents[channel][campaign * days + day] */
  readonly cents: readonly Int32Array[];
}

/** Spend moves by its own noise, steps and flights, so that response can be learnt from it, and with demand. */
export function drawBudgets(random: Random, setting: MarketSetting, season: Season): Budgets {
  const { days } = setting;
  const cents = setting.channels.map((channel) => drawCents(random, channel, season, days));
  const spend = cents.map((channel) => {
    const daily = new Float64Array(days);
    channel.forEach((amount, at) => {
      daily[at % days]! += amount / 100;
    });
    return daily;
  });
  return { spend, cents };
}

function drawCents(random: Random, channel: ChannelSetting, season: Season, days: number): Int32Array {
  const { budget, campaignShares } = channel;
  const cents = new Int32Array(campaignShares.length * days);
  const own = drawNoise(random, days, budget.noise, budget.persistence);
  campaignShares.forEach((share, campaign) => {
    const noise = drawNoise(random, days, budget.noise / 2, 0.9);
    for (let day = 0; day < days; day++) {
      const yesterday = season.demand[Math.max(0, day - 1)]!;
      const level = budget.level * stepFactor(budget, day / days) * flightFactor(budget, day);
      const amount = level * own[day]! * yesterday ** budget.demandPower * share * noise[day]!;
      cents[campaign * days + day] = Math.round(100 * amount);
    }
  });
  return cents;
}

function stepFactor({ steps }: ChannelSetting["budget"], at: number): number {
  return steps.reduce((level, { from, to, factor }) => (at >= from && at < to ? level * factor : level), 1);
}

/** A flight spends in its weeks what a steady campaign spreads over all of them. */
function flightFactor({ flight }: ChannelSetting["budget"], day: number): number {
  if (flight === null) return 1;
  return (Math.floor(day / 7) + flight.shift) % flight.cycle < flight.on ? flight.cycle / flight.on : 0;
}
