export { reportExportRouter } from "./export-router.ts";
export { headlineOf, isReconciled, noteTexts, statusOf } from "./facts.ts";
export { reportsByKeyRouter } from "./key-router.ts";
export { createPrinter } from "./print.ts";
export { wordsIn } from "./words/index.ts";
export { ROI_FILE_TYPES, roiFileName, writeRoiFile } from "./write-roi-file.ts";
