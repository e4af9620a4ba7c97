import { describe, expect, test } from "vitest";
import { drawMarket } from "../market/draw-market.ts";
import { sum } from "../market/draws.ts";
import { MARKET_KINDS } from "../market/kinds.ts";
import type { MarketRows } from "../write-files.ts";
import { LivingMarket } from "./living-market.ts";
import { rowsBetween } from "./rows-between.ts";

const DAY = 86_400;
const SIZE = 0.06;

const before = (day: number, rows: MarketRows): MarketRows => rowsBetween(0, day * DAY, rows);

describe.each(MARKET_KINDS)("a living market of kind %s", (kind) => {
  const live = () => new LivingMarket(kind, 31, { size: SIZE, weeks: 3 });
  const [steady, turned] = [live(), live()];
  const levels = steady.today;
  // Half of the channels get three times as much, the others next to nothing.
  const other = levels.map((level, at) => level * (at % 2 === 0 ? 3 : 0.1));
  const first = steady.historyDays;
  const history = steady.rows(0);
  for (let week = 0; week < 3; week++) steady.liveWeek(levels);
  turned.liveWeek(levels);
  turned.liveWeek(other);
  turned.liveWeek(other);

  test("budgets from a day on change nothing before that day, and much after it", () => {
    const [a, b] = [steady.rows(0), turned.rows(0)];
    const decided = first + 7;
    expect(before(decided, a)).toEqual(before(decided, b));
    expect(rowsBetween(decided * DAY, (decided + 14) * DAY, a).touches).not.toEqual(
      rowsBetween(decided * DAY, (decided + 14) * DAY, b).touches,
    );
  });

  test("weeks that come after it leave the history as it was, and the rows of weeks make up the whole", () => {
    const all = turned.rows(0);
    expect(before(first, all)).toEqual(history);
    const late = turned.rows(first + 7);
    const early = before(first + 7, all);
    for (const what of ["touches", "conversions"] as const) {
      expect(early[what].second.length).toBeGreaterThan(history[what].second.length);
      expect(early[what].second.length + late[what].second.length).toBe(all[what].second.length);
      expect(sum(late[what].person)).toBe(sum(all[what].person) - sum(early[what].person));
    }
    expect(late.experiments).toEqual([]);
  });

  test("the history ends with a week that costs what today is said to cost", () => {
    const { spend } = history;
    expect(Math.max(...spend.day)).toBe(first - 1);
    const cents = sum(spend.costMinor.filter((_, row) => spend.day[row]! >= first - 7));
    expect(Math.abs(cents / 700 - sum(levels))).toBeLessThan(0.01 * levels.length);
  });

  test("a week costs what was decided for it, to the cent", () => {
    const { spend } = turned.rows(first + 14);
    turned.channels.forEach(({ isPaid }, at) => {
      const cents = sum(spend.costMinor.filter((_, row) => spend.channel[row] === at));
      expect(cents).toBe(isPaid ? Math.round(other[at]! * 7 * 100) : 0);
    });
  });
});

test("a living market is worth what a market of its kind and seed is worth", () => {
  const living = new LivingMarket("clean", 4, { size: 0.5, weeks: 1 });
  const single = drawMarket("clean", 4, { size: 0.5 });
  expect(living.worthFacts.channels.map(({ delivery }) => delivery)).toEqual(
    single.worthFacts.channels.map(({ delivery }) => delivery),
  );
  living.worthFacts.channels.forEach(({ perTouch }, at) => {
    const other = single.worthFacts.channels[at]!.perTouch;
    expect(Math.abs(perTouch - other)).toBeLessThanOrEqual(0.05 * other);
  });
});
