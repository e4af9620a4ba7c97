import { meanOf } from "@touchline/solver";

/** Days that the season is averaged over: four weeks and a day, so that every weekday counts the same on both sides. */
const WINDOW_DAYS = 29;
const LEAST_INDEX = 0.2;
/** A weekday is taken for an ordinary one as if it had been seen so many times more. */
const ORDINARY_WEEKS = 2;

/**
 * How receptive the market was on each day: bookings, averaged over the 29 days around it, over their mean of all days.
 * Days at the ends use the part of the window that exists.
 * @param booked bookings by day (their number, or their revenue), days without any as 0
 * @returns one index a day with a mean near 1, never below 0.2
 * Law: constant bookings give 1 everywhere; their unit changes nothing.
 */
export function seasonIndex(booked: Float64Array): Float64Array {
  const mean = meanOf(booked);
  if (!(mean > 0)) return new Float64Array(booked.length).fill(1);
  const half = (WINDOW_DAYS - 1) / 2;
  return booked.map((_, day) => {
    const window = booked.subarray(Math.max(0, day - half), day + half + 1);
    return Math.max(LEAST_INDEX, meanOf(window) / mean);
  });
}

/**
 * How much demand there was on each day: the season with the day of the week.
 * @returns one index a day with a mean near 1, never below 0.04
 * Law: constant bookings give 1 everywhere; their unit changes nothing.
 */
export function demandIndex(booked: Float64Array): Float64Array {
  const season = seasonIndex(booked);
  const mean = meanOf(booked);
  if (!(mean > 0)) return season;
  const weekdays = Array.from({ length: 7 }, (_, weekday) => {
    let seen = ORDINARY_WEEKS;
    let expected = ORDINARY_WEEKS;
    for (let day = weekday; day < booked.length; day += 7) {
      seen += booked[day]! / mean;
      expected += season[day]!;
    }
    return Math.max(LEAST_INDEX, seen / expected);
  });
  return season.map((index, day) => index * weekdays[day % 7]!);
}
