import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  markRejected,
  type RejectedSelection,
  type ReplayGroup,
  rejectedUntilNow,
  replayFields,
  replayGroups,
} from "@touchline/sql";
import { contractColumns, contractFile, type RowReading, storeRows } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

/** What is changed in rows before they are tried again, by contract column. */
export interface Mending {
  /** A text for every row. */
  readonly set: ReadonlyMap<string, string>;
  /** Texts that stand for other texts. */
  readonly replace: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const NO_MENDING: Mending = { set: new Map(), replace: new Map() };

interface ReplayReport {
  readonly replayed: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly replaced: number;
  /** Rejected again, with the reasons of now. */
  readonly rejected: number;
  /** Rows of which no fields are known: mend them in the file and import it again. */
  readonly notReplayable: number;
}

/** Rows that are read and written at one time. */
const PAGE = 50_000;

/**
 * Tries rejected rows again, mended where it is said how. Rows that are stored, or known by now, are marked as replayed; rows that fail
 * again stand in rejected_rows anew, with the reason of now.
 */
export function replayRejected(
  workspace: Workspace,
  selection: RejectedSelection,
  { spoolFolder, mending = NO_MENDING }: { spoolFolder: string; mending?: Mending },
): Promise<ReplayReport> {
  return workspace.inTurn("replay", () => replay(workspace, selection, { spoolFolder, mending }));
}

async function replay(
  workspace: Workspace,
  selection: RejectedSelection,
  by: { spoolFolder: string; mending: Mending },
): Promise<ReplayReport> {
  const { warehouse } = workspace;
  const asOf = await workspace.inTurn("publish", () => rejectedUntilNow(warehouse));
  const { groups, notReplayable } = await replayGroups(warehouse, selection, asOf);
  if (groups.some(({ kind }) => kind === "spend")) {
    throw new UserError(
      "rows of spend cannot be replayed, because the cost of a day and campaign is replaced as a whole: mend the file, or import the missing rates, and import the file again",
    );
  }
  const report = { replayed: 0, stored: 0, duplicates: 0, replaced: 0, rejected: 0 };
  for (const group of groups) {
    for (let offset = 0; offset < group.rows; offset += PAGE) {
      const rows = await replayFields(warehouse, selection, group, { asOf, limit: PAGE, offset });
      const part = await replayPage(workspace, group, rows, by);
      report.replayed += part.received;
      report.stored += part.stored;
      report.duplicates += part.duplicates;
      report.replaced += part.replaced;
      report.rejected += part.rejected;
    }
    await markRejected(warehouse, selection, "replayed", { asOf, group });
  }
  return { ...report, notReplayable };
}

async function replayPage(
  workspace: Workspace,
  group: ReplayGroup,
  rows: readonly string[],
  { spoolFolder, mending }: { spoolFolder: string; mending: Mending },
) {
  const path = join(spoolFolder, `replay-${randomUUID()}.ndjson`);
  const mended = rows.map((fields) => mend(JSON.parse(fields) as Record<string, string>, mending));
  writeFileSync(path, `${mended.map((row) => JSON.stringify(row)).join("\n")}\n`, { mode: 0o600 });
  try {
    const reading = JSON.parse(group.reading) as RowReading;
    const file = contractFile(path, group.kind, mended.flatMap(Object.keys));
    return await storeRows(workspace, {
      ...{ kind: group.kind, file, spoolFolder, transport: "replay", isLive: true },
      toldIn: group.toldIn === 0 ? undefined : group.toldIn,
      name: `replay of ${rows.length} rejected rows`,
      fingerprint: `replay ${randomUUID()}`,
      columns: contractColumns(group.kind, file, {
        timeZone: reading.timeZone,
        decimalComma: reading.decimalComma,
        source: reading.source,
        restates: reading.restates,
        ...(reading.needsConsent ? { legalBasis: "consent" } : {}),
      }),
    });
  } finally {
    rmSync(path, { force: true });
  }
}

function mend(row: Record<string, string>, { set, replace }: Mending): Record<string, string> {
  const mended = { ...row };
  for (const [name, texts] of replace) {
    const text = texts.get(mended[name] ?? "");
    if (text !== undefined) mended[name] = text;
  }
  for (const [name, text] of set) mended[name] = text;
  return mended;
}
