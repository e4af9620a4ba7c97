import { importsByHour, importsPage } from "@touchline/sql";
import type { House } from "../house/index.ts";
import { type CommandIo, drawTable, grouped } from "./io.ts";

export interface ImportsOptions {
  readonly workspace: string;
  readonly source?: string;
  /** Added up by hour in place of import by import. */
  readonly hours: boolean;
  readonly json: boolean;
}

/** What fits a screen or a pipe; older ones stand in the dashboard. */
const MOST_ROWS = 1_000;
const SHOWN_ROWS = 50;

const COUNTS = ["received", "stored", "duplicates", "replaced", "rejected", "filtered"] as const;
const HEADS = ["Received", "Stored", "Duplicates", "Replaced", "Rejected", "Left out"];
const STATES = { started: "running", replacing: "running", done: "", undone: "taken back" } as const;

type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;
const counts = (row: Counts) => COUNTS.map((name) => grouped(row[name]));

/** `2026-03-31T18:05:00.000Z` as people write it: `2026-03-31 18:05`, of UTC. */
const minute = (instant: string) => instant.slice(0, 16).replace("T", " ");

/** `touchline imports`: the ledger, newest first: received = stored + duplicates + replaced + rejected + filtered. */
export async function runImports(house: House, options: ImportsOptions, io: CommandIo): Promise<number> {
  const { warehouse } = await house.workspace(options.workspace);
  const page = {
    ...{ ofSource: options.source ?? null, ofKind: null, offset: 0 },
    limit: options.json ? MOST_ROWS : SHOWN_ROWS,
  };
  if (options.hours) {
    const rows = await warehouse.ask(importsByHour, page);
    const table = () =>
      drawTable(
        ["Hour (UTC)", "Source", "Kind", "Imports", ...HEADS],
        rows.map((row) => [minute(row.hour), row.source || "-", row.kind, grouped(row.imports), ...counts(row)]),
      );
    return print(rows, rows.length, table, options, io);
  }
  const rows = (await warehouse.ask(importsPage, page)).map(({ changes, ...row }) => ({
    ...row,
    changes: changes === "" ? [] : (JSON.parse(changes) as unknown[]),
  }));
  const table = () =>
    drawTable(
      ["Began (UTC)", "Import", "File", "Source", "Kind", ...HEADS, ""],
      rows.map((row) => [
        ...[minute(row.startedAt), String(row.importId), row.imports > 1 ? `${row.imports} batches` : row.file],
        ...[row.source || "-", row.kind, ...counts(row), STATES[row.state]],
      ]),
    );
  const all = rows[0]?.total ?? 0;
  return print(
    rows.map(({ total: _total, ...row }) => row),
    all,
    table,
    options,
    io,
  );
}

function print(
  rows: readonly unknown[],
  all: number,
  table: () => string,
  { json, source }: ImportsOptions,
  io: CommandIo,
): number {
  if (json) io.stdout(`${JSON.stringify({ total: all, imports: rows })}\n`);
  else if (rows.length === 0)
    io.stdout(source === undefined ? "Nothing was imported yet.\n" : `Nothing was imported from ${source} yet.\n`);
  else {
    io.stdout(table());
    if (all > rows.length) io.stderr(`touchline: the newest ${rows.length} of ${all} are shown; --json prints more\n`);
  }
  return 0;
}
