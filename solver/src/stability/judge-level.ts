import { quantile } from "../quantile.ts";
import { amountBelow, countBelow } from "./tails.ts";

/** The newest days of a series beside what its past says of them. */
export interface JudgedLevel {
  readonly seen: number;
  readonly expected: number;
  /** seen / expected */
  readonly share: number;
  /** Of so little, or less, where nothing has changed. */
  readonly below: number;
  /** Of so much, or more. */
  readonly above: number;
}

export interface LevelOptions {
  /** Days to judge: the last ones of the series. At most 7. */
  readonly days: number;
  /** Counts have the noise of counting; amounts have not. */
  readonly of: "counts" | "amounts";
  /** What else is known of these days, as a factor on what is expected: visits that fell as well, spend that was cut. */
  readonly factor?: number;
}

const WEEK = 7;
/** Weeks that say what a weekday usually has, and windows of the past that say how well they say it. */
const WEEKS = 8;
const FEWEST_WEEKS = 3;
const PAST_WINDOWS = 84;
const FEWEST_WINDOWS = 14;
/** Of normal values: the median of what lies off, and nine tenths of it, in deviations. */
const MEDIAN_OFF = 0.6745;
const NINE_TENTHS_OFF = 1.645;
/** Nobody knows a level better than this. */
const LEAST_DEVIATION = 0.05;
/** Around the same day of last year: feasts move. */
const LAST_YEAR = { from: 357, to: 371 } as const;

/**
 * What the last days of a daily series should have had by the same weekdays of the eight weeks before, and how likely it is to see so little
 * (or so much) by chance. How unsure the expectation is comes from the past itself: the same forecast is made for every window of the last
 * twelve weeks, and its relative errors are taken robustly, the larger of what their middle and their ninth tenth say, so that a shop with
 * wild weeks is given room. A count is then negative binomial, an amount gamma.
 *
 * A window around the same day of last year in which the series was quieter (or louder) than its weeks lowers (or raises) what is expected: a
 * shop that is always quiet at Christmas is quiet then. So does `factor`.
 *
 * @param all one a day without holes, none negative, the newest last
 * @returns null where fewer than three weeks lie before the days
 * Law: scale changes nothing for amounts; a series that repeats its week exactly is expected exactly; on series without a break a
 * probability below p comes at most about as often as p says.
 */
export function judgeLevel(all: readonly number[], { days, of, factor = 1 }: LevelOptions): JudgedLevel | null {
  // Before its first day a series was not quiet: it was not there.
  const values = all.slice(
    Math.max(
      0,
      all.findIndex((value) => value > 0),
    ),
  );
  const at = values.length - days;
  const plain = at < 0 ? null : expectedAt(values, at, days);
  if (plain === null) return null;
  const errors: number[] = [];
  for (let place = at - days; place > at - days - PAST_WINDOWS && place >= 0; place--) {
    const expected = expectedAt(values, place, days);
    if (expected !== null && expected > 0) errors.push(totalOf(values, place, days) / expected - 1);
  }
  const seen = totalOf(values, at, days);
  const tails = (expected: number, amount: number) => {
    const deviation = deviationOf(errors, of === "counts" ? 1 / Math.max(expected, 1) : 0);
    if (expected <= 0) return { below: 1, above: 1 };
    if (of === "amounts") {
      const below = amountBelow(expected, deviation, amount);
      return { below, above: 1 - below };
    }
    return { below: countBelow(expected, deviation, amount), above: 1 - countBelow(expected, deviation, amount - 1) };
  };
  const year = lastYear(values, at, days, tails);
  const [low, high] = [plain * Math.min(year.low, year.low * factor), plain * Math.max(year.high, factor)];
  return {
    ...{ seen, expected: plain, share: plain > 0 ? seen / plain : 1 },
    ...{ below: tails(low, seen).below, above: tails(high, seen).above },
  };
}

function totalOf(values: readonly number[], at: number, days: number): number {
  let total = 0;
  for (let day = at; day < at + days; day++) total += values[day]!;
  return total;
}

/** The sum of what these weekdays had in the weeks before, the best and the worst week left out. */
function expectedAt(values: readonly number[], at: number, days: number): number | null {
  let total = 0;
  for (let day = at; day < at + days; day++) {
    let [weeks, all, least, most] = [0, 0, Number.POSITIVE_INFINITY, 0];
    for (let place = day - WEEK; place >= 0 && weeks < WEEKS; place -= WEEK) {
      if (place >= at) continue;
      const value = values[place]!;
      all += value;
      weeks++;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (weeks < FEWEST_WEEKS) return null;
    total += weeks > 4 ? (all - least - most) / (weeks - 2) : all / weeks;
  }
  return total;
}

/** Relative standard deviation of a forecast, beyond what counting explains. */
function deviationOf(errors: readonly number[], counting: number): number {
  if (errors.length < FEWEST_WINDOWS) return 0.5;
  const off = errors.map(Math.abs);
  const seen = Math.max(quantile(off, 0.5) / MEDIAN_OFF, quantile(off, 0.9) / NINE_TENTHS_OFF);
  return Math.sqrt(Math.max(seen ** 2 - counting, LEAST_DEVIATION ** 2));
}

/** A window of last year was quiet or loud where that is as unlikely as this by chance. */
const UNUSUAL = 0.003;

/** The quietest and the loudest window around the same day of last year, beside its own weeks; 1 where none was unusual, or nobody knows. */
function lastYear(
  values: readonly number[],
  at: number,
  days: number,
  tails: (expected: number, amount: number) => { below: number; above: number },
): { low: number; high: number } {
  let [low, high] = [1, 1];
  for (let back = LAST_YEAR.from; back <= LAST_YEAR.to; back++) {
    const place = at - back;
    const expected = place < 0 ? null : expectedAt(values, place, days);
    if (expected === null || !(expected > 0)) continue;
    const total = totalOf(values, place, days);
    const { below, above } = tails(expected, total);
    if (below < UNUSUAL) low = Math.min(low, total / expected);
    if (above < UNUSUAL) high = Math.max(high, total / expected);
  }
  return { low, high };
}
