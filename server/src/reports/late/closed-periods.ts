import { createHash } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import { RoiReport } from "../../contract/index.ts";
import { closedPeriods, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";

type ClosedRow = typeof closedPeriods.$inferSelect;

/** The months that are closed now, the earliest first. They follow each other without a gap. */
export function closedNow(store: WorkspaceStore): Promise<ClosedRow[]> {
  return store.select(closedPeriods, isNull(closedPeriods.reopenedAt), { orderBy: asc(closedPeriods.month) });
}

export async function findClosed(store: WorkspaceStore, month: string): Promise<ClosedRow | null> {
  const [row] = await store.select(
    closedPeriods,
    and(eq(closedPeriods.month, month), isNull(closedPeriods.reopenedAt))!,
  );
  return row ?? null;
}

export function printOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The report as it was frozen.
 * @throws UserError when it is no longer the text that was closed
 */
export function frozenReport({ month, report, print }: ClosedRow): RoiReport {
  if (printOf(report) !== print)
    throw new UserError(
      `the closed report of ${month} is not the one that was closed: its print does not fit. Take the store back from a backup`,
    );
  return RoiReport.parse(JSON.parse(report));
}

/** Keys in the order of the alphabet, so that one report has one text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
