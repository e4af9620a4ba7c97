export { contractColumns, contractFile } from "./contract-columns.ts";
export { fetchRemote, isRemote } from "./fetch-remote.ts";
export { type ImportProgress, type ImportReport, type ImportRequest, importFile } from "./import-file.ts";
export { parseMapping } from "./import-options.ts";
export { importWithConnector, tablesOfKind } from "./import-with-connector.ts";
export { readingsOf } from "./readings.ts";
export { recoverImports } from "./recover-imports.ts";
export { type ResolvedColumns, type RowReading, storeRows, type Transport } from "./store-rows.ts";
export { FolderWatch } from "./watch-folder.ts";
