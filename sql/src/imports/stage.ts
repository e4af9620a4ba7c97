import { createReadStream } from "node:fs";
import { STAGING_PREFIX } from "../passing-tables.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import {
  parsedExpression,
  quoteIdentifier,
  quoteText,
  type ReadingOptions,
  type SourceColumn,
  textOf,
  type ValueSource,
} from "./expressions.ts";
import { ID_COLUMN, type ImportKind, LAYOUTS, type LayoutColumn, stagedType } from "./layouts.ts";
import { NOT_AN_OBJECT, rawText, readingSelect, readingSettings, type SourceFile, withReader } from "./source-file.ts";

export interface RowFilter {
  readonly column: SourceColumn;
  readonly operator: "=" | "!=";
  readonly text: string;
}

export interface StagePlan extends ReadingOptions {
  readonly kind: ImportKind;
  readonly file: SourceFile;
  /** By contract column. */
  readonly sources: ReadonlyMap<string, ValueSource>;
  /** By contract column: texts that stand for other texts. */
  readonly replacements: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Rows that meet all of them are taken, the others are left out and counted. */
  readonly filters: readonly RowFilter[];
  /** Columns beyond the contract, kept as they are. */
  readonly extras: readonly SourceColumn[];
}

/** The table an import is staged in: read whole or not at all, dropped when the import ends. */
export function stagingTable(importId: number): string {
  return `${STAGING_PREFIX}${importId}`;
}

function replaced(text: string, replacements: ReadonlyMap<string, string> | undefined): string {
  if (replacements === undefined || replacements.size === 0) return text;
  const list = (values: Iterable<string>) => `[${[...values].map(quoteText).join(", ")}]`;
  return `transform(${text}, ${list(replacements.keys())}, ${list(replacements.values())}, ${text})`;
}

/** `SELECT` of a file into the staging layout: parsed columns, extra, line, reason, raw. */
export function stagingSelect(plan: StagePlan): string {
  const layout = LAYOUTS[plan.kind];
  const textName = (column: LayoutColumn) => quoteIdentifier(`text of ${column.name}`);
  const source = (column: LayoutColumn): ValueSource => plan.sources.get(column.name) ?? { kind: "absent" };
  const texts = layout.map(
    (column) => `${replaced(textOf(source(column)), plan.replacements.get(column.name))} AS ${textName(column)}`,
  );
  const parsed = layout.map((column) => ({
    column,
    ...parsedExpression(column, source(column), textName(column), plan),
  }));
  const extra =
    plan.extras.length === 0
      ? "map()"
      : `mapFilter((name, text) -> text != '', map(${plan.extras
          .map((column) => `${quoteText(column.name)}, ${textOf({ kind: "column", column })}`)
          .join(", ")}))`;
  const idColumn = ID_COLUMN[plan.kind];
  const derivedId = idColumn === null || plan.sources.has(idColumn) ? null : idColumn;
  const columns = parsed.map(({ column, value }) => {
    const text = textName(column);
    if (column.name === derivedId) {
      // Sorted: the same row is the same event, in whatever order a file has its columns.
      const content = layout.filter(({ name }) => name !== derivedId).map(textName);
      return `lower(hex(sipHash128(${[...content, "toString(mapSort(extra))"].join(", ")}))) AS ${quoteIdentifier(column.name)}`;
    }
    return `${column.name === idColumn ? text : value} AS ${quoteIdentifier(column.name)}`;
  });
  const emptyId =
    idColumn !== null && derivedId === null
      ? [`${textName({ name: idColumn, parsing: "text", required: true })} = ''`, quoteText(`${idColumn} is empty`)]
      : [];
  const reasons = [
    "NOT is_readable",
    quoteText(NOT_AN_OBJECT),
    ...emptyId,
    ...parsed.flatMap(({ isBad, reason }) => (isBad === "false" ? [] : [isBad, reason])),
  ];
  const filters = plan.filters.map(
    ({ column, operator, text }) => `${textOf({ kind: "column", column })} ${operator} ${quoteText(text)}`,
  );
  return `
    SELECT ${columns.join(",\n      ")},
      ${extra} AS extra,
      toUInt64(assumeNotNull(_row_number)) + 1 AS line,
      ${filters.length === 0 ? "true" : `NOT is_readable OR (${filters.join(" AND ")})`} AS is_selected,
      multiIf(${[...reasons, "''"].join(",\n        ")}) AS reason,
      multiIf(reason = '', '', is_readable, 'validate', 'read') AS step,
      if(reason = '', '', ${rawText(plan.file)}) AS raw
    FROM (SELECT *, ${texts.join(", ")} FROM (${readingSelect(plan.file)}))`;
}

/** The columns of a staging table: the contract's, and what the moving needs to know of each row. */
export function stagingColumns(kind: ImportKind): string {
  const contract = LAYOUTS[kind].map((column) => `${quoteIdentifier(column.name)} ${stagedType(column)}`);
  return [
    ...contract,
    "extra Map(LowCardinality(String), String)",
    "line UInt64",
    "is_selected UInt8",
    "reason String",
    "step LowCardinality(String)",
    "raw String",
  ].join(", ");
}

/**
 * Reads the file into the staging table of a claimed import. CSV rows that cannot be taken apart are recorded in `errorsPath`.
 * Nothing that people see has changed when this returns or throws.
 */
export async function stageFile(
  warehouse: WorkspaceWarehouse,
  plan: StagePlan,
  importId: number,
  spool: { errorsPath: string; nativePath: string },
): Promise<void> {
  const table = stagingTable(importId);
  const { engine } = warehouse;
  const settings = readingSettings(plan.file, spool.errorsPath);
  if (engine.location.kind === "folder") {
    await engine.run(`stage-${importId}`, `INSERT INTO ${table} ${stagingSelect(plan)} ${settings}`);
    return;
  }
  await withReader(warehouse, (local) =>
    local.run(
      `stage-${importId}`,
      `INSERT INTO FUNCTION file(${quoteText(spool.nativePath)}, 'Native', ${quoteText(stagingColumns(plan.kind))}) ${stagingSelect(plan)} ${settings}`,
    ),
  );
  await engine.insertStream(`stage-${importId}-send`, table, createReadStream(spool.nativePath), "Native");
}

/** What the reader of the staging has read so far. */
export async function stagingProgress(warehouse: WorkspaceWarehouse, importId: number) {
  return withReader(warehouse, (engine) => engine.progress(`stage-${importId} `));
}
