import { describe, expect, test } from "vitest";
import { shiftDay } from "../../calendar-days.ts";
import { DEFAULT_REBALANCING } from "../../contract/index.ts";
import { judgeWatched } from "./judge-watched.ts";
import { FIRST_DAY, healthyShop, watchedOn } from "./watched.fixture.ts";

const WEEKS = 26;
/** 30 of them gave 4 blocked weeks of 780, all of a first Christmas. */
const SHOPS = 15;
const HISTORY = 441;
/** Too short for the same day of last year to be known. */
const SHORT_HISTORY = 147;

describe("half a year of healthy weeks", () => {
  test("is blocked in less than 2 % of them, with a year behind it and without", () => {
    const found: Record<string, number> = {};
    let [weeks, blocked] = [0, 0];
    for (let seed = 1; seed <= SHOPS; seed++) {
      const history = seed % 3 === 0 ? SHORT_HISTORY : HISTORY;
      const shop = healthyShop(seed, history + 7 * WEEKS + 7);
      for (let week = 0; week < WEEKS; week++) {
        const watched = watchedOn(shop, shiftDay(FIRST_DAY, history + 7 * week));
        const { guardRails } = DEFAULT_REBALANCING;
        const checks = judgeWatched(watched, { guardRails, timeZone: "UTC", fittedFrom: FIRST_DAY, plans: 0 });
        const blocks = checks.filter(({ outcome }) => outcome === "blocked");
        weeks++;
        if (blocks.length > 0) blocked++;
        for (const { rule, numbers, text } of blocks) {
          const key = `${rule} ${numbers.says}`;
          found[key] = (found[key] ?? 0) + 1;
          if (process.env.TOUCHLINE_LOOK) console.log(seed, week, text);
        }
      }
    }
    if (process.env.TOUCHLINE_LOOK) console.log(weeks, blocked, found);
    expect(weeks).toBe(SHOPS * WEEKS);
    expect(blocked / weeks, JSON.stringify(found)).toBeLessThan(0.02);
  }, 300_000);
});
