import { ReportSchedule } from "@touchline/server/contract";

/** A schedule as it stands in the fields of its form. */
export interface ScheduleDraft {
  readonly name: string;
  readonly every: ReportSchedule["every"];
  readonly day: string;
  readonly hour: string;
  readonly level: ReportSchedule["level"];
  readonly formats: readonly ReportSchedule["formats"][number][];
  readonly locale: ReportSchedule["locale"];
  readonly recipients: string;
}

export type ScheduleProblem = "name" | "day" | "hour" | "formats" | "recipients";

export const lastDay = (every: ReportSchedule["every"]): number => (every === "week" ? 7 : 28);

function wholeNumber(text: string): number {
  return /^\d{1,2}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}

/** What the fields say, or which of them cannot be read. */
export function readSchedule(draft: ScheduleDraft): {
  readonly schedule: ReportSchedule | null;
  readonly problems: ReadonlySet<ScheduleProblem>;
} {
  const recipients = [...new Set(draft.recipients.split(/[,;\s]+/).filter((each) => each !== ""))];
  const given = { ...draft, day: wholeNumber(draft.day), hour: wholeNumber(draft.hour), recipients };
  const read = ReportSchedule.safeParse(given);
  const problems = new Set((read.error?.issues ?? []).map(({ path }) => path[0] as ScheduleProblem));
  if (given.day > lastDay(draft.every)) problems.add("day");
  return { schedule: read.success && problems.size === 0 ? read.data : null, problems };
}
