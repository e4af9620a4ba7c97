import { createReadStream } from "node:fs";
import type { Engine } from "../engine.ts";
import { impossibleExperiments } from "../experiments/impossible.ts";
import { STAGING_PREFIX } from "../passing-tables.ts";
import { mayIdentify } from "../privacy/consent.ts";
import { ownTable } from "../shards.ts";
import { identifierHash } from "../visitor-key.ts";
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
import { hasMoney, ID_COLUMN, type ImportKind, LAYOUTS, type LayoutColumn, stagedType } from "./layouts.ts";
import { NOT_AN_OBJECT, rawText, readingSelect, readingSettings, type SourceFile, withReader } from "./source-file.ts";
import { filterExpression, type RowFilter } from "./text-of.ts";

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
  /** True where an identifier is kept only with the consent that its row carries. */
  readonly needsConsent: boolean;
  /** Hashes of identifiers that must not come back, as SQL sets; null where there are none. */
  readonly forgotten: { readonly erased: string; readonly withdrawn: string } | null;
  /** The day after which the rows may go. */
  readonly expiresOn: string;
  /** The workspace's currency, null while it has none: rows in another one may be refused later and keep their text until then. */
  readonly currency: string | null;
  /**
   * True where rows come one by one and may come again: a row without an id is known by its content, and each row of spend is all
   * that its source says of its day and campaign.
   */
  readonly isLive: boolean;
  /** True where another reading of the file has dealt with what cannot be taken apart. */
  readonly isSecondReading: boolean;
  /** The rows of this reading, where another one has the others: those are not even received here. */
  readonly ownRows?: RowFilter | undefined;
}

/** The table an import is staged in: read whole or not at all, dropped when the import ends. */
export function stagingTable(importId: number): string {
  return `${STAGING_PREFIX}${importId}`;
}

/** The numbers of an import's malformed rows, for as long as its refused rows are being numbered. */
export function malformedTable(importId: number): string {
  return `${stagingTable(importId)}_malformed`;
}

/*
 * Touchpoints are many, so they are written once: into a table like the one that people see, sorted the same way, whose partitions
 * are then attached to it as they are. A row that was refused or left out stands in a partition of its own, under a year that no
 * touchpoint can have, with what is to be said of it in `extra`.
 */
export const REFUSED_YEAR = 1970;
export const LEFT_OUT_YEAR = 1971;

/** The kinds whose rows land in a table of their final shape. */
export function landsInPlace(kind: ImportKind): boolean {
  return kind === "touchpoints";
}

function replaced(text: string, replacements: ReadonlyMap<string, string> | undefined): string {
  if (replacements === undefined || replacements.size === 0) return text;
  const list = (values: Iterable<string>) => `[${[...values].map(quoteText).join(", ")}]`;
  return `transform(${text}, ${list(replacements.keys())}, ${list(replacements.values())}, ${text})`;
}

export const textName = (column: { readonly name: string }) => quoteIdentifier(`text of ${column.name}`);

/** What every row becomes, as `[name, expression]`, in the order in which one may use the other. */
interface RowExpressions {
  readonly texts: readonly (readonly [string, string])[];
  /** What values are made of, already under the names that they have in SQL. */
  readonly steps: readonly (readonly [string, string])[];
  readonly values: readonly (readonly [string, string])[];
  readonly extra: string;
  readonly isSelected: string;
  readonly reason: string;
  /** False where the row's identifier must not be kept. */
  readonly isIdentified: string;
}

function rowExpressions(plan: StagePlan): RowExpressions {
  const layout = LAYOUTS[plan.kind];
  const source = (column: LayoutColumn): ValueSource => plan.sources.get(column.name) ?? { kind: "absent" };
  const texts = layout.map(
    (column) => [column.name, replaced(textOf(source(column)), plan.replacements.get(column.name))] as const,
  );
  const hasConsent = layout.some(({ parsing }) => parsing === "consent") && plan.sources.has("consent");
  const named = layout
    .filter(({ parsing }) => parsing === "visitor" || parsing === "person")
    .map((column) => identifierHash(plan.visitorKey, textName(column)));
  // 0 stands for nobody, who cannot have been forgotten.
  const isIn = (set: string) => `(${named.map((hash) => `(${hash} != 0 AND ${hash} IN (${set}))`).join(" OR ")})`;
  const forgotten = named.length === 0 ? null : plan.forgotten;
  const permissions = [
    ...(hasConsent || plan.needsConsent ? [mayIdentify(hasConsent ? "consent" : "''", plan.needsConsent)] : []),
    ...(forgotten === null ? [] : [`NOT ${isIn(forgotten.erased)}`, `NOT ${isIn(forgotten.withdrawn)}`]),
  ];
  const isIdentified = permissions.length === 0 ? "true" : `(${permissions.join(" AND ")})`;
  const idColumn = ID_COLUMN[plan.kind];
  const derivedId = idColumn === null || plan.sources.has(idColumn) ? null : idColumn;
  const reasons: string[] = ["NOT is_readable", quoteText(NOT_AN_OBJECT)];
  if (forgotten !== null) reasons.push(isIn(forgotten.erased), quoteText(ERASED));
  const steps: (readonly [string, string])[] = [];
  const values = layout.map((column): readonly [string, string] => {
    const text = textName(column);
    if (derivedId !== null && column.name === derivedId) return [column.name, contentHash(plan, derivedId)];
    const { value, isBad, reason, steps: own = [] } = parsedExpression(column, source(column), text, plan);
    steps.push(...own);
    if (column.name === idColumn && plan.isLive) {
      return [column.name, `if(${text} = '', ${contentHash(plan, idColumn)}, ${text})`];
    }
    if (column.name === idColumn) {
      reasons.push(`${text} = ''`, quoteText(`${column.name} is empty`));
      return [column.name, text];
    }
    if (column.parsing === "visitor" && plan.kind === "touchpoints") {
      // Whoever may not be identified needs no identifier; whoever may has to have one.
      reasons.push(`${text} = '' AND ${isIdentified}`, quoteText(`${column.name} is empty`));
    }
    if (isBad !== "false") reasons.push(isBad, reason);
    const isNamed = column.parsing === "visitor" || column.parsing === "person";
    const isKept = !isNamed || isIdentified === "true";
    return [column.name, isKept ? value : `if(${isIdentified}, ${value}, toUInt64(0))`];
  });
  if (plan.kind === "spend" && plan.isLive)
    reasons.push(`${textName({ name: "spend_id" })} != ''`, quoteText(NO_SPEND_ID));
  if (plan.kind === "experiments") reasons.push(...impossibleExperiments());
  if (plan.kind === "identities" && isIdentified !== "true") {
    reasons.push(`NOT (${isIdentified})`, quoteText(NO_PERMISSION));
  }
  const filters = plan.filters.map(filterExpression);
  return {
    texts,
    steps,
    values,
    extra: extraColumns(plan),
    isSelected: filters.length === 0 ? "true" : `NOT is_readable OR (${filters.join(" AND ")})`,
    reason: `multiIf(${[...reasons, "''"].join(",\n        ")})`,
    isIdentified,
  };
}

/** The reason of a link between identifiers that nobody consented to, and of a row of somebody who was erased. */
const NO_PERMISSION = "there is no consent to keep identifiers";
const NO_SPEND_ID = "spend_id is for files: send the whole cost of a day and campaign as one item";
const ERASED = "the person was erased and stays out";

/** The same row is the same event, in whatever order a file has its columns. Keyed, because a visitor's id is part of it. */
function contentHash(plan: StagePlan, derivedId: string): string {
  const content = LAYOUTS[plan.kind].filter(({ name }) => name !== derivedId).map(textName);
  const [k0, k1] = plan.visitorKey;
  return `lower(hex(sipHash128Keyed((toUInt64('${k0}'), toUInt64('${k1}')), ${[...content, "toString(mapSort(all_extra))"].join(", ")})))`;
}

function extraColumns({ extras }: StagePlan): string {
  if (extras.length === 0) return "CAST(map(), 'Map(LowCardinality(String), String)')";
  const pairs = extras.map((column) => `${quoteText(column.name)}, ${textOf({ kind: "column", column })}`);
  return `CAST(mapFilter((name, text) -> text != '', map(${pairs.join(", ")})), 'Map(LowCardinality(String), String)')`;
}

const NOT_KEPT = "(not kept: the row's identifier may not be stored)";

/**
 * `SELECT` of a file: parsed columns under their names, all_extra, line, is_selected, is_identified, reason, step, raw, fields.
 * @param beside further expressions with their names; the text of a column is `textName` of it
 */
export function parsedSelect(plan: StagePlan, beside: readonly string[] = []): string {
  const { texts, steps, values, extra, isSelected, reason, isIdentified } = rowExpressions(plan);
  const listed = (columns: readonly (readonly [string, string])[]) =>
    ["*", ...columns.map(([name, expression]) => `${expression} AS ${name}`)].join(", ");
  const raw = rawText(plan.file);
  const kept = isIdentified === "true" ? raw : `if(is_identified, ${raw}, ${quoteText(NOT_KEPT)})`;
  return `
    SELECT ${[...values.map(([name, value]) => `${value} AS ${quoteIdentifier(name)}`), ...beside].join(",\n      ")},
      ${extra} AS all_extra,
      toUInt64(assumeNotNull(_row_number)) + 1 AS line,
      ${isSelected} AS is_selected,
      ${isIdentified} AS is_identified,
      ${reason} AS reason,
      multiIf(reason = '', '', NOT is_readable, 'read', reason IN (${quoteText(NO_PERMISSION)}, ${quoteText(ERASED)}), 'privacy', 'validate') AS step,
      ${isSettled(plan)} AS is_settled,
      if(is_settled, '', ${kept}) AS raw,
      if(is_settled OR NOT is_readable OR NOT is_identified, '', ${fields(plan)}) AS fields
    FROM (SELECT ${listed(steps)}
      FROM (SELECT ${listed(texts.map(([name, text]) => [textName({ name }), text]))} FROM (${readingSelect(plan.file)}) WHERE ${isOwn(plan)}))`;
}

function isOwn({ ownRows, isSecondReading }: StagePlan): string {
  if (ownRows === undefined) return "true";
  return `${isSecondReading ? "is_readable AND" : "NOT is_readable OR"} ${filterExpression(ownRows)}`;
}

/** The texts of a row by contract column, and what stands beside them, as JSON: what is tried again when it is replayed. */
function fields({ kind }: StagePlan): string {
  const texts = LAYOUTS[kind].map(({ name }) => `${quoteText(name)}, ${textName({ name })}`).join(", ");
  return `toJSONString(mapFilter((name, text) -> text != '', mapConcat(map(${texts}), CAST(all_extra, 'Map(String, String)'))))`;
}

/** True for rows whose text nobody will ask for. */
function isSettled({ kind, currency }: StagePlan): string {
  if (!hasMoney(kind)) return "reason = ''";
  return currency === null ? "false" : `reason = '' AND currency IN ('', ${quoteText(currency)})`;
}

/** What is kept beside the contract's columns: nothing of somebody who may not be identified, because it could name them. */
function keptExtra(plan: StagePlan): string {
  return plan.extras.length === 0 || rowExpressions(plan).isIdentified === "true"
    ? "all_extra"
    : "if(is_identified, all_extra, mapFilter((name, text) -> false, all_extra))";
}

/** `SELECT` of a file of touchpoints into the shape of their table. */
function landingSelect(plan: StagePlan, workspaceId: string, importId: number): string {
  const at = (year: number) => `toDateTime64('${year}-01-01 00:00:00', 3, 'UTC')`;
  const columns = LAYOUTS[plan.kind].map(({ name }) =>
    name === "occurred_at"
      ? `multiIf(NOT is_selected, ${at(LEFT_OUT_YEAR)}, reason != '', ${at(REFUSED_YEAR)}, occurred_at)`
      : quoteIdentifier(name),
  );
  const said = "map('line', toString(line), 'step', toString(step), 'reason', reason, 'raw', raw, 'fields', fields)";
  const extra = `if(reason = '' OR NOT is_selected, ${keptExtra(plan)}, CAST(${said}, 'Map(LowCardinality(String), String)'))`;
  return `SELECT ${quoteText(workspaceId)}, ${columns.join(", ")}, ${extra}, toUInt32(${importId}), toDate(${quoteText(plan.expiresOn)}) FROM (${parsedSelect(plan)})`;
}

/** The columns that landingSelect gives, in its order. */
export function landingColumns(kind: ImportKind): string {
  const contract = LAYOUTS[kind].map(({ name }) => quoteIdentifier(name));
  return ["workspace_id", ...contract, "extra", "import_id", "expires_on"].join(", ");
}

/** `SELECT` of a file into the staging layout of the other kinds. */
function stagingSelect(plan: StagePlan): string {
  const columns = LAYOUTS[plan.kind].map(({ name }) => quoteIdentifier(name));
  return `SELECT ${columns.join(", ")}, ${keptExtra(plan)} AS extra, line, is_selected, reason, step, raw, fields FROM (${parsedSelect(plan)})`;
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
    "fields String",
  ].join(", ");
}

/** `CREATE TABLE` of the staging table of an import. */
export function createStaging(engine: Engine, kind: ImportKind, importId: number): string {
  return landsInPlace(kind)
    ? `CREATE TABLE ${stagingTable(importId)} AS ${ownTable(engine, kind)}`
    : `CREATE TABLE ${stagingTable(importId)} (${stagingColumns(kind)}) ENGINE = MergeTree ORDER BY tuple()`;
}

/** Parts of a staging table are about to be attached elsewhere, where they are merged: merging them here would be done in vain. */
export function keepStagedParts(importId: number): string {
  return `ALTER TABLE ${stagingTable(importId)} MODIFY SETTING max_bytes_to_merge_at_max_space_in_pool = 1`;
}

/** The same columns for a file in between, where the table is on a server and the file is here. */
function passingColumns(kind: ImportKind): string {
  if (!landsInPlace(kind)) return stagingColumns(kind);
  const contract = LAYOUTS[kind].map((column) => `${quoteIdentifier(column.name)} ${stagedType(column)}`);
  return [
    "workspace_id String",
    ...contract,
    "extra Map(LowCardinality(String), String)",
    "import_id UInt32",
    "expires_on Date",
  ].join(", ");
}

/** Planning a small file's reading takes as long as the reading: a better plan would not be worth it. */
const PLANNED_FAST = ", query_plan_enable_optimizations = 0";

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
  const { engine, workspaceId } = warehouse;
  const isLanding = landsInPlace(plan.kind);
  const table = isLanding ? `${stagingTable(importId)} (${landingColumns(plan.kind)})` : stagingTable(importId);
  const select = isLanding ? landingSelect(plan, workspaceId, importId) : stagingSelect(plan);
  const settings = `${readingSettings(plan.file, spool.errorsPath)}${plan.isLive ? PLANNED_FAST : ""}`;
  if (engine.location.kind === "folder") {
    await engine.run(`stage-${importId}`, `INSERT INTO ${table} ${select} ${settings}`);
    return;
  }
  await withReader(warehouse, (local) =>
    local.run(
      `stage-${importId}`,
      `INSERT INTO FUNCTION file(${quoteText(spool.nativePath)}, 'Native', ${quoteText(passingColumns(plan.kind))}) ${select} ${settings}`,
    ),
  );
  await engine.insertStream(`stage-${importId}-send`, table, createReadStream(spool.nativePath), "Native");
}

/** What the reader of the staging has read so far. */
export async function stagingProgress(warehouse: WorkspaceWarehouse, importId: number) {
  return withReader(warehouse, (engine) => engine.progress(`stage-${importId} `));
}
