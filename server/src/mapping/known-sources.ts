import { readFileSync } from "node:fs";
import { DEFAULT_CHANNEL_RULES, type SourceColumn, type SourceFile } from "@touchline/sql";
import { type Connector, connectorNames, findConnector, resolveConnector } from "../connectors/index.ts";
import type { UploadDescription } from "../contract/index.ts";
import { delimiterOf, distinctHeader, isHeaderWith, splitHeader } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import type { FileLook } from "./look-at-file.ts";

/** A tool's export has more columns of its own than this; fewer are a coincidence. */
const FEWEST_COLUMNS = 3;
const MOST_FITS = 3;
/** A report has its header within so many lines. */
const LONGEST_PREAMBLE = 100;

/** What comes with the product, by name. */
export function knownSources(): { name: string; title: string; kinds: UploadDescription["known"][number]["kinds"] }[] {
  return connectorNames().map((name) => {
    const { title, tables } = findConnector(name, ".");
    return { name, title, kinds: [...new Set(tables.map(({ kind }) => kind))] };
  });
}

/** The tools whose exports look like this file, the one that reads most of its columns first. */
export function fittingSources(name: string, look: FileLook, file: SourceFile): UploadDescription["known"] {
  const lines = look.format === "csv" ? readFileSync(look.samplePath, "utf8").split("\n", LONGEST_PREAMBLE) : [];
  return connectorNames()
    .map((each) => findConnector(each, "."))
    .map((connector) => ({ connector, reads: columnsRead(connector, name, columnsFor(connector, lines, file), file) }))
    .filter(({ reads }) => reads >= FEWEST_COLUMNS)
    .sort((a, b) => b.reads - a.reads)
    .slice(0, MOST_FITS)
    .map(({ connector, reads }) => ({
      ...{ name: connector.name, title: connector.title, reads },
      kinds: [...new Set(connector.tables.map(({ kind }) => kind))],
    }));
}

/** The columns that the declaration would find: its own header may stand on another line. */
function columnsFor(
  { header = [] }: Connector,
  lines: readonly string[],
  { columns }: SourceFile,
): readonly SourceColumn[] {
  if (header.length === 0 || lines.length === 0) return columns;
  const line = lines.map((each) => each.replace(/\r$/, "")).find((each) => isHeaderWith(each, header));
  if (line === undefined) return [];
  const named = distinctHeader(line) ?? line;
  return splitHeader(named, delimiterOf(named)).map((column) => ({ name: column, type: "String" }));
}

/** How many columns of the file the declaration reads; 0 where one is missing that it cannot do without. */
function columnsRead(connector: Connector, name: string, columns: readonly SourceColumn[], file: SourceFile): number {
  const used = new Set<string>();
  let tables = 0;
  for (const table of connector.tables) {
    try {
      const source = { ...file, columns };
      const { sources, filters } = resolveConnector(connector, table, { name, source }, DEFAULT_CHANNEL_RULES);
      collectColumns([...sources.values(), ...filters], used);
      tables++;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (!table.optional) return 0;
    }
  }
  return tables === 0 ? 0 : used.size;
}

function collectColumns(value: unknown, into: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  const { kind, column } = value as { kind?: unknown; column?: { name?: unknown } };
  if (kind === "column" && typeof column?.name === "string") into.add(column.name);
  for (const part of Object.values(value)) collectColumns(part, into);
}
