import { Cron } from "croner";
import { todayIn } from "../../calendar-days.ts";
import { UserError } from "../../user-error.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far back is looked for the last due time, the nearest first: looking from long ago costs a step for every due time since. */
const LOOK_BACK_MS = [HOUR_MS, DAY_MS, 8 * DAY_MS, 32 * DAY_MS, 370 * DAY_MS];
/**
 * A due time inside an hour that a clock change leaves out is moved behind it. Whoever asks from inside that hour's end would not be
 * told of it, so the search begins before it.
 */
const CLOCK_CHANGE_MS = 3 * HOUR_MS;

/**
 * When a schedule falls due, in a zone: 06:00 is 06:00 on both sides of a clock change; a time that does not exist falls due once,
 * after the gap; one that exists twice falls due the first time.
 *
 * Only the search forward of the library is used: its search backward misses a due time that was less than a second ago, and does not
 * end well for a day that no month has.
 */
function cronOf(schedule: string, timeZone: string): Cron {
  return new Cron(schedule, { timezone: timeZone, paused: true, mode: "5-part" });
}

/** @returns the newest due time up to `now`; null where it was not due in the last year */
export function lastDue(schedule: string, timeZone: string, now: Date): Date | null {
  const cron = cronOf(schedule, timeZone);
  for (const back of LOOK_BACK_MS) {
    let last: Date | null = null;
    let next = cron.nextRun(new Date(now.getTime() - back));
    while (next !== null && next <= now) {
      last = next;
      next = cron.nextRun(next);
    }
    if (last !== null) return last;
  }
  return null;
}

export function nextDues(schedule: string, timeZone: string, now: Date, count: number): Date[] {
  const cron = cronOf(schedule, timeZone);
  const found: Date[] = [];
  let next = cron.nextRun(new Date(now.getTime() - CLOCK_CHANGE_MS));
  while (next !== null && found.length < count) {
    if (next > now) found.push(next);
    next = cron.nextRun(next);
  }
  return found;
}

/** The day that a run of now belongs to: that of the last due time, in the zone. At most one run a day. */
export function periodAt(schedule: string, timeZone: string, now: Date): string {
  return todayIn(timeZone, lastDue(schedule, timeZone, now) ?? now);
}

/** @throws UserError where it is no schedule, or never falls due */
export function requireSchedule(schedule: string, timeZone: string, now: Date): void {
  try {
    if (nextDues(schedule, timeZone, now, 1).length > 0) return;
  } catch (error) {
    throw new UserError(
      `"${schedule}" is no schedule: write minute, hour, day of the month, month and weekday, such as 0 6 * * 1 for Mondays at 06:00`,
      { exitCode: 2, cause: error },
    );
  }
  throw new UserError(`the schedule "${schedule}" never falls due: no month has such a day`, { exitCode: 2 });
}
