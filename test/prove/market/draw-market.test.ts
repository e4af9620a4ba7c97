import { describe, expect, test } from "vitest";
import { drawMarket } from "./draw-market.ts";
import { sum } from "./draws.ts";
import { MARKET_KINDS } from "./kinds.ts";
import { drawSetting } from "./market-setting.ts";
import { DAY } from "./season.ts";
import type { SimulatedMarket } from "./simulated-market.ts";

const SIZE = 0.08;
const market = (kind: (typeof MARKET_KINDS)[number], seed: number, size = SIZE) => drawMarket(kind, seed, { size });

function isSorted({ person, second }: SimulatedMarket["touches"] | SimulatedMarket["conversions"]): boolean {
  for (let i = 1; i < person.length; i++) {
    if (person[i]! < person[i - 1]! || (person[i] === person[i - 1] && second[i]! < second[i - 1]!)) return false;
  }
  return true;
}

describe.each(MARKET_KINDS)("a market of kind %s", (kind) => {
  const drawn = market(kind, 11);

  test("is the same again from the same seed, and another from another", () => {
    const { worth, ...rows } = drawn;
    const { worth: worthAgain, ...again } = market(kind, 11);
    expect(again).toEqual(rows);
    expect(worthAgain(rows.truth.today)).toBe(worth(rows.truth.today));
    expect(market(kind, 12).conversions.second).not.toEqual(drawn.conversions.second);
  });

  test("accounts for every conversion: what no channel caused and what each caused add up", () => {
    const { conversions, truth, channels } = drawn;
    const byChannel = channels.map((_, i) => ({
      alone: conversions.cause.filter((cause) => cause === i).length,
      enabled: conversions.enabler.filter((enabler) => enabler === i).length,
    }));
    expect(truth.baseline + sum(byChannel.map(({ alone }) => alone))).toBe(conversions.person.length);
    expect([...truth.incremental]).toEqual(byChannel.map(({ alone, enabled }) => alone + enabled));
    const lost = conversions.revenueMinor.filter((_, i) => conversions.cause[i]! >= 0 && conversions.enabler[i]! < 0);
    if (kind !== "synergy") expect(sum(truth.incrementalRevenue)).toBeCloseTo(sum(lost) / 100, 4);
    channels.forEach(({ isOwned, isDemandCapture }, i) => {
      if (isOwned || isDemandCapture) expect(truth.incremental[i]).toBe(0);
    });
  });

  test("lies inside its days, in order of person and time", () => {
    const { touches, conversions, days, people, channels, spend } = drawn;
    expect(isSorted(touches) && isSorted(conversions)).toBe(true);
    for (const { person, second } of [touches, conversions]) {
      expect(second.length).toBeGreaterThan(500);
      expect(second.every((at) => at >= 0 && at < days * DAY && Number.isInteger(at))).toBe(true);
      expect(person.every((one) => one < people)).toBe(true);
    }
    expect(touches.campaign.every((campaign, i) => campaign < channels[touches.channel[i]!]!.campaigns.length)).toBe(
      true,
    );
    expect(spend.costMinor.every((cost) => cost >= 0)).toBe(true);
    expect(channels.length).toBeGreaterThanOrEqual(5);
    expect(channels.length).toBeLessThanOrEqual(12);
    expect(new Set(channels.map(({ name }) => name)).size).toBe(channels.length);
  });

  test("is worth more the more is spent, and each time a little less more", () => {
    const { worth, truth, channels } = drawn;
    channels.forEach(({ isPaid, isDemandCapture }, i) => {
      const at = (factor: number) => worth(truth.today.map((spend, c) => (c === i ? spend * factor : spend)));
      const [none, today, twice] = [at(0), at(1), at(2)];
      if (!isPaid || isDemandCapture) expect([today, twice]).toEqual([none, none]);
      else if (kind !== "fatigue") {
        // With fatigue more can bring less than nothing; a flight that is off today has nothing to compare.
        expect(twice).toBeGreaterThanOrEqual(today);
        if (kind !== "synergy") expect(twice - today).toBeLessThanOrEqual(today - none + 1e-9);
      }
    });
  });
});

test.each([
  ["shop", -1241741116, -1057322096, -653071181, 1926682804, 364134612],
  ["clicks-only-tests", 204098908, -529833852, 942016296, 1987929720, -1794858656],
  ["hard", 1555571837, 2107005760, -186765179, -352298575, 1725324842],
] as const)("a market of kind %s stays as it was when its results were published", (kind, ...prints) => {
  const { touches, conversions, spend } = market(kind, 5000, 0.05);
  const columns = [touches.second, conversions.second, conversions.revenueMinor, spend.costMinor, spend.clicks];
  expect(columns.map((column) => printOf([...column]))).toEqual(prints);
});

const printOf = (column: readonly number[]): number =>
  column.reduce((print, value) => (Math.imul(print, 31) + value) | 0, column.length);

test("counting causes finds the effect that was drawn", () => {
  const setting = drawSetting("clean", 3, 1);
  const { conversions, touches, days } = market("clean", 3, 1);
  let compared = 0;
  setting.channels.forEach(({ effect, lag }, i) => {
    let expected = 0;
    touches.second.forEach((second, at) => {
      if (touches.channel[at] === i) expected += effect * lag.within(days * DAY - second);
    });
    const found = conversions.cause.filter((cause) => cause === i).length;
    // Season moves it by a few per cent where touches and demand move together.
    expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected) + 0.08 * expected);
    compared++;
  });
  expect(compared).toBeGreaterThan(4);
});

test("worth says what the days' spend brought, in every kind", () => {
  let compared = 0;
  for (const kind of MARKET_KINDS) {
    const drawn = market(kind, 21, 0.3);
    const daily = Array.from({ length: drawn.days }, () => new Float64Array(drawn.channels.length));
    drawn.spend.day.forEach((day, row) => {
      daily[day]![drawn.spend.channel[row]!]! += drawn.spend.costMinor[row]! / 100;
    });
    const promised = sum(daily.map((spend) => drawn.worth(spend)));
    const { cause, revenueMinor } = drawn.conversions;
    const brought = sum(revenueMinor.filter((_, at) => cause[at]! >= 0 && drawn.channels[cause[at]!]!.isPaid)) / 100;
    // The last days' touches bring part of their conversions later; in synergy some belong to two channels.
    expect(brought / promised).toBeGreaterThan(0.8);
    expect(brought / promised).toBeLessThan(1.12);
    compared++;
  }
  expect(compared).toBe(MARKET_KINDS.length);
});
