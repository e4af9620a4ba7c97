import type { ImportKind, SourceColumn, SourceFile } from "@touchline/sql";
import type { ResolvedColumns, RowBatch } from "./store-rows.ts";

/** One pass over a file: the rows of one kind. */
export interface Reading extends Pick<RowBatch, "kind" | "reading" | "ownRows"> {
  readonly columns: ResolvedColumns;
}

/** The column that makes a row an adjustment. */
export function adjustmentId(file: SourceFile): SourceColumn | undefined {
  return file.columns.find(({ name }) => name === "adjustment_id");
}

/** Refunds and corrections may stand among the conversions, as rows that have an adjustment_id: such a file is read twice. */
export function readingsOf(
  kind: ImportKind,
  file: SourceFile,
  columns: ResolvedColumns,
  resolveAdjustments: () => ResolvedColumns,
): Reading[] {
  const id = adjustmentId(file);
  if (kind !== "conversions" || id === undefined) return [{ kind, columns, reading: undefined }];
  if (columns.sources.has("adjustment_id")) return [{ kind: "adjustments", columns, reading: undefined }];
  const adjustments = resolveAdjustments();
  return [
    { kind: "conversions", columns, reading: "first of two", ownRows: { column: id, operator: "=", text: "" } },
    {
      kind: "adjustments",
      columns: columns.options === undefined ? adjustments : { ...adjustments, options: columns.options },
      reading: "second of two",
      ownRows: { column: id, operator: "!=", text: "" },
    },
  ];
}
