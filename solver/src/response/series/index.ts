export * from "./adstock.ts";
export { fitSeries } from "./fit-series.ts";
export * from "./series-task.ts";
export { raiseCurve } from "./shapes.ts";
