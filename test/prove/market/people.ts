import type { Random } from "../../../server/src/random.ts";
import { sum } from "./draws.ts";
import type { MarketSetting, Unevenness } from "./market-setting.ts";

export interface People {
  readonly count: number;
  /** How often somebody buys of their own accord, against the mean of 1. */
  readonly wish: Float64Array;
  /** How often somebody is where ads are; 0: never. */
  readonly activity: Float64Array;
  readonly refuses: Uint8Array;
  readonly subscribes: Uint8Array;
}

export function drawPeople(random: Random, setting: MarketSetting): People {
  const { people: count, reached, unevenness } = setting;
  const wish = Float64Array.from({ length: count }, () => drawWish(random, unevenness));
  const activity = new Float64Array(count);
  const refuses = new Uint8Array(count);
  const subscribes = new Uint8Array(count);
  for (let person = 0; person < count; person++) {
    const isReached = random.chance(reached.share);
    activity[person] = isReached ? random.gamma(1.3, 1 / 1.3) : 0;
    if (!isReached) wish[person]! *= reached.othersBuy;
    refuses[person] = random.chance(setting.refusing) ? 1 : 0;
    subscribes[person] = isReached && random.chance(setting.mail.subscribers) ? 1 : 0;
  }
  const mean = sum(wish) / count;
  return { count, wish: wish.map((value) => value / mean), activity, refuses, subscribes };
}

function drawWish(random: Random, { family, value, share }: Unevenness): number {
  if (family === "gamma") return random.gamma(value, 1 / value);
  if (family === "lognormal") return Math.exp(value * random.normal() - (value * value) / 2);
  return random.chance(share) ? value : 1;
}
