import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import {
  describeNdjson,
  EngineError,
  type ImportKind,
  type MalformedRow,
  refusedLines,
  type SourceFile,
  type ValueSource,
} from "@touchline/sql";
import {
  contractColumns,
  contractFile,
  type ResolvedColumns,
  readingsOf,
  storeRows,
  type Transport,
} from "../ingest/index.ts";
import type { Workspace } from "../workspace.ts";

/** An item that was refused: its place in the batch, from 0, and why. */
export interface RefusedItem {
  readonly index: number;
  readonly step: string;
  readonly reason: string;
}

export interface BatchOutcome {
  readonly stored: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly refused: readonly RefusedItem[];
}

export interface EventBatch {
  readonly kind: ImportKind;
  readonly transport: Transport;
  readonly source: string;
  /** Where a source's declaration says what stands where. */
  readonly resolve?: ((file: SourceFile) => ResolvedColumns) | undefined;
  readonly count: number;
  readonly lines: readonly Buffer[];
  readonly malformed: readonly MalformedRow[];
}

const LINE_END = Buffer.from("\n");

async function writeLines(path: string, lines: readonly Buffer[]): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    const parts = lines.flatMap((line) => [line, LINE_END]);
    await file.writeFile(parts.length === 0 ? LINE_END : Buffer.concat(parts));
  } finally {
    await file.close();
  }
}

/** A touchpoint's source is the one that led the visitor here; any other row's is who tells of it, unless it says so itself. */
function sentColumns(kind: ImportKind, file: SourceFile, source: string): ResolvedColumns {
  const columns = contractColumns(kind, file, { source });
  const said = columns.sources.get("source");
  if (kind === "touchpoints" || source === "" || said === undefined) return columns;
  const told: ValueSource = { kind: "first", of: [said, { kind: "constant", text: source }] };
  return { ...columns, sources: new Map([...columns.sources, ["source", told]]) };
}

/** Stores a batch through the same steps as a file. @throws EngineError or a system error when nothing of it was stored */
async function storeWhole(workspace: Workspace, batch: EventBatch, spoolFolder: string): Promise<BatchOutcome> {
  const path = join(spoolFolder, `batch-${randomUUID()}.ndjson`);
  try {
    await writeLines(path, batch.lines);
    const used = await describeNdjson(workspace.warehouse, path, "none");
    const file = contractFile(
      path,
      batch.kind,
      used.map(({ name }) => name),
    );
    const columns = batch.resolve?.(file) ?? sentColumns(batch.kind, file, batch.source);
    const readings = readingsOf(batch.kind, file, columns, () => sentColumns("adjustments", file, batch.source));
    const fingerprint = `${batch.transport} ${randomUUID()}`;
    const outcome = { stored: 0, duplicates: 0, replaced: 0 };
    const refused: RefusedItem[] = [];
    for (const { kind, columns: taken, reading, ownRows } of readings) {
      const part = await storeRows(workspace, {
        ...{ kind, file, columns: taken, reading, ownRows, spoolFolder, fingerprint, isLive: true },
        ...{ name: `${batch.transport} batch`, transport: batch.transport, malformed: batch.malformed },
      });
      outcome.stored += part.stored;
      outcome.duplicates += part.duplicates;
      outcome.replaced += part.replaced;
      if (part.rejected === 0) continue;
      const lines = part.refused ?? (await workspace.warehouse.ask(refusedLines, { kind, fingerprint }));
      refused.push(...lines.map(({ line, step, reason }) => ({ index: line - 1, step, reason })));
    }
    return { ...outcome, refused: refused.sort((a, b) => a.index - b.index) };
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * Stores a batch so that no row can cost its neighbours their place: what the engine refuses as a whole is cut in halves until the
 * row that it cannot take stands alone, and that one is rejected with the engine's own sentence.
 * @param store the storing of a whole batch; given in tests
 */
export async function storeBatch(
  workspace: Workspace,
  batch: EventBatch,
  spoolFolder: string,
  store: typeof storeWhole = storeWhole,
): Promise<BatchOutcome> {
  try {
    return await store(workspace, batch, spoolFolder);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== "refused" || batch.lines.length === 0) throw error;
    if (batch.count === 1) {
      const raw = batch.lines[0]!.toString("utf8");
      const malformed = [{ row: 1, reason: `the database refuses the row: ${error.message}`, raw }];
      return store(workspace, { ...batch, lines: [], malformed }, spoolFolder);
    }
    const [first, second] = halves(batch);
    const a = await storeBatch(workspace, first, spoolFolder, store);
    const b = await storeBatch(workspace, second, spoolFolder, store);
    return {
      stored: a.stored + b.stored,
      duplicates: a.duplicates + b.duplicates,
      replaced: a.replaced + b.replaced,
      refused: [...a.refused, ...b.refused.map((item) => ({ ...item, index: item.index + first.count }))],
    };
  }
}

function halves(batch: EventBatch): [EventBatch, EventBatch] {
  const middle = Math.floor(batch.count / 2);
  const before = batch.malformed.filter(({ row }) => row <= middle);
  const after = batch.malformed.filter(({ row }) => row > middle).map((row) => ({ ...row, row: row.row - middle }));
  const linesBefore = middle - before.length;
  return [
    { ...batch, count: middle, lines: batch.lines.slice(0, linesBefore), malformed: before },
    { ...batch, count: batch.count - middle, lines: batch.lines.slice(linesBefore), malformed: after },
  ];
}
