export { type ImportProgress, type ImportReport, importFile, undoUnfinishedImports } from "./import-file.ts";
export { type Mapping, parseMapping } from "./import-options.ts";
