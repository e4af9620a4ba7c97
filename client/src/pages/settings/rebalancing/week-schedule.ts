/** A schedule of one time a week, which most are; Monday is 1, as in a cron expression. */
export interface WeekSchedule {
  readonly weekday: number;
  /** `HH:MM` */
  readonly time: string;
}

const WEEKLY = /^(\d{1,2}) (\d{1,2}) \* \* ([0-7])$/;

/** Null where a schedule says more than a weekday and a time. */
export function readWeekly(cron: string): WeekSchedule | null {
  const [, minute = "", hour = "", weekday = ""] = WEEKLY.exec(cron) ?? [];
  if (minute === "" || Number(minute) > 59 || Number(hour) > 23) return null;
  return { weekday: Number(weekday) % 7, time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` };
}

export function writeWeekly({ weekday, time }: WeekSchedule): string {
  const [hour, minute] = time.split(":").map(Number);
  return `${minute ?? 0} ${hour ?? 0} * * ${weekday}`;
}
