import { describe, expect, test } from "vitest";
import { shiftDay } from "../../calendar-days.ts";
import { DEFAULT_REBALANCING, type RebalancingCheck } from "../../contract/index.ts";
import { judgeWatched } from "./judge-watched.ts";
import { FIRST_DAY, healthyShop, spendTwiceOf, type ToldShop, watchedOn } from "./watched.fixture.ts";
import type { Watched } from "./watched.ts";

const SHOPS = 30;
const HISTORY = 441;
const { guardRails } = DEFAULT_REBALANCING;

const judged = (watched: Watched, plans = 0): RebalancingCheck[] =>
  judgeWatched(watched, { guardRails, timeZone: "UTC", fittedFrom: FIRST_DAY, plans });
const blocksOf = (checks: readonly RebalancingCheck[]) => checks.filter(({ outcome }) => outcome === "blocked");
/** A Monday and the Friday after it: over a weekend shops that are closed then cannot tell a dead pixel from a quiet one. */
const MONDAY = shiftDay(FIRST_DAY, HISTORY);
const FRIDAY = shiftDay(MONDAY, 4);

/** How many of the shops are blocked by a rule after something went wrong with them. */
function detected(rule: string, says: string, today: string, spoil: (shop: ToldShop) => Watched): number {
  let count = 0;
  for (let seed = 101; seed <= 100 + SHOPS; seed++) {
    const watched = spoil(healthyShop(seed, HISTORY + 30));
    if (judged(watched).some((check) => check.rule === rule && check.numbers.says === says)) count++;
  }
  if (process.env.TOUCHLINE_LOOK) console.log(rule, says, today, count, SHOPS);
  return count / SHOPS;
}

describe("what went wrong is found", () => {
  test("conversion tracking that is dead for three days", () => {
    const dead = (today: string) =>
      detected("conversions-dropped", "zero", today, (shop) => {
        shop.conversions = shop.conversions.filter(({ date }) => date < shiftDay(today, -3));
        return watchedOn(shop, today);
      });
    // What is left are shops with two to five sales a day, of which three days without any come by chance.
    expect(dead(FRIDAY)).toBeGreaterThan(0.8);
    expect(dead(MONDAY)).toBeGreaterThan(0.5);
  });

  test("three quarters of the conversions lost for a week", () => {
    const share = detected("conversions-dropped", "fallen", MONDAY, (shop) => {
      const today = MONDAY;
      shop.conversions = shop.conversions.map((row) =>
        row.date < shiftDay(today, -8) ? row : { ...row, conversions: Math.round(row.conversions / 4) },
      );
      return watchedOn(shop, today);
    });
    expect(share).toBeGreaterThan(0.4);
  });

  test("spend that two sources tell alike", () => {
    const share = detected("spend-jumped", "twice", MONDAY, (shop) => {
      const today = MONDAY;
      const copied = shop.spend.filter(({ source, date }) => source === "google" && date >= shiftDay(today, -7));
      shop.spend.push(...copied.map((row) => ({ ...row, source: "google again" })));
      return watchedOn(shop, today, spendTwiceOf(copied, "google", "google again", shiftDay(today, -1)));
    });
    expect(share).toBe(1);
  });

  test("spend that doubles in its own rows, with its clicks and impressions, while its touches do not", () => {
    const share = detected("spend-jumped", "jumped", MONDAY, (shop) => {
      const today = MONDAY;
      shop.spend = shop.spend.map((row) =>
        row.date >= shiftDay(today, -7) && row.source === "google"
          ? { ...row, cost: 2 * row.cost, clicks: 2 * row.clicks, impressions: 2 * row.impressions }
          : row,
      );
      return watchedOn(shop, today);
    });
    expect(share).toBeGreaterThan(0.6);
  });

  test("a channel that paused is held, and one whose spend alone is missing blocks", () => {
    let steady = 0;
    let [paused, missing] = [0, 0];
    for (let seed = 101; seed <= 100 + SHOPS; seed++) {
      const today = MONDAY;
      const since = shiftDay(today, -4);
      const shop = healthyShop(seed, HISTORY + 30);
      const isGone = ({ channel, date }: { channel: string; date: string }) => channel === "Channel 1" && date >= since;
      // A flight that ended looks the same, and is none of our business.
      const lastWeeks = shop.spend.filter(
        ({ channel, date }) => channel === "Channel 1" && date >= shiftDay(today, -88),
      );
      if (lastWeeks.length < 88) continue;
      steady++;
      const spend = shop.spend.filter((row) => !isGone(row));
      const off = judged(watchedOn({ ...shop, spend, touches: shop.touches.filter((row) => !isGone(row)) }, today));
      const held = off.find(({ rule, channel }) => rule === "channel-silent" && channel === "Channel 1");
      if (held?.outcome === "held" && blocksOf(off).every(({ rule }) => rule === "channel-silent")) paused++;
      const lost = judged(watchedOn({ ...shop, spend }, today));
      if (blocksOf(lost).some(({ rule, channel }) => rule === "stale-source" && channel === "Channel 1")) missing++;
    }
    expect(steady).toBeGreaterThan(15);
    expect(paused / steady).toBeGreaterThan(0.95);
    expect(missing / steady).toBeGreaterThan(0.9);
  });

  test("a mix that moved is drift, and none where approved plans moved it", () => {
    const shop = healthyShop(3, HISTORY + 30);
    const today = MONDAY;
    const spend = shop.spend.map((row) =>
      row.date >= shiftDay(today, -28) && row.channel === "Channel 2" ? { ...row, cost: 40 * row.cost } : row,
    );
    const touches = shop.touches.map((row) =>
      row.date >= shiftDay(today, -28) && row.channel === "Channel 2" ? { ...row, touches: 40 * row.touches } : row,
    );
    const drift = (checks: readonly RebalancingCheck[]) => checks.find(({ rule }) => rule === "spend-drift")!;
    const alone = drift(judged(watchedOn({ ...shop, spend, touches }, today)));
    expect(alone).toMatchObject({ outcome: "blocked", numbers: { says: "drifted", largest: "Channel 2" } });
    const planned = drift(judged(watchedOn({ ...shop, spend, touches }, today), 3));
    expect(planned).toMatchObject({ outcome: "passed", numbers: { says: "planned", plans: 3 } });
  });
});
