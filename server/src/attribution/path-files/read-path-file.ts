import { readFileSync, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type AggregatedPathRow, readAggregatedPaths } from "@touchline/sql";
import { pathSteps } from "./path-steps.ts";
import { findPathColumns, type PathColumns, type PathField } from "./report-columns.ts";
import { readNumbers } from "./report-numbers.ts";
import { decodeReport, type ReportTable, readReport } from "./report-text.ts";

export interface PathFile {
  readonly rows: readonly AggregatedPathRow[];
  /** What a reader of the result has to know of how the file was read. */
  readonly notes: readonly string[];
}

/** Reports are made for people; what is larger is a table, and comes in our own layout. */
const LARGEST_REPORT = 100_000_000;

/**
 * Reads aggregated paths: our own layout in any format that the engine knows, or a report of conversion paths as analytics tools
 * export it.
 * @throws Error with a sentence when it is neither
 */
export async function readPathFile(file: string): Promise<PathFile> {
  const table = readAsReport(file);
  if (table === null) return { rows: await readAggregatedPaths(file), notes: [] };
  return readRows(table, findPathColumns(table.header));
}

/** Null for what is no report: other formats, and text that has our own columns. */
function readAsReport(file: string): ReportTable | null {
  if (/\.(parquet|ndjson|jsonl|json)(\.gz)?$/i.test(file) || statSync(file).size > LARGEST_REPORT) return null;
  const bytes = readFileSync(file);
  const table = readReport(decodeReport(/\.gz$/i.test(file) ? gunzipSync(bytes) : bytes));
  if (["path", "total_conversions"].every((name) => table.header.includes(name))) return null;
  const { places } = findPathColumns(table.header);
  return places.path === undefined || places.conversions === undefined ? null : table;
}

function readRows({ header, rows, comments }: ReportTable, { places, hasDecimalComma }: PathColumns): PathFile {
  const texts = (field: PathField) => {
    const place = places[field];
    return place === undefined ? null : rows.map((fields) => fields[place] ?? "");
  };
  const paths = texts("path")!.map(pathSteps);
  const numbers = (field: PathField) => {
    const column = texts(field);
    if (column === null) return null;
    const read = readNumbers(column, hasDecimalComma);
    const bad = read.findIndex(Number.isNaN);
    if (bad >= 0)
      throw new Error(`row ${bad + 1} has "${column[bad]}" as ${header[places[field]!]}, which is not a number`);
    return read;
  };
  const conversions = numbers("conversions")!;
  const value = numbers("value");
  const nulls = numbers("nulls");
  const found = paths
    .map((path, i) => ({ path, conversions: conversions[i]!, value: value?.[i] ?? 0, nulls: nulls?.[i] ?? null }))
    .filter(({ path }) => path.length > 0);
  if (found.length === 0) throw new Error("it has no row with a path");
  return { rows: found, notes: notesOf({ header, rows, comments }, places, rows.length - found.length) };
}

function notesOf({ header, comments }: ReportTable, places: PathColumns["places"], pathless: number): string[] {
  const named = (Object.keys(places) as PathField[]).map((field) => `${field} from "${header[places[field]!]}"`);
  return [
    `Read as a report of conversion paths${comments[0] === undefined ? "" : ` ("${comments[0]}")`}: ${named.join(", ")}.`,
    ...(pathless > 0
      ? [`${pathless} row${pathless === 1 ? "" : "s"} without a path left out: totals, most likely.`]
      : []),
    ...(places.value === undefined ? ["It has no column of revenue: only conversions are credited."] : []),
  ];
}
