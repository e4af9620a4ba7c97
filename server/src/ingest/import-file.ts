import { createHash, randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import {
  claimImport,
  dropStaging,
  ID_COLUMN,
  type ImportKind,
  importOfFingerprint,
  LAYOUTS,
  type MoveCounts,
  mostUsedCurrency,
  moveRejected,
  moveStaged,
  newestImport,
  readMalformedRows,
  recordImport,
  rejectionReasons,
  type SourceColumn,
  type StagePlan,
  stageFile,
  stagingProgress,
  undoImport,
  unfinishedImports,
  type ValueSource,
} from "@touchline/sql";
import { UserError } from "../user-error.ts";
import type { Workspace, WorkspaceSettings } from "../workspace.ts";
import type { Mapping } from "./import-options.ts";
import { type InspectedFile, inspectFile } from "./inspect-file.ts";

export interface ImportRequest {
  readonly kind: ImportKind;
  readonly path: string;
  /** The file as the person wrote it, for messages and records. */
  readonly name: string;
  readonly mapping: Mapping;
  readonly format?: string | undefined;
  readonly encoding?: string | undefined;
  readonly spoolFolder: string;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  readonly rows: number;
  /** Between 0 and 1 where the size is known beforehand. */
  readonly share: number | null;
}

/** received = stored + duplicates + replaced + rejected + filtered, always. */
export interface ImportReport {
  readonly file: string;
  readonly kind: ImportKind;
  readonly unchanged: boolean;
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  /** Rows that --where left out. */
  readonly filtered: number;
  readonly reasons: readonly { step: string; reason: string; rows: number; firstLine: number }[];
  readonly seconds: number;
}

const PROGRESS_EVERY_MS = 150;

/** Decides where each contract column comes from. @throws UserError that lists what is missing and what the file has */
function resolveColumns(
  kind: ImportKind,
  file: InspectedFile,
  mapping: Mapping,
): Pick<StagePlan, "sources" | "filters" | "extras"> {
  const byName = new Map(file.source.columns.map((column) => [column.name, column]));
  const inFile = `its columns are ${file.source.columns.map(({ name }) => name).join(", ")}`;
  const need = (name: string, option: string): SourceColumn => {
    const column = byName.get(name);
    if (column === undefined)
      throw new UserError(`${option}: ${file.name} has no column "${name}"; ${inFile}`, { exitCode: 2 });
    return column;
  };
  const sources = new Map<string, ValueSource>();
  const missing: string[] = [];
  const used = new Set<string>();
  for (const { name, required } of LAYOUTS[kind]) {
    const said = mapping.sources.get(name);
    if (said?.kind === "constant") sources.set(name, said);
    else {
      const column = said === undefined ? byName.get(name) : need(said.name, "--map");
      if (column !== undefined) {
        sources.set(name, { kind: "column", column });
        used.add(column.name);
      } else if (required) missing.push(name);
    }
  }
  if (missing.length > 0) {
    throw new UserError(
      `${file.name} has no column ${missing.join(", ")}, which ${kind} need; ${inFile}. Say where to find ${missing.length === 1 ? "it" : "them"}: --map ${missing[0]}=COLUMN, or a constant in quotes: --map "${missing[0]}='text'"`,
      { exitCode: 2 },
    );
  }
  const filters = mapping.filters.map(({ column, operator, text }) => ({
    column: need(column, "--where"),
    operator,
    text,
  }));
  const extras = kind === "spend" ? [] : file.source.columns.filter(({ name }) => !used.has(name));
  return { sources, filters, extras };
}

/** The same bytes read in the same way are the same import. */
function fingerprintOf(file: InspectedFile, request: ImportRequest, timeZone: string): string {
  const reading = JSON.stringify([
    file.sha256,
    [...request.mapping.sources],
    [...request.mapping.replacements].map(([name, texts]) => [name, [...texts]]),
    request.mapping.filters,
    file.source.format,
    timeZone,
  ]);
  return createHash("sha256").update(reading).digest("hex");
}

const OWNER = `${hostname()}:${process.pid}`;

async function findUnchanged(workspace: Workspace, kind: ImportKind, fingerprint: string) {
  const [same] = await workspace.warehouse.ask(importOfFingerprint, { kind, fingerprint });
  if (same === undefined || kind !== "spend") return same;
  // A later import may have restated the same days: only the newest one can be known to change nothing.
  const [newest] = await workspace.warehouse.ask(newestImport, { kind });
  return newest?.importId === same.importId ? same : undefined;
}

/**
 * Imports one file: stage, check, move. Either all of it is in when this returns, or nothing is when it throws.
 * @throws UserError for anything about the file or the options
 */
export function importFile(workspace: Workspace, request: ImportRequest): Promise<ImportReport> {
  return workspace.inTurn("import", () => importInTurn(workspace, request));
}

async function importInTurn(workspace: Workspace, request: ImportRequest): Promise<ImportReport> {
  const began = Date.now();
  const file = await inspectFile(workspace, request);
  try {
    const columns = resolveColumns(request.kind, file, request.mapping);
    const settings = await workspace.settings();
    const fingerprint = fingerprintOf(file, request, settings.timeZone);
    const same = await findUnchanged(workspace, request.kind, fingerprint);
    const counts =
      same === undefined
        ? await storeRows(workspace, { request, file, columns, settings, fingerprint, began })
        : { ...same, stored: 0, replaced: 0, duplicates: same.received - same.rejected - same.filtered };
    const { kind, name } = request;
    const { received, stored, duplicates, replaced, rejected, filtered } = counts;
    return {
      file: name,
      kind,
      unchanged: same !== undefined,
      received,
      stored,
      duplicates,
      replaced,
      rejected,
      filtered,
      reasons: rejected === 0 ? [] : await workspace.warehouse.ask(rejectionReasons, { kind, fingerprint }),
      seconds: (Date.now() - began) / 1000,
    };
  } finally {
    // What stood in for the file, a copy in UTF-8 for one, has served.
    if (file.source.path !== request.path) rmSync(file.source.path, { force: true });
  }
}

interface Storing {
  readonly request: ImportRequest;
  readonly file: InspectedFile;
  readonly columns: Pick<StagePlan, "sources" | "filters" | "extras">;
  readonly settings: WorkspaceSettings;
  readonly fingerprint: string;
  readonly began: number;
}

type RowCounts = MoveCounts & { readonly received: number };
const NO_ROWS = { received: 0, stored: 0, duplicates: 0, replaced: 0, rejected: 0, filtered: 0 };

/** Begins an import, stores its rows and ends it; whatever fails on the way, nothing of it stays. */
async function storeRows(workspace: Workspace, storing: Storing): Promise<RowCounts> {
  const { warehouse } = workspace;
  const { kind, name, spoolFolder } = storing.request;
  const importId = await claimImport(warehouse, kind);
  const record = (state: "started" | "done" | "undone", counts: Omit<RowCounts, "staged">) => {
    const { received, stored, duplicates, replaced, rejected, filtered } = counts;
    const { fingerprint } = storing;
    const startedAt = new Date(storing.began).toISOString();
    return warehouse.tell(recordImport, {
      ...{ importId, kind, state, file: name, fingerprint, owner: OWNER, startedAt },
      ...{ received, stored, duplicates, replaced, rejected, filtered },
    });
  };
  const spool = {
    errorsPath: join(spoolFolder, `${randomUUID()}.csv`),
    nativePath: join(spoolFolder, `${randomUUID()}.native`),
  };
  await record("started", NO_ROWS);
  let counts: RowCounts;
  try {
    counts = await stageAndMove(workspace, importId, storing, spool);
    await record("done", counts);
  } catch (error) {
    await undoImport(warehouse, kind, importId);
    await record("undone", NO_ROWS);
    throw error;
  } finally {
    for (const path of Object.values(spool)) rmSync(path, { force: true });
  }
  await dropStaging(warehouse, importId);
  return counts;
}

async function stageAndMove(
  workspace: Workspace,
  importId: number,
  { request, file, columns, settings, fingerprint }: Storing,
  spool: { errorsPath: string; nativePath: string },
): Promise<RowCounts> {
  const { warehouse } = workspace;
  const { kind, mapping, name, onProgress } = request;
  const plan: StagePlan = {
    kind,
    file: file.source,
    ...columns,
    replacements: mapping.replacements,
    timeZone: settings.timeZone,
    decimalComma: file.source.delimiter === ";",
  };
  await watched(workspace, importId, file, onProgress, stageFile(warehouse, plan, importId, spool));
  const malformed = existsSync(spool.errorsPath) ? await readMalformedRows(warehouse, spool.errorsPath) : [];
  let currency: string | null = settings.currency === "" ? null : settings.currency;
  if (kind !== "touchpoints" && currency === null) currency = await mostUsedCurrency(warehouse, importId);
  const idColumn = ID_COLUMN[kind];
  const staged = { kind, importId, currency, derivedIds: idColumn !== null && !columns.sources.has(idColumn) };
  const headerLines = file.source.format === "csv" ? 1 : 0;
  await moveRejected(warehouse, { ...staged, malformed, fingerprint, file: name, headerLines });
  // The rows themselves come last: replaced spend could not be put back if a later step failed.
  const moved = await moveStaged(warehouse, staged);
  const received = moved.staged + malformed.length;
  if (received === 0) throw new UserError(`${name} has a header and no rows: there is nothing to import`);
  if (currency !== null && settings.currency === "") await workspace.changeSettings({ currency });
  return { ...moved, rejected: moved.rejected + malformed.length, received };
}

/** Reports how far the reading is until it ends. */
async function watched<T>(
  workspace: Workspace,
  importId: number,
  file: InspectedFile,
  onProgress: ((progress: ImportProgress) => void) | undefined,
  work: Promise<T>,
): Promise<T> {
  if (onProgress === undefined) return work;
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    stagingProgress(workspace.warehouse, importId)
      .then((progress) => {
        if (progress === null) return;
        const byRows = file.rows === null ? null : progress.readRows / file.rows;
        const byBytes = file.source.compression === "none" ? progress.readBytes / file.bytes : null;
        const share = byRows ?? byBytes;
        onProgress({ rows: progress.readRows, share: share === null ? null : Math.min(0.99, share) });
      })
      .finally(() => {
        isAsking = false;
      });
  }, PROGRESS_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Takes back imports whose process was stopped in the middle. A folder is open in this process alone, so whatever was begun there is
 * over; on a server others may be at work, and only what this machine's dead processes began is taken back.
 */
export async function undoUnfinishedImports(workspace: Workspace, place: "folder" | "server"): Promise<number> {
  let undone = 0;
  for (const entry of await workspace.warehouse.ask(unfinishedImports, {})) {
    const [host, pid] = entry.owner.split(":");
    const isElsewhere = host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)));
    if (place === "server" && isElsewhere) continue;
    await undoImport(workspace.warehouse, entry.kind, entry.importId);
    await workspace.warehouse.tell(recordImport, { ...entry, state: "undone" });
    undone++;
  }
  return undone;
}
