import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { Engine } from "../engine.ts";
import { quoteIdentifier, quoteText } from "./expressions.ts";
import { isPathPattern } from "./source-file.ts";

/** One row of a file of aggregated paths: `a > b > c`, how often it converted, what that was worth, how often it did not. */
export interface AggregatedPathRow {
  readonly path: string[];
  readonly conversions: number;
  readonly value: number;
  /** Null where the file has no total_null column. */
  readonly nulls: number | null;
}

const NEEDED = ["path", "total_conversions"] as const;

/**
 * Reads aggregated paths (columns path, total_conversions, total_conversion_value, total_null; CSV, Parquet or NDJSON, .gz too)
 * with an engine in memory, without touching any data folder.
 * @throws Error with a sentence when a column is missing or a number cannot be read
 */
export async function readAggregatedPaths(file: string): Promise<AggregatedPathRow[]> {
  if (!isPathPattern(file)) return readPlainPath(file);
  const folder = mkdtempSync(join(tmpdir(), "touchline-paths-"));
  try {
    // The endings say what the file is.
    const endings = /(?:\.[a-z0-9]+){0,2}$/i.exec(basename(file))![0];
    const link = join(folder, `paths${endings}`);
    symlinkSync(resolve(file), link);
    return await readPlainPath(link);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readPlainPath(file: string): Promise<AggregatedPathRow[]> {
  const engine = await Engine.open({ kind: "folder", path: ":memory:" });
  try {
    const source = `file(${quoteText(file)})`;
    const columns = (await engine.rows("describe-paths", `DESCRIBE TABLE ${source}`)) as { name: string }[];
    const names = new Set(columns.map(({ name }) => name));
    const missing = NEEDED.filter((name) => !names.has(name));
    if (missing.length > 0) {
      throw new Error(
        `it has no column ${missing.join(" and ")}; aggregated paths need path, total_conversions and, where known, total_conversion_value and total_null; its columns are ${[...names].join(", ")}`,
      );
    }
    const number = (name: string) => (names.has(name) ? `toFloat64(${quoteIdentifier(name)})` : "0.");
    const rows = (await engine.rows(
      "read-paths",
      `SELECT arrayMap(touch -> trimBoth(touch), splitByChar('>', assumeNotNull(path))) AS path, ${number("total_conversions")} AS conversions,
         ${number("total_conversion_value")} AS value, ${names.has("total_null") ? number("total_null") : "NULL"} AS nulls
       FROM ${source} SETTINGS input_format_parallel_parsing = 0, output_format_json_quote_64bit_floats = 0`,
    )) as AggregatedPathRow[];
    return rows;
  } finally {
    await engine.close();
  }
}
