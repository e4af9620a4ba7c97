import { Engine } from "../engine.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { fileColumn, ITEM, quoteIdentifier, quoteText } from "./quoting.ts";
import { type SourceColumn, textOf, type ValueSource } from "./text-of.ts";

export type FileFormat = "csv" | "ndjson" | "parquet";

/** A file on this machine, looked at and found readable. */
export interface SourceFile {
  /** One that file() takes at its word: `isPathPattern` is false. */
  readonly path: string;
  readonly format: FileFormat;
  readonly compression: "none" | "gzip";
  /** CSV only. */
  readonly delimiter: "," | ";" | "\t";
  readonly columns: readonly SourceColumn[];
  /** Lines of the file, as people see it, before the first row. */
  readonly headerLines: number;
  /** A list in JSON text: its items are the rows, one by one. A row whose list is empty has one empty item, so that it is counted. */
  readonly items?: ValueSource;
}

/** True where file() would read a path as a pattern or as a file inside an archive: such a file is read through a link. */
export function isPathPattern(path: string): boolean {
  return /[*?{}]|::/.test(path);
}

/** Files are read by an engine on this machine. Where the data is on a server, that is one in memory beside it. */
let reader: Promise<Engine> | undefined;
export async function withReader<T>(warehouse: WorkspaceWarehouse, work: (engine: Engine) => Promise<T>): Promise<T> {
  if (warehouse.engine.location.kind === "folder") return work(warehouse.engine);
  reader ??= Engine.open({ kind: "folder", path: ":memory:" });
  return work(await reader);
}

export async function closeReader(): Promise<void> {
  const open = reader;
  reader = undefined;
  if (open !== undefined) await (await open).close();
}

/** The columns of a Parquet file with their types; rows come with it for nothing, from the file's footer. */
export async function describeParquet(
  warehouse: WorkspaceWarehouse,
  path: string,
): Promise<{ columns: SourceColumn[]; rows: number }> {
  return withReader(warehouse, async (engine) => {
    const source = `file(${quoteText(path)}, 'Parquet')`;
    const columns = (await engine.rows("describe-parquet", `DESCRIBE TABLE ${source}`)) as SourceColumn[];
    const [count] = (await engine.rows("count-parquet", `SELECT count() AS rows FROM ${source}`)) as { rows: string }[];
    return { columns: columns.map(({ name, type }) => ({ name, type })), rows: Number(count?.rows ?? 0) };
  });
}

/** The keys that the lines of an NDJSON file use, all of them; a malformed line has none and is refused later, by itself. */
export async function describeNdjson(
  warehouse: WorkspaceWarehouse,
  path: string,
  compression: "none" | "gzip",
): Promise<SourceColumn[]> {
  return withReader(warehouse, async (engine) => {
    const rows = (await engine.rows(
      "describe-ndjson",
      `SELECT DISTINCT arrayJoin(JSONExtractKeys(line)) AS name
       FROM file(${quoteText(path)}, 'LineAsString', 'line String', ${quoteText(compression)})`,
    )) as { name: string }[];
    return rows.map(({ name }) => ({ name, type: "String" }));
  });
}

/** Writes the objects of a JSON array one a line. Line breaks can only stand between the values, and become spaces. */
export async function writeArrayAsLines(
  warehouse: WorkspaceWarehouse,
  path: string,
  compression: "none" | "gzip",
  target: string,
): Promise<void> {
  await withReader(warehouse, (engine) =>
    engine.run(
      "write-array-as-lines",
      `INSERT INTO FUNCTION file(${quoteText(target)}, 'TSVRaw', 'line String')
       SELECT replaceRegexpAll(line, '[\\r\\n]+', ' ') FROM file(${quoteText(path)}, 'JSONAsString', 'line String', ${quoteText(compression)})
       SETTINGS input_format_parallel_parsing = 0, max_threads = 1, engine_file_truncate_on_insert = 1`,
    ),
  );
}

/** The reason of a line of NDJSON that cannot be taken apart. */
export const NOT_AN_OBJECT = "the line is not one JSON object";

/**
 * `SELECT` of a file: its columns under the names of `fileColumn`, `_row_number` (counted from 0), and `is_readable`, false for a
 * row that cannot be taken apart. Text formats give every column as text, so that no row fails for a type. NDJSON is taken apart
 * line by line: a broken line is then its own affair, where the engine's reader would run on into the next one.
 */
export function readingSelect(file: SourceFile): string {
  if (file.items === undefined) return rowsSelect(file);
  const items = `JSONExtractArrayRaw(${textOf(file.items)})`;
  return `SELECT *, arrayJoin(if(empty(${items}), [''], ${items})) AS ${ITEM} FROM (${rowsSelect(file)})`;
}

/** What the engine takes for no name of a tuple's element; files may have columns of these names all the same. */
const NO_TUPLE_NAMES = new Set(["", "null"]);

/** The engine looks at every element for each one that is asked for: 2,000 of them in one tuple took a minute. */
const WIDEST_TUPLE = 64;

/** The line itself, beside columns that all begin with "file: ". */
const WHOLE_LINE = quoteIdentifier("line of the file");

function rowsSelect({ path, format, compression, columns }: SourceFile): string {
  const structure = columns.map(({ name }) => `${quoteIdentifier(name)} String`).join(", ");
  const renamed = columns.map(({ name }) => `${quoteIdentifier(name)} AS ${fileColumn(name)}`).join(", ");
  const source = (name: string, layout: string) =>
    `file(${[path, name, layout, compression].map(quoteText).join(", ")})`;
  switch (format) {
    case "csv":
      return `SELECT ${renamed}, _row_number, true AS is_readable FROM ${source("CSVWithNames", structure)}`;
    case "parquet":
      return `SELECT ${renamed}, _row_number, true AS is_readable FROM ${source("Parquet", "auto")}`;
    case "ndjson": {
      const named = columns.filter(({ name }) => !NO_TUPLE_NAMES.has(name));
      const taken = ["JSONType(line) = 'Object' AS is_readable"];
      for (let i = 0; i < named.length; i += WIDEST_TUPLE) {
        const part = named.slice(i, i + WIDEST_TUPLE).map(({ name }) => `${quoteIdentifier(name)} String`);
        taken.push(`JSONExtract(line, ${quoteText(`Tuple(${part.join(", ")})`)}) AS fields_${i / WIDEST_TUPLE}`);
      }
      const places = new Map(named.map((column, i) => [column, i]));
      const fields = columns.map((column) => {
        const place = places.get(column);
        const text =
          place === undefined
            ? `JSONExtract(line, ${quoteText(column.name)}, 'String')`
            : `tupleElement(fields_${Math.floor(place / WIDEST_TUPLE)}, ${(place % WIDEST_TUPLE) + 1})`;
        return `${text} AS ${fileColumn(column.name)}`;
      });
      return `SELECT ${fields.join(", ")}, _row_number, is_readable, line AS ${WHOLE_LINE}
        FROM (SELECT line, _row_number, ${taken.join(", ")}
          FROM ${source("LineAsString", "line String")} WHERE NOT empty(trimBoth(line)))`;
    }
  }
}

/** The row as it stood in the file, as far as the format tells. */
export function rawText({ format, columns }: SourceFile): string {
  if (format === "ndjson") return WHOLE_LINE;
  const values = columns.map(({ name }) => fileColumn(name)).join(", ");
  const shown = (name: string) => quoteIdentifier(NO_TUPLE_NAMES.has(name) ? `(${name})` : name);
  const names = columns.map(({ name, type }) => `${shown(name)} ${type}`).join(", ");
  return `toJSONString(CAST(tuple(${values}), ${quoteText(`Tuple(${names})`)}))`;
}

/** Numbering needs one reader. A CSV row of the wrong length is written down in `errorsPath` instead of ending the import. */
export function readingSettings({ format, delimiter }: SourceFile, errorsPath: string): string {
  // Two threads sort and write beside the one that reads: a fifth faster on two cores, and no more blocks in memory than two.
  const settings = ["short_circuit_function_evaluation = 'force_enable'", "max_insert_threads = 2"];
  if (format !== "parquet") settings.push("input_format_parallel_parsing = 0");
  if (format === "csv") {
    settings.push(
      `format_csv_delimiter = ${quoteText(delimiter)}`,
      // Without it the engine takes tabs for space around a value and refuses them as a delimiter.
      `input_format_csv_allow_whitespace_or_tab_as_delimiter = ${delimiter === "\t" ? 1 : 0}`,
      "input_format_csv_skip_trailing_empty_lines = 1",
      "input_format_allow_errors_num = 1000000000",
      "input_format_allow_errors_ratio = 1",
      `input_format_record_errors_file_path = ${quoteText(errorsPath)}`,
    );
  }
  return `SETTINGS ${settings.join(", ")}`;
}

/** A CSV row that could not be taken apart: its number among the rows, counted from 1, why, and its text. */
export interface MalformedRow {
  readonly row: number;
  readonly reason: string;
  readonly raw: string;
}

/** Reads the engine's record of malformed CSV rows. */
export async function readMalformedRows(warehouse: WorkspaceWarehouse, errorsPath: string): Promise<MalformedRow[]> {
  return withReader(warehouse, async (engine) => {
    const rows = (await engine.rows(
      "read-malformed-rows",
      `SELECT row, reason, raw FROM file(${quoteText(errorsPath)}, 'CSV',
        'at String, database Nullable(String), table_name Nullable(String), row UInt64, reason String, raw String') ORDER BY row`,
    )) as { row: string; reason: string; raw: string }[];
    return rows.map(({ row, reason, raw }) => ({ row: Number(row), reason: explainMalformed(reason, raw), raw }));
  });
}

function explainMalformed(reason: string, raw: string): string {
  if (raw.trim() === "") return "the line is blank";
  if (reason.includes("less columns")) return "the row has fewer columns than the header";
  if (reason.includes("more columns")) return "the row has more columns than the header";
  return "the row is not valid CSV: look for a quote that does not close";
}
