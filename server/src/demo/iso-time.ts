const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));
const SECONDS_PER_UTC_DAY = 86_400;

/**
 * Writes whole epoch seconds as `YYYY-MM-DDTHH:MM:SSZ`. Building a Date for each of millions of rows is slow, so the
 * UTC dates that a local day touches (at most three) are written once.
 * @returns a function for seconds from `dayStart` on, up to two days later
 */
export function prepareIsoTimes(dayStart: number): (second: number) => string {
  const firstUtcDay = Math.floor(dayStart / SECONDS_PER_UTC_DAY);
  const dates = [0, 1, 2].map((ahead) =>
    new Date((firstUtcDay + ahead) * SECONDS_PER_UTC_DAY * 1000).toISOString().slice(0, 11),
  );
  return (second) => {
    const sinceFirst = second - firstUtcDay * SECONDS_PER_UTC_DAY;
    const ahead = Math.floor(sinceFirst / SECONDS_PER_UTC_DAY);
    const rest = sinceFirst - ahead * SECONDS_PER_UTC_DAY;
    const date = dates[ahead];
    if (date === undefined) throw new RangeError(`second ${second} lies outside the day that starts at ${dayStart}`);
    const minutes = Math.floor(rest / 60);
    return `${date}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[rest % 60]}Z`;
  };
}
