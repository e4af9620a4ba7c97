export { type AttributionReport, compareModels, reportAttribution, roasOf } from "./report.ts";
export { ensureRun, runParameters } from "./runs.ts";
