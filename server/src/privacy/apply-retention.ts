import {
  ageRows,
  changeEnds,
  countAged,
  countExpired,
  expireRows,
  identifiedTables,
  type RowCounts,
  recordForgotten,
  returnedIdentifiers,
  saveWorkspaceSetting,
  unfinishedForgetting,
  workspaceSetting,
} from "@touchline/sql";
import type { WorkspaceSetting } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { forget, purge } from "./forget.ts";

export interface RetentionReport {
  /** Identifiers of rows that were received before this day become 0. */
  readonly identifiersBefore: string;
  /** Rows that lose or lost an identifier, by table. */
  readonly identifiers: RowCounts;
  /** Rows that are or were past their last day, by table. */
  readonly expired: RowCounts;
  /** True when the figures of the settings are not those that the rows' last days stand on. */
  readonly endsChange: boolean;
  /** Identifiers that came back after they were forgotten, by an import that was already running. */
  readonly returned: number;
}

/** Under this name the workspace remembers the figures that the last days of its rows were worked out from. */
const APPLIED = "retention-applied";
/** Retention is nobody's: it is recorded under the identifier of nobody. */
const NOBODY = ["0"];

type Retention = WorkspaceSetting<"retention">;

function monthsBefore(now: Date, months: number): Date {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - months);
  return before;
}

const ends = ({ dataMonths, rejectedDays }: Retention) => JSON.stringify({ dataMonths, rejectedDays });

/** What retention would do on this day. Nothing is changed. */
export async function planRetention(workspace: Workspace, now: Date): Promise<RetentionReport> {
  const { warehouse } = workspace;
  const retention = await workspace.setting("retention");
  const before = monthsBefore(now, retention.identifierMonths);
  const [applied] = await warehouse.ask(workspaceSetting, { settingName: APPLIED });
  return {
    identifiersBefore: before.toISOString().slice(0, 10),
    identifiers: await countAged(warehouse, before),
    expired: await countExpired(warehouse, now),
    endsChange: applied?.value !== ends(retention),
    returned: (await returnedIdentifiers(warehouse, await identifiedTables(warehouse))).length,
  };
}

/**
 * Applies the workspace's retention: identifiers that are too old become 0, rows past their last day go, and last days follow the
 * settings. Ages count from when the workspace received a row, because a company brings years of history on its first day. Doing it
 * again changes nothing.
 */
export function applyRetention(workspace: Workspace, now: Date): Promise<RetentionReport> {
  return workspace.inTurn("retention", async () => {
    const { warehouse } = workspace;
    const retention = await workspace.setting("retention");
    const begun = await warehouse.ask(unfinishedForgetting, {});
    const isResumed = begun.some(({ reason }) => reason === "aged");
    const first = await planRetention(workspace, now);
    if (first.endsChange) {
      await workspace.inTurn("publish", () => changeEnds(warehouse, retention));
      await warehouse.tell(saveWorkspaceSetting, { settingName: APPLIED, settingValue: ends(retention) });
    }
    await forgetReturned(workspace, now);
    const plan = { ...(await planRetention(workspace, now)), endsChange: first.endsChange, returned: first.returned };
    if (Object.keys({ ...plan.identifiers, ...plan.expired }).length === 0 && !isResumed) return plan;
    await recordForgotten(warehouse, NOBODY, { reason: "aged", state: "begun", at: now });
    await workspace.inTurn("publish", async () => {
      await ageRows(warehouse, monthsBefore(now, retention.identifierMonths), isResumed);
      await expireRows(warehouse, now);
    });
    await purge(workspace);
    await recordForgotten(warehouse, NOBODY, { reason: "aged", state: "done", at: now });
    return plan;
  });
}

async function forgetReturned(workspace: Workspace, at: Date): Promise<void> {
  const { warehouse } = workspace;
  const returned = await returnedIdentifiers(warehouse, await identifiedTables(warehouse));
  for (const reason of ["erased", "withdrawn"] as const) {
    const hashes = returned.filter((each) => each.reason === reason).map(({ hash }) => hash);
    if (hashes.length > 0) await forget(workspace, { reason, hashes, at, identifier: null });
  }
}
