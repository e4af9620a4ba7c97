export { type ImportProgress, type ImportReport, importFile, undoUnfinishedImports } from "./import-file.ts";
export { parseMapping } from "./import-options.ts";
