export { type AttributionReport, compareModels, reportAttribution, roasOf } from "./report.ts";
export { type AttributionRun, ensureRun, runParameters } from "./runs.ts";
