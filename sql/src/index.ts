export * from "./attribution/credit.ts";
export * from "./attribution/runs.ts";
export * from "./attribution/transitions.ts";
export { type QueryProgress, type WarehouseLocation, withoutSecret } from "./engine.ts";
export { EngineError, type EngineErrorKind, WarehouseUnavailable } from "./engine-error.ts";
export { type AggregatedPathRow, readAggregatedPaths } from "./imports/aggregated-paths.ts";
export { claimImport } from "./imports/claim-import.ts";
export type { SourceColumn, ValueSource } from "./imports/expressions.ts";
export * from "./imports/imports.ts";
export { ID_COLUMN, IMPORT_KINDS, type ImportKind, LAYOUTS } from "./imports/layouts.ts";
export * from "./imports/move.ts";
export {
  closeReader,
  describeNdjson,
  describeParquet,
  type FileFormat,
  isPathPattern,
  type MalformedRow,
  readMalformedRows,
  type SourceFile,
} from "./imports/source-file.ts";
export * from "./imports/stage.ts";
export * from "./journeys/build-journeys.ts";
export * from "./performance/daily.ts";
export { declaredQueries, type Question, type Statement } from "./question.ts";
export { openWarehouse, type Warehouse, WorkspaceWarehouse } from "./warehouse.ts";
export * from "./workspace/workspace.ts";
