import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import {
  type ImportKind,
  importOfFingerprint,
  newestImport,
  rejectionReasons,
  type SpendChange,
  stagingProgress,
} from "@touchline/sql";
import type { LegalBasis } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import type { Mapping } from "./import-options.ts";
import { type FileToInspect, type InspectedFile, inspectFile } from "./inspect-file.ts";
import { adjustmentId, type Reading, readingsOf } from "./readings.ts";
import { resolveColumns } from "./resolve-columns.ts";
import { type ResolvedColumns, type RowCounts, storeRows, type Transport } from "./store-rows.ts";

export interface ImportRequest extends FileToInspect {
  readonly kind: ImportKind;
  readonly mapping: Mapping;
  readonly legalBasis?: LegalBasis | undefined;
  /** Where a declaration says what stands where: it takes the place of the mapping. */
  readonly resolve?: ((file: InspectedFile) => ResolvedColumns) | undefined;
  readonly transport?: Transport | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  readonly rows: number;
  /** Between 0 and 1 where the size is known beforehand. */
  readonly share: number | null;
}

/** received = stored + duplicates + replaced + rejected + filtered, always. */
export interface ImportReport extends RowCounts {
  readonly file: string;
  readonly kind: ImportKind;
  readonly unchanged: boolean;
  /** Days on which a source now says another cost than before, largest change first. */
  readonly changes: readonly SpendChange[];
  readonly reasons: readonly { step: string; reason: string; rows: number; firstLine: number }[];
  readonly seconds: number;
}

const PROGRESS_EVERY_MS = 150;

/** The same bytes read in the same way are the same import. */
function fingerprintOf(
  file: InspectedFile,
  columns: ResolvedColumns,
  kind: ImportKind,
  timeZone: string,
  legalBasis: LegalBasis | undefined,
): string {
  const reading = JSON.stringify([
    file.sha256,
    kind,
    [...columns.sources],
    [...columns.replacements].map(([name, texts]) => [name, [...texts]]),
    columns.filters,
    columns.options ?? {},
    file.source.format,
    timeZone,
    legalBasis ?? "",
  ]);
  return createHash("sha256").update(reading).digest("hex");
}

/** Kinds of which each event stands by itself: a file that was imported once changes nothing, whatever came after it. */
const EVENTS: readonly ImportKind[] = ["touchpoints", "conversions", "identities", "adjustments"];

async function findUnchanged(workspace: Workspace, kind: ImportKind, fingerprint: string, columns: ResolvedColumns) {
  const [same] = await workspace.warehouse.ask(importOfFingerprint, { kind, fingerprint });
  const isRestated = (columns.options?.restates ?? "never") !== "never";
  if (same !== undefined && same.rejected > 0) {
    // What had no value then, for want of an exchange rate, may have one now.
    const reasons = await workspace.warehouse.ask(rejectionReasons, { kind, fingerprint });
    if (reasons.some(({ step }) => step === "value")) return undefined;
  }
  if (same === undefined || (EVENTS.includes(kind) && !isRestated)) return same;
  // A later import may have restated the same rows: only the newest one can be known to change nothing.
  const [newest] = await workspace.warehouse.ask(newestImport, { kind });
  return newest?.importId === same.importId ? same : undefined;
}

/**
 * Imports one file: stage, check, move. Either all of it is in when this returns, or nothing is when it throws.
 * @throws UserError for anything about the file or the options
 */
export async function importFile(workspace: Workspace, request: ImportRequest): Promise<ImportReport> {
  const file = await inspectFile(workspace, request);
  try {
    const columns = request.resolve?.(file) ?? resolveRouted(request, file);
    const readings =
      request.resolve === undefined
        ? readingsOf(request.kind, file.source, columns, () => resolveColumns("adjustments", file, request.mapping))
        : [{ kind: request.kind, columns, reading: undefined }];
    const reports: ImportReport[] = [];
    for (const reading of readings) reports.push(await importReading(workspace, request, file, reading));
    return reports.reduce(addReports);
  } finally {
    // What stood in for the file, a copy in UTF-8 for one, has served.
    if (file.source.path !== request.path) rmSync(file.source.path, { force: true });
  }
}

/** A file of conversions that has none but adjustments is one of adjustments. */
function resolveRouted({ kind, mapping }: ImportRequest, file: InspectedFile): ResolvedColumns {
  if (kind !== "conversions" || adjustmentId(file.source) === undefined) return resolveColumns(kind, file, mapping);
  try {
    return resolveColumns(kind, file, mapping);
  } catch (error) {
    if (!file.source.columns.some(({ name }) => name === "amount")) throw error;
    return resolveColumns("adjustments", file, mapping);
  }
}

function addReports(a: ImportReport, b: ImportReport): ImportReport {
  return {
    ...a,
    unchanged: a.unchanged && b.unchanged,
    received: a.received + b.received,
    stored: a.stored + b.stored,
    duplicates: a.duplicates + b.duplicates,
    replaced: a.replaced + b.replaced,
    rejected: a.rejected + b.rejected,
    filtered: a.filtered + b.filtered,
    changes: [...a.changes, ...b.changes],
    reasons: [...a.reasons, ...b.reasons],
    seconds: a.seconds + b.seconds,
  };
}

async function importReading(
  workspace: Workspace,
  request: ImportRequest,
  file: InspectedFile,
  { kind, columns, reading, ownRows }: Reading,
): Promise<ImportReport> {
  const began = Date.now();
  const { name, spoolFolder, onProgress } = request;
  const { timeZone } = await workspace.settings();
  const zone = (await workspace.setting("time-zones"))[columns.options?.source ?? ""] ?? timeZone;
  const fingerprint = fingerprintOf(file, columns, kind, zone, request.legalBasis);
  const same = await findUnchanged(workspace, kind, fingerprint, columns);
  const counts =
    same === undefined
      ? await storeRows(workspace, {
          ...{ kind, file: file.source, columns, name, fingerprint, spoolFolder, reading, ownRows },
          transport: request.transport ?? "file",
          legalBasis: request.legalBasis,
          watch: onProgress === undefined ? undefined : watching(workspace, file, onProgress),
        })
      : { ...same, stored: 0, replaced: 0, duplicates: same.received - same.rejected - same.filtered, changes: [] };
  if (counts.received === 0 && reading === undefined) {
    throw new UserError(`${name} has a header and no rows: there is nothing to import`);
  }
  const { received, stored, duplicates, replaced, rejected, filtered, changes } = counts;
  return {
    ...{ file: name, kind, unchanged: same !== undefined },
    ...{ received, stored, duplicates, replaced, rejected, filtered, changes },
    reasons: rejected === 0 ? [] : await workspace.warehouse.ask(rejectionReasons, { kind, fingerprint }),
    seconds: (Date.now() - began) / 1000,
  };
}

/** Reports how far the reading is until it ends. */
function watching(workspace: Workspace, file: InspectedFile, onProgress: (progress: ImportProgress) => void) {
  return async <T>(importId: number, work: Promise<T>): Promise<T> => {
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
  };
}
