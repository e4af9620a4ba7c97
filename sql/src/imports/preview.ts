import type { WorkspaceWarehouse } from "../warehouse.ts";
import { valuedRows } from "./currency.ts";
import { quoteIdentifier, quoteText } from "./expressions.ts";
import { hasMoney, LAYOUTS, type LayoutColumn } from "./layouts.ts";
import { readingSelect, readingSettings, type SourceFile, withReader } from "./source-file.ts";
import { parsedSelect, type StagePlan, textName } from "./stage.ts";
import { textOf } from "./text-of.ts";

/** A row as an import would store it, or why it would not. */
export interface PreviewedRow {
  readonly line: number;
  readonly isSelected: boolean;
  /** Empty for a row that would be stored. */
  readonly reason: string;
  readonly raw: string;
  /** By the columns of the kind, in their order. */
  readonly values: readonly string[];
}

const shownName = ({ name }: LayoutColumn) => quoteIdentifier(`shown ${name}`);

/** What is shown of a stored value: of an identifier its text, because nobody reads a hash. */
function shownValue(column: LayoutColumn, timeZone: string): string {
  const name = quoteIdentifier(column.name);
  switch (column.parsing) {
    case "visitor":
    case "person":
      return shownName(column);
    case "instant":
      return `toString(toTimeZone(${name}, ${quoteText(timeZone)}))`;
    default:
      return `ifNull(toString(${name}), '')`;
  }
}

/**
 * Reads rows as an import reads them, by the same expressions, and stores nothing. Amounts in another currency are judged by the rates
 * that are known, where the data is in this process; on a server they are judged when they are imported.
 * @param plan of a file that is small: all of it is read
 */
export async function previewRows(
  warehouse: WorkspaceWarehouse,
  plan: StagePlan,
  errorsPath: string,
): Promise<PreviewedRow[]> {
  const layout = LAYOUTS[plan.kind];
  const named = layout.filter(({ parsing }) => parsing === "visitor" || parsing === "person");
  const beside = named.map((column) => `${textName(column)} AS ${shownName(column)}`);
  const parsed = `(${parsedSelect(plan, beside)})`;
  const isHere = warehouse.engine.location.kind === "folder";
  const isValued = isHere && hasMoney(plan.kind) && plan.currency !== null;
  const { kind, currency, timeZone } = plan;
  const rows = isValued ? valuedRows({ kind, importId: 0, currency, hasForeign: true, timeZone }, parsed) : parsed;
  const values = layout.map((column) => shownValue(column, timeZone)).join(", ");
  const sql = `SELECT toString(line) AS row_line, toUInt8(is_selected) AS taken, reason AS why, raw AS text, [${values}] AS cells
    FROM ${rows} ORDER BY line ${readingSettings(plan.file, errorsPath)}`;
  const read = (await withReader(warehouse, (engine) =>
    engine.rows("preview-rows", sql, { workspaceId: warehouse.workspaceId }),
  )) as { row_line: string; taken: number; why: string; text: string; cells: string[] }[];
  return read.map(({ row_line, taken, why, text, cells }) => ({
    ...{ line: Number(row_line), isSelected: taken === 1, reason: why, raw: text, values: cells },
  }));
}

/** The rows of a small file as texts, column by column: what every reading of it starts from. */
export async function sampleTexts(
  warehouse: WorkspaceWarehouse,
  file: SourceFile,
  errorsPath: string,
): Promise<string[][]> {
  const cells = file.columns.map((column) => textOf({ kind: "column", column })).join(", ");
  const sql = `SELECT [${cells}] AS cells FROM (${readingSelect(file)}) WHERE is_readable ORDER BY _row_number ${readingSettings(file, errorsPath)}`;
  const rows = (await withReader(warehouse, (engine) => engine.rows("sample-texts", sql))) as { cells: string[] }[];
  return rows.map((row) => row.cells);
}

/** Copies the first rows of a Parquet file into another one. */
export async function writeParquetSample(
  warehouse: WorkspaceWarehouse,
  path: string,
  target: string,
  rows: number,
): Promise<void> {
  await withReader(warehouse, (engine) =>
    engine.run(
      "write-parquet-sample",
      `INSERT INTO FUNCTION file(${quoteText(target)}, 'Parquet') SELECT * FROM file(${quoteText(path)}, 'Parquet') LIMIT ${rows}
       SETTINGS engine_file_truncate_on_insert = 1`,
    ),
  );
}
