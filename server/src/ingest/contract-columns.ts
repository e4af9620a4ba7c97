import { type ImportKind, LAYOUTS, type SourceFile } from "@touchline/sql";
import type { ResolvedColumns } from "./store-rows.ts";

/**
 * A file of ours with one JSON object a line, under the contract's own names. The contract's columns are always among them: a row lacks
 * a value, never a file a column.
 * @param names the keys that its lines use
 */
export function contractFile(path: string, kind: ImportKind, names: Iterable<string>): SourceFile {
  const all = new Set([...LAYOUTS[kind].map(({ name }) => name), ...names]);
  return {
    ...{ path, format: "ndjson", compression: "none", delimiter: ",", headerLines: 0 },
    columns: [...all].map((name) => ({ name, type: "String" })),
  };
}

/** Each contract column from the column of its name, and the others kept as they are. */
export function contractColumns(
  kind: ImportKind,
  { columns }: SourceFile,
  options: NonNullable<ResolvedColumns["options"]>,
): ResolvedColumns {
  const contract = new Set(LAYOUTS[kind].map(({ name }) => name));
  return {
    sources: new Map(
      columns.filter(({ name }) => contract.has(name)).map((column) => [column.name, { kind: "column", column }]),
    ),
    replacements: new Map(),
    filters: [],
    extras: columns.filter(({ name }) => !contract.has(name)),
    options,
  };
}
