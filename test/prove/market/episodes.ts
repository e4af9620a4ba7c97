import { WeightedChoice } from "../../../server/src/demo/weighted-choice.ts";
import type { Random } from "../../../server/src/random.ts";
import { between } from "./draws.ts";
import type { MarketSetting } from "./market-setting.ts";
import type { People } from "./people.ts";
import { DAY, type Season } from "./season.ts";

/**
 * Times in which somebody means to buy. Intent rises as (share of the way to its peak)^power; the peak of an episode that
 * ends in a purchase is its end, others fall back again.
 */
export class Episodes {
  readonly count: number;
  readonly person: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly peak: Float64Array;
  /** 1: ends in a purchase unless one comes before. */
  readonly buys: Uint8Array;
  private readonly power: number;

  constructor(random: Random, setting: MarketSetting, people: People, season: Season) {
    const { share, ending, medianDays, power } = setting.episodes;
    const count = setting.switches.rising ? random.poisson((setting.baseline * share) / ending) : 0;
    this.count = count;
    this.power = power;
    this.person = new Uint32Array(count);
    this.start = new Float64Array(count);
    this.end = new Float64Array(count);
    this.peak = new Float64Array(count);
    this.buys = new Uint8Array(count);
    if (count === 0) return;
    const whom = new WeightedChoice(people.wish);
    const when = new WeightedChoice(season.demand);
    for (let i = 0; i < count; i++) {
      const length = Math.min(40, Math.max(1.5, medianDays * Math.exp(0.5 * random.normal())));
      this.person[i] = whom.draw(random);
      this.end[i] = season.purchaseHours.draw(random, when.draw(random));
      this.start[i] = this.end[i]! - length * DAY;
      this.buys[i] = random.chance(ending) ? 1 : 0;
      const way = this.buys[i] === 1 ? 1 : between(random, 0.3, 0.9);
      this.peak[i] = this.start[i]! + way * length * DAY;
    }
  }

  intentAt(episode: number, second: number): number {
    const start = this.start[episode]!;
    const end = this.end[episode]!;
    const peak = this.peak[episode]!;
    if (second < start || second > end) return 0;
    const way = second <= peak ? (second - start) / (peak - start) : (end - second) / (end - peak);
    return way ** this.power;
  }

  /** A moment of the episode, in proportion to intent. */
  drawMoment(random: Random, episode: number): number {
    const way = random.uniform() ** (1 / (this.power + 1));
    const start = this.start[episode]!;
    const end = this.end[episode]!;
    const peak = this.peak[episode]!;
    const rises = random.uniform() * (end - start) < peak - start;
    return rises ? start + way * (peak - start) : end - way * (end - peak);
  }
}

/** By day: who is inside an episode, to be drawn in proportion to intent at midday. */
export class IntentPool {
  private readonly episodes: number[][];
  private readonly reach: number[][];

  constructor(episodes: Episodes, days: number) {
    this.episodes = Array.from({ length: days }, () => []);
    this.reach = Array.from({ length: days }, () => []);
    for (let episode = 0; episode < episodes.count; episode++) {
      const first = Math.max(0, Math.floor(episodes.start[episode]! / DAY));
      const last = Math.min(days - 1, Math.floor(episodes.end[episode]! / DAY));
      for (let day = first; day <= last; day++) {
        const intent = episodes.intentAt(episode, (day + 0.5) * DAY);
        if (intent <= 0) continue;
        const reach = this.reach[day]!;
        reach.push((reach.at(-1) ?? 0) + intent);
        this.episodes[day]!.push(episode);
      }
    }
  }

  /** An episode, or -1 on a day without any. */
  draw(random: Random, day: number): number {
    const reach = this.reach[day]!;
    const total = reach.at(-1);
    if (total === undefined) return -1;
    const aim = random.uniform() * total;
    let low = 0;
    let high = reach.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (reach[middle]! > aim) high = middle;
      else low = middle + 1;
    }
    return this.episodes[day]![low]!;
  }
}
