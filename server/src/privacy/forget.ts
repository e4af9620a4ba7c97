import {
  forgetRows,
  identifiedTables,
  purgeParts,
  type RowCounts,
  recordForgotten,
  unfinishedImports,
} from "@touchline/sql";
import type { Workspace } from "../workspace.ts";

export interface ForgetOrder {
  readonly reason: "erased" | "withdrawn";
  readonly hashes: readonly string[];
  readonly at: Date;
  /** The identifier in the person's own words, where it is known. */
  readonly identifier: string | null;
}

export interface Forgotten {
  /** Rows that were found, by table. */
  readonly rows: RowCounts;
  /** Old parts of tables that the engine still holds: it removes them by itself within a minute or so. */
  readonly oldParts: number;
  /** False while an import is running that had read its file before: what it brings is removed when the workspace is opened next. */
  readonly isComplete: boolean;
}

const PURGE_WITHIN_MS = 10_000;
const IMPORTS_END_WITHIN_MS = 120_000;
const ASK_EVERY_MS = 250;
/** They stand in the text of queries, which has an end. */
const MOST_HASHES = 250;

/** Tables that a person's rows are taken from although no column of them names anybody. */
const BESIDE = ["adjustments", "person_builds"];

/**
 * Takes identifiers out of the workspace. It is written down before it begins, so that it is finished after a crash and so that what
 * is read from now on stays out.
 */
export async function forget(workspace: Workspace, order: ForgetOrder): Promise<Forgotten> {
  const { warehouse } = workspace;
  const { reason, hashes, at, identifier } = order;
  await recordForgotten(warehouse, hashes, { reason, state: "begun", at });
  // They may have asked who is forgotten before this was written.
  const reading = (await warehouse.ask(unfinishedImports, {})).map(({ importId }) => importId);
  const { timeZone } = await workspace.settings();
  const remove = () =>
    workspace.inTurn("publish", async () => {
      const rows: Record<string, number> = {};
      for (let i = 0; i < hashes.length; i += MOST_HASHES) {
        const part = { reason, hashes: hashes.slice(i, i + MOST_HASHES), timeZone, identifier };
        for (const [table, count] of Object.entries(await forgetRows(warehouse, part)))
          rows[table] = (rows[table] ?? 0) + count;
      }
      return rows;
    });
  const rows = await remove();
  const isComplete = await haveEnded(workspace, reading);
  if (reading.length > 0) await remove();
  const oldParts = reason === "erased" ? await purge(workspace) : 0;
  if (isComplete) await recordForgotten(warehouse, hashes, { reason, state: "done", at });
  return { rows, oldParts, isComplete };
}

/** Removes what mutations have left on the disk. @returns how many old parts are still there */
export async function purge({ warehouse }: Workspace): Promise<number> {
  const tables = (await identifiedTables(warehouse)).map(({ name }) => name);
  return purgeParts(warehouse, [...tables, ...BESIDE], PURGE_WITHIN_MS);
}

async function haveEnded({ warehouse }: Workspace, importIds: readonly number[]): Promise<boolean> {
  const began = Date.now();
  while (importIds.length > 0) {
    const running = new Set((await warehouse.ask(unfinishedImports, {})).map(({ importId }) => importId));
    if (!importIds.some((id) => running.has(id))) break;
    if (Date.now() - began > IMPORTS_END_WITHIN_MS) return false;
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
  }
  return true;
}
