import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  claimImport,
  dropStaging,
  forgottenSets,
  hasForeignMoney,
  hasMoney,
  ID_COLUMN,
  type ImportKind,
  type MalformedRow,
  type MoveCounts,
  mostUsedCurrency,
  moveStaged,
  type RefusedRow,
  type Rejection,
  readMalformedRows,
  type SourceFile,
  type SpendChange,
  type Staged,
  type StagePlan,
  spendChanges,
  stageFile,
} from "@touchline/sql";
import type { LegalBasis } from "../contract/index.ts";
import type { Workspace, WorkspaceSettings } from "../workspace.ts";
import { LedgerEntry } from "./ledger-entry.ts";
import { settleLate, settleSoon } from "./unsettled.ts";

/** Where the values of each contract column stand in a file, which of its rows are taken, and how they are to be understood. */
export interface ResolvedColumns extends Pick<StagePlan, "sources" | "replacements" | "filters" | "extras"> {
  readonly options?: {
    readonly timeZone?: string | undefined;
    readonly decimalComma?: boolean | undefined;
    readonly legalBasis?: LegalBasis | undefined;
    /** The source that the rows come from, where the file does not say it row by row. */
    readonly source?: string | undefined;
    readonly restates?: Staged["restates"] | undefined;
  };
}

export type Transport = "file" | "http" | "collector" | "watch" | "replay";

/** A batch of rows in a file, described completely. */
export interface RowBatch {
  readonly kind: ImportKind;
  readonly file: SourceFile;
  readonly columns: ResolvedColumns;
  /** What people know the batch by. */
  readonly name: string;
  readonly fingerprint: string;
  readonly transport: Transport;
  /** Said by whoever imports; otherwise the workspace's setting for the source, or the source's declaration. */
  readonly legalBasis?: LegalBasis | undefined;
  readonly spoolFolder: string;
  /** A file that holds rows of two kinds is read once for each: what cannot be taken apart belongs to the first reading. */
  readonly reading?: "first of two" | "second of two" | undefined;
  /** The rows of this reading, where there are two. */
  readonly ownRows?: StagePlan["ownRows"];
  /**
   * True where rows come one by one and may come again: a row without an id is known by its content, and each row of spend is all
   * that its source says of its day and campaign.
   */
  readonly isLive?: boolean | undefined;
  /** The import that these rows came in first: what their source has restated since then stays. */
  readonly toldIn?: number | undefined;
  /** Rows that were found malformed before they could be written into the file, numbered among all rows from 1. */
  readonly malformed?: readonly MalformedRow[] | undefined;
  /** Called while the file is being read, with the number of the import. */
  readonly watch?: (<T>(importId: number, work: Promise<T>) => Promise<T>) | undefined;
}

/** received = stored + duplicates + replaced + rejected + filtered, always. */
export interface RowCounts {
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  readonly filtered: number;
}

export interface StoredBatch extends RowCounts {
  readonly importId: number;
  readonly changes: readonly SpendChange[];
  /** The rows that were refused, where they are known without asking for them. */
  readonly refused?: readonly RefusedRow[] | undefined;
}

/** What is further ahead than this cannot be a clock that is wrong or a zone that was left out. */
const FUTURE_HOURS = 23;

function dayAfter(months: number, days: number): string {
  const day = new Date();
  day.setUTCMonth(day.getUTCMonth() + months);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** How the rows of a batch are read in this workspace. */
export async function planOf(
  workspace: Workspace,
  batch: Pick<RowBatch, "kind" | "file" | "columns" | "legalBasis" | "reading" | "ownRows" | "isLive">,
  settings: WorkspaceSettings,
  forgottenPath: string,
): Promise<StagePlan> {
  const { kind, file, columns } = batch;
  const { warehouse } = workspace;
  const options = columns.options ?? {};
  const source = options.source ?? "";
  const [bases, zones, retention] = await Promise.all([
    workspace.setting("legal-basis"),
    workspace.setting("time-zones"),
    workspace.setting("retention"),
  ]);
  const basis = batch.legalBasis ?? bases[source] ?? options.legalBasis ?? "declared";
  return {
    kind,
    file,
    sources: columns.sources,
    replacements: columns.replacements,
    filters: columns.filters,
    extras: columns.extras,
    timeZone: zones[source] ?? options.timeZone ?? settings.timeZone,
    decimalComma: options.decimalComma ?? file.delimiter === ";",
    visitorKey: warehouse.visitorKey,
    latest: new Date(Date.now() + FUTURE_HOURS * 3_600_000).toISOString(),
    needsConsent: basis === "consent",
    forgotten: await forgottenSets(warehouse, forgottenPath),
    expiresOn: dayAfter(retention.dataMonths, 0),
    currency: settings.currency === "" ? null : settings.currency,
    isSecondReading: batch.reading === "second of two",
    ownRows: batch.ownRows,
    isLive: batch.isLive ?? false,
  };
}

/**
 * Stores a batch of rows: read into a table of its own, checked, and moved to where people see it. Either all of it is in when this
 * returns, or nothing is when it throws. Batches are read side by side and moved one after the other.
 */
export async function storeRows(workspace: Workspace, batch: RowBatch): Promise<StoredBatch> {
  const { warehouse } = workspace;
  const settings = await workspace.settings();
  const entry = new LedgerEntry(workspace, batch, await claimImport(warehouse, batch.kind, { isSmall: batch.isLive }));
  const { importId } = entry;
  const spool = {
    errorsPath: join(batch.spoolFolder, `${randomUUID()}.csv`),
    nativePath: join(batch.spoolFolder, `${randomUUID()}.native`),
    forgottenPath: join(batch.spoolFolder, `${randomUUID()}.tsv`),
  };
  let isPublishing = false;
  // Beside the reading: only what is published must have been written down before.
  const started = entry.record("started");
  started.catch(() => undefined);
  try {
    const plan = await planOf(workspace, batch, settings, spool.forgottenPath);
    const reading = stageFile(warehouse, plan, importId, spool);
    await (batch.watch === undefined ? reading : batch.watch(importId, reading));
    const malformed = await malformedRows(workspace, batch, spool.errorsPath);
    await started;
    isPublishing = true;
    // What fails is settled before the next one has its turn: that one must not take rows for known that are about to go.
    const stored = await workspace.inTurn("publish", () =>
      publish(workspace, batch, { plan, malformed, entry }).catch(async (error) => {
        const settled = await settleSoon(workspace, () => entry.settle());
        if (settled === null) throw error;
        return settled;
      }),
    );
    // What cannot be dropped now goes at the next opening: the rows are in, and the ledger says so.
    await dropStaging(warehouse, importId).catch(() => undefined);
    return stored;
  } catch (error) {
    await started.catch(() => undefined);
    if (!isPublishing) await settleSoon(workspace, () => entry.settle());
    throw error;
  } finally {
    for (const path of Object.values(spool)) rmSync(path, { force: true });
  }
}

/** Moves what was staged to where people see it. */
async function publish(
  workspace: Workspace,
  batch: RowBatch,
  { plan, malformed, entry }: { plan: StagePlan; malformed: readonly MalformedRow[]; entry: LedgerEntry },
): Promise<StoredBatch> {
  const { warehouse } = workspace;
  const { importId } = entry;
  await settleLate(workspace);
  const staged = await describeStaged(workspace, batch, plan, importId);
  const changes = batch.kind === "spend" ? await spendChanges(warehouse, staged) : [];
  const rejection: Rejection = {
    malformed: plan.needsConsent ? malformed.map((row) => ({ ...row, raw: "" })) : malformed,
    malformedAreRecorded: plan.isSecondReading,
    ...{ fingerprint: batch.fingerprint, file: batch.name, source: batch.columns.options?.source ?? "" },
    reading: readingOf(plan, batch),
    headerLines: batch.file.headerLines,
    hasItems: batch.file.items !== undefined,
    rejectedExpireOn: dayAfter(0, (await workspace.setting("retention")).rejectedDays),
  };
  const counted = (moved: MoveCounts) => withMalformed(moved, plan.isSecondReading ? 0 : malformed.length);
  const moved = await moveStaged(warehouse, { ...staged, ...rejection }, (counts) =>
    entry.recordReplacing(counted(counts), changes),
  );
  await entry.record("done", counted(moved), changes);
  // Malformed rows move the numbers of the others.
  const refused = malformed.length === 0 && batch.file.headerLines === 0 ? moved.refused : undefined;
  return { ...counted(moved), importId, changes, refused };
}

/** What a row that is tried again must be read with. */
export interface RowReading {
  readonly timeZone: string;
  readonly decimalComma: boolean;
  readonly needsConsent: boolean;
  readonly source: string;
  readonly restates?: "row" | undefined;
}

function readingOf({ timeZone, decimalComma, needsConsent }: StagePlan, { columns }: RowBatch): string {
  const { source = "", restates } = columns.options ?? {};
  const reading: RowReading = {
    ...{ timeZone, decimalComma, needsConsent, source },
    restates: restates === "row" ? restates : undefined,
  };
  return JSON.stringify(reading);
}

/** Rows that never reached the staging table. */
async function malformedRows({ warehouse }: Workspace, batch: RowBatch, errorsPath: string): Promise<MalformedRow[]> {
  const read = existsSync(errorsPath) ? await readMalformedRows(warehouse, errorsPath) : [];
  return [...(batch.malformed ?? []), ...read];
}

function withMalformed({ staged, rejected, refused: _, ...moved }: MoveCounts, malformed: number): RowCounts {
  return { ...moved, received: staged + malformed, rejected: rejected + malformed };
}

/** What the moving needs to know; the first import with money decides the workspace's currency. */
async function describeStaged(
  workspace: Workspace,
  { kind, columns, isLive, toldIn }: RowBatch,
  plan: StagePlan,
  importId: number,
): Promise<Staged> {
  const { warehouse } = workspace;
  let { currency } = await workspace.settings();
  if (currency === "" && hasMoney(kind)) {
    currency = (await mostUsedCurrency(warehouse, importId)) ?? "";
    if (currency !== "") await workspace.changeSettings({ currency });
  }
  const idColumn = ID_COLUMN[kind];
  return {
    kind,
    importId,
    currency: currency === "" ? null : currency,
    hasForeign: hasMoney(kind) && currency !== "" && (await hasForeignMoney(warehouse, importId, currency)),
    timeZone: plan.timeZone,
    derivedIds: idColumn !== null && !columns.sources.has(idColumn),
    restates: columns.options?.restates ?? "never",
    toldIn,
    isLive: isLive === true,
    expiresOn: plan.expiresOn,
    books: await workspace.setting("books"),
  };
}
