import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { KeptSchedule, ReportSchedule } from "../../contract/index.ts";
import { type Actor, reportSchedules, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";

interface Ground {
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

const MOST_SCHEDULES = 50;
const DAYS_OF_WEEK = 7;

export type ScheduleRow = typeof reportSchedules.$inferSelect;

function describe({ id, schedule, createdAt, lastPeriod }: ScheduleRow): KeptSchedule {
  return { ...schedule, id, lastPeriod, createdAt: createdAt.toISOString() };
}

export async function listSchedules(store: WorkspaceStore): Promise<KeptSchedule[]> {
  const rows = await store.select(reportSchedules, undefined, { orderBy: asc(reportSchedules.createdAt) });
  return rows.map(describe);
}

/** @throws UserError where a week has no such day, or where there are enough of them */
export async function addSchedule(
  { store, actor }: Ground,
  schedule: ReportSchedule,
  now: Date,
): Promise<KeptSchedule> {
  if (schedule.every === "week" && schedule.day > DAYS_OF_WEEK)
    throw new UserError("a week has seven days: name one from 1, Monday, to 7, Sunday");
  return store.transaction(async (tx) => {
    if ((await tx.count(reportSchedules)) >= MOST_SCHEDULES)
      throw new UserError(`there are ${MOST_SCHEDULES} schedules of reports already: remove one first`);
    const row = await tx.insert(reportSchedules, {
      ...{ id: randomUUID(), schedule, createdBy: actor.id, createdAt: now, lastPeriod: null },
    });
    await tx.audit({
      ...{ actor, action: "reports.add-schedule", after: schedule },
      subject: { kind: "report-schedule", id: row.id },
    });
    return describe(row);
  });
}

/** @throws UserError where it is gone */
export async function removeSchedule({ store, actor }: Ground, id: string): Promise<KeptSchedule[]> {
  await store.transaction(async (tx) => {
    const [row] = await tx.remove(reportSchedules, eq(reportSchedules.id, id));
    if (row === undefined) throw gone();
    await tx.audit({
      ...{ actor, action: "reports.remove-schedule", before: row.schedule },
      subject: { kind: "report-schedule", id },
    });
  });
  return listSchedules(store);
}

/** @throws UserError where it is gone */
export async function requireSchedule(store: WorkspaceStore, id: string): Promise<ScheduleRow> {
  const [row] = await store.select(reportSchedules, eq(reportSchedules.id, id));
  if (row === undefined) throw gone();
  return row;
}

const gone = () => new UserError("this schedule of reports is not there any more");
