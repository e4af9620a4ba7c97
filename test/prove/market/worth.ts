import { type ChannelSetting, deliveredBy, paysFor } from "./channel-setting.ts";
import type { Aim } from "./deliver.ts";
import { sum } from "./draws.ts";
import type { History } from "./history.ts";
import type { MarketSetting } from "./market-setting.ts";
import { FATIGUE_DAYS } from "./reaction.ts";
import type { Season } from "./season.ts";

const SAMPLED_PEOPLE = 600;

/** What the worth of a split is worked out from: plain figures, to be kept beside the data of a market. */
export interface WorthFacts {
  readonly channels: readonly {
    readonly isPaid: boolean;
    readonly delivery: ChannelSetting["delivery"];
    /** Touches a day where nobody pays. */
    readonly volume: number;
    /** Expected incremental revenue of a touch. */
    readonly perTouch: number;
  }[];
  /** Null where it does not matter how often the same people are reached. */
  readonly repeats: {
    /** By channel, touches a day of a sampled person, for one touch a day of the channel to everybody. */
    readonly share: readonly (readonly number[])[];
    readonly synergies: MarketSetting["synergies"];
    readonly fatigue: readonly number[];
  } | null;
}

/**
 * A touch's revenue: effect x order value, less what does not happen because a purchase came first and what would have come anyway.
 * Synergy and fatigue depend on how often the same people are reached: a sample of people stands for all.
 */
export function measureWorth(
  setting: MarketSetting,
  season: Season,
  aims: readonly Aim[],
  history: History,
): WorthFacts {
  const { meanOrderValue, effectSeason, synergies, fatigue, switches } = setting;
  const meanSeason = sum(season.demand.map((demand) => demand ** effectSeason)) / setting.days;
  const channels = setting.channels.map(({ role, delivery, volume, effect, valueFactor }, i) => {
    const happens = history.delivered[i]! / Math.max(1, history.planned[i]!);
    const isNew = 1 - history.pulledForward[i]! / Math.max(1, history.delivered[i]!);
    const perTouch = effect * valueFactor * meanOrderValue * meanSeason * happens * isNew;
    return { isPaid: paysFor(role), delivery, volume, perTouch };
  });
  const matters = switches.synergy || switches.fatigue;
  return { channels, repeats: matters ? { share: sampleShares(setting, aims), synergies, fatigue } : null };
}

function sampleShares({ people }: MarketSetting, aims: readonly Aim[]): number[][] {
  const step = Math.max(1, Math.floor(people / SAMPLED_PEOPLE));
  return aims.map((aim) => {
    const total = sum(aim);
    return Array.from({ length: Math.floor(people / step) }, (_, i) => aim[i * step]! / total);
  });
}

/** Expected incremental revenue a day of constant spend. */
export function prepareWorth({ channels, repeats }: WorthFacts): (spendPerDay: ArrayLike<number>) => number {
  return (spend) => {
    const volume = channels.map(({ isPaid, delivery, volume: free }, i) =>
      isPaid ? deliveredBy(delivery, spend[i]!) : free,
    );
    let total = 0;
    channels.forEach(({ isPaid, perTouch }, i) => {
      if (perTouch === 0 || !isPaid) return;
      total += volume[i]! * perTouch * (repeats === null ? 1 : repeatedEffect(repeats, i, volume));
    });
    return total;
  };
}

/** Mean over touches of what synergy and fatigue make of a channel's effect, given all channels' touches a day. */
function repeatedEffect(
  { share, synergies, fatigue }: NonNullable<WorthFacts["repeats"]>,
  channel: number,
  volume: readonly number[],
): number {
  const pair = synergies.find(({ second }) => second === channel);
  const tires = 1 - fatigue[channel]!;
  const own = share[channel]!;
  let weight = 0;
  let effect = 0;
  for (let person = 0; person < own.length; person++) {
    const before = pair === undefined ? 0 : volume[pair.first]! * share[pair.first]![person]! * pair.days;
    const boosted = pair === undefined ? 1 : 1 + pair.boost * (1 - Math.exp(-before));
    const tired = Math.exp(-volume[channel]! * own[person]! * FATIGUE_DAYS * tires);
    weight += own[person]!;
    effect += own[person]! * boosted * tired;
  }
  return weight > 0 ? effect / weight : 1;
}
