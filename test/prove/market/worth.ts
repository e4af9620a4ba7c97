import { deliveredBy, paysFor } from "./channel-setting.ts";
import type { Aim } from "./deliver.ts";
import { sum } from "./draws.ts";
import type { History } from "./history.ts";
import type { MarketSetting } from "./market-setting.ts";
import { FATIGUE_DAYS } from "./reaction.ts";
import type { Season } from "./season.ts";

const SAMPLED_PEOPLE = 600;

/**
 * Expected incremental revenue a day of constant spend: touches delivered x effect x order value, less what does not
 * happen because a purchase came first and what would have come anyway. Synergy and fatigue depend on how often the same
 * people are reached: their mean is taken over a sample of people whose touches come as Poisson processes.
 */
export function prepareWorth(
  setting: MarketSetting,
  season: Season,
  aims: readonly Aim[],
  history: History,
): (spendPerDay: ArrayLike<number>) => number {
  const { channels, meanOrderValue, effectSeason } = setting;
  const meanSeason = sum(season.demand.map((demand) => demand ** effectSeason)) / setting.days;
  const perTouch = channels.map(({ effect, valueFactor }, i) => {
    if (effect === 0) return 0;
    const happens = history.delivered[i]! / Math.max(1, history.planned[i]!);
    const isNew = 1 - history.pulledForward[i]! / Math.max(1, history.delivered[i]!);
    return effect * valueFactor * meanOrderValue * meanSeason * happens * isNew;
  });
  const volumeOf = (spend: ArrayLike<number>) =>
    channels.map(({ role, delivery, volume }, i) => (paysFor(role) ? deliveredBy(delivery, spend[i]!) : volume));
  const multiplier = prepareMultiplier(setting, aims);
  return (spend) => {
    const volume = volumeOf(spend);
    let total = 0;
    for (let i = 0; i < channels.length; i++) {
      if (perTouch[i] === 0 || !paysFor(channels[i]!.role)) continue;
      total += volume[i]! * perTouch[i]! * multiplier(i, volume);
    }
    return total;
  };
}

/** Mean over touches of what synergy and fatigue make of a channel's effect, given all channels' touches a day. */
function prepareMultiplier(
  setting: MarketSetting,
  aims: readonly Aim[],
): (channel: number, volume: number[]) => number {
  if (!setting.switches.synergy && !setting.switches.fatigue) return () => 1;
  const step = Math.max(1, Math.floor(setting.people / SAMPLED_PEOPLE));
  // Touches a day of a sampled person, for one touch a day of the channel to everybody.
  const share = aims.map((aim) => {
    const total = sum(aim);
    return Float64Array.from({ length: Math.floor(setting.people / step) }, (_, i) => aim[i * step]! / total);
  });
  return (channel, volume) => {
    const pair = setting.synergies.find(({ second }) => second === channel);
    const tires = 1 - setting.fatigue[channel]!;
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
  };
}
