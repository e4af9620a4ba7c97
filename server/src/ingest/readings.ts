import type { ImportKind, SourceColumn, SourceFile } from "@touchline/sql";
import type { ResolvedColumns, RowBatch } from "./store-rows.ts";

/** One pass over a file: the rows of one kind. */
export interface Reading extends Pick<RowBatch, "kind" | "reading"> {
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
  const where = (of: ResolvedColumns, operator: "=" | "!="): ResolvedColumns => ({
    ...of,
    filters: [...of.filters, { column: id, operator, text: "" }],
  });
  const adjustments = resolveAdjustments();
  return [
    { kind: "conversions", columns: where(columns, "="), reading: "first of two" },
    {
      kind: "adjustments",
      columns: where(columns.options === undefined ? adjustments : { ...adjustments, options: columns.options }, "!="),
      reading: "second of two",
    },
  ];
}
