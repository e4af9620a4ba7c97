import type { Random } from "../../../server/src/random.ts";
import type { EventColumns } from "./columns.ts";
import type { MarketSetting } from "./market-setting.ts";
import { DAY } from "./season.ts";

const MEAN_DAYS_BACK = 2.2;
const FOLLOWED_DAYS = 7;
const TRIES = 30;

/** Own visits by day, for ads that follow them. */
export class VisitPool {
  private readonly person: number[][];
  private readonly second: number[][];

  constructor(events: EventColumns, setting: MarketSetting) {
    this.person = Array.from({ length: setting.days }, () => []);
    this.second = Array.from({ length: setting.days }, () => []);
    const direct = setting.channels.findIndex(({ role }) => role === "direct");
    for (let i = 0; i < events.length; i++) {
      if (events.channel[i] !== direct) continue;
      const day = Math.floor(events.second[i]! / DAY);
      this.person[day]!.push(events.person[i]!);
      this.second[day]!.push(events.second[i]!);
    }
  }

  /** Somebody who visited in the days before a moment, the last days first; -1 when nobody is found. */
  draw(random: Random, second: number): number {
    const day = Math.floor(second / DAY);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const back = Math.floor(random.exponential(MEAN_DAYS_BACK));
      const visits = this.second[day - back];
      if (back >= FOLLOWED_DAYS || visits === undefined || visits.length === 0) continue;
      const at = random.below(visits.length);
      if (visits[at]! < second) return this.person[day - back]![at]!;
    }
    return -1;
  }
}
