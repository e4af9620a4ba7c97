import type { Random } from "../../../server/src/random.ts";
import type { MarketSetting } from "./market-setting.ts";
import { DAY, type Season } from "./season.ts";

export const FATIGUE_DAYS = 7;
const SHORTEST_LAG = 30;
const TRIES = 6;

/** How one person reacts to a touch, given the touches before it. */
export class Reaction {
  private readonly setting: MarketSetting;
  private readonly season: Season;
  /** By channel, the times of this person's touches so far. */
  private readonly times: number[][];
  private readonly needsMemory: boolean;

  constructor({ setting, season }: { setting: MarketSetting; season: Season }) {
    this.setting = setting;
    this.season = season;
    this.times = setting.channels.map(() => []);
    this.needsMemory = setting.switches.synergy || setting.switches.fatigue;
  }

  begin(): void {
    if (this.needsMemory) for (const times of this.times) times.length = 0;
  }

  /** Conversions to expect; `boost` of them for each one that would come without the touch of `enabler` before. */
  to(channel: number, second: number): { expected: number; boost: number; enabler: number } {
    const { effect } = this.setting.channels[channel]!;
    const demand = this.season.demand[Math.floor(second / DAY)]!;
    const base = effect * demand ** this.setting.effectSeason;
    if (!this.needsMemory) return { expected: base, boost: 0, enabler: -1 };
    const pair = this.setting.synergies.find((one) => one.second === channel);
    const isBoosted = pair !== undefined && second - (this.times[pair.first]!.at(-1) ?? -1e12) < pair.days * DAY;
    const boost = isBoosted ? pair.boost : 0;
    const tired = this.setting.fatigue[channel]! ** this.countRecent(channel, second);
    this.times[channel]!.push(second);
    return { expected: base * tired * (1 + boost), boost, enabler: isBoosted ? pair.first : -1 };
  }

  private countRecent(channel: number, second: number): number {
    const times = this.times[channel]!;
    let count = 0;
    for (let i = times.length - 1; i >= 0 && second - times[i]! < FATIGUE_DAYS * DAY; i--) count++;
    return count;
  }

  /** When a caused purchase comes: after the lag, moved towards hours in which people are awake. */
  drawTime(random: Random, channel: number, second: number): number {
    const { lag } = this.setting.channels[channel]!;
    let at = 0;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const after = Math.max(SHORTEST_LAG, lag.draw(random));
      at = second + Math.floor(after);
      if (after > 1.5 * DAY)
        return Math.max(second + SHORTEST_LAG, this.season.purchaseHours.draw(random, Math.floor(at / DAY)));
      if (random.chance(this.season.purchaseHours.welcome(at))) return at;
    }
    return at;
  }
}
