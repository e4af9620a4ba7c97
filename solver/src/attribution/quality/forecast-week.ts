/** What a week is foretold from; days count from the first day of the window. */
export interface WeekTask {
  /** Booked conversions by day up to and including the week. */
  readonly booked: Float64Array;
  /** Conversions that touches bring by day, at a demand of 1. */
  readonly effects: Float64Array;
  /** Demand by day against the mean, as far as it was fitted: up to the day before the week. */
  readonly demand: Float64Array;
  /** First day with effects and demand. */
  readonly knownFrom: number;
  /** First of the seven days. */
  readonly weekFrom: number;
  /** Standard error of all effects together, as a part of them. */
  readonly effectError: number;
}

export interface ForetoldDay {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** The part of it that touches bring. */
  readonly ofTouches: number;
  /** What the same rule says that does not look at touches. */
  readonly withoutTouches: number;
}

export interface ForetoldWeek extends ForetoldDay {
  readonly days: readonly ForetoldDay[];
}

const WEEK = 7;
const MONTH = 4 * WEEK;
/** Conversions that an average weekday is worth in advance. */
const WEEKDAY_PRIOR = 20;
/** Days that the profile of the week is taken from. */
const PROFILE_DAYS = 2 * MONTH;
/** Weeks that say how far the rule was off before. */
const TRIED_WEEKS = 8;
const Z_90 = 1.6449;

/**
 * Conversions of a week from its own touches:
 *
 *     expected(day) = weekday(day) x (base + demand x effects(day))
 *
 * base and demand are means over the four weeks before, the profile of the weekdays over eight. The 90 % interval has four parts: what comes by chance
 * in a day, the base's own error, the effects', and how far the same rule without touches was off in the weeks before.
 * @returns null where fewer than four weeks are known before the week
 * Law: where touches have no effect, the forecast is the one without touches.
 */
export function forecastWeek(task: WeekTask): ForetoldWeek | null {
  const { booked, effects, demand, knownFrom, weekFrom, effectError } = task;
  const from = weekFrom - MONTH;
  if (from < knownFrom) return null;
  const weekday = weekdayProfile(booked, weekFrom);
  const mean = (value: (day: number) => number) => {
    let sum = 0;
    for (let day = from; day < weekFrom; day++) sum += value(day) / MONTH;
    return sum;
  };
  const level = mean((day) => demand[day - knownFrom]!);
  const brought = (day: number): number => level * effects[day]!;
  const base = Math.max(
    0,
    mean((day) => booked[day]! / weekday[day % WEEK]! - brought(day)),
  );
  const plain = mean((day) => booked[day]! / weekday[day % WEEK]!);
  const scatter = Math.max(
    1,
    mean((day) => {
      const expected = weekday[day % WEEK]! * (base + brought(day));
      return expected > 0 ? (booked[day]! - expected) ** 2 / expected : 1;
    }) *
      (MONTH / (MONTH - WEEK)),
  );
  const drift = driftOf(booked, weekFrom, scatter);
  const foretell = (days: readonly number[]): ForetoldDay => {
    let [expected, ofTouches, weight] = [0, 0, 0];
    for (const day of days) {
      weight += weekday[day % WEEK]!;
      ofTouches += weekday[day % WEEK]! * brought(day);
      expected += weekday[day % WEEK]! * (base + brought(day));
    }
    const variance =
      scatter * (expected + (weight ** 2 * plain) / MONTH) + (effectError * ofTouches) ** 2 + drift * expected ** 2;
    const half = Z_90 * Math.sqrt(variance);
    return {
      ...{ expected, low: Math.max(0, expected - half), high: expected + half },
      ...{ ofTouches, withoutTouches: weight * plain },
    };
  };
  const days = Array.from({ length: WEEK }, (_, i) => weekFrom + i);
  return { ...foretell(days), days: days.map((day) => foretell([day])) };
}

/** Conversions of each of the seven days against the mean one, over the eight weeks before a day. */
function weekdayProfile(booked: Float64Array, until: number): Float64Array {
  const weeks = Math.floor(Math.min(PROFILE_DAYS, until) / WEEK);
  const profile = new Float64Array(WEEK);
  for (let day = until - weeks * WEEK; day < until; day++) profile[day % WEEK]! += booked[day]!;
  const mean = profile.reduce((sum, each) => sum + each, 0) / WEEK;
  return profile.map((each) => (each + WEEKDAY_PRIOR) / (mean + WEEKDAY_PRIOR));
}

/** Variance, relative to the week, that the rule without touches had in the weeks before, beyond what chance in a day makes. */
function driftOf(booked: Float64Array, until: number, scatter: number): number {
  let [sum, weeks] = [0, 0];
  for (let start = until - WEEK; start >= MONTH && weeks < TRIED_WEEKS; start -= WEEK) {
    const expected = total(booked, start - MONTH, start) / 4;
    if (expected <= 0) continue;
    const chance = (scatter * 1.25) / expected;
    sum += (total(booked, start, start + WEEK) / expected - 1) ** 2 - chance;
    weeks++;
  }
  return weeks > 0 ? Math.max(0, sum / weeks) : 0;
}

function total(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}
