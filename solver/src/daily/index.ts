export { type ForecastDay, forecastSum } from "./forecast-sum.ts";
export { type JudgedChange, judgeChange } from "./judge-change.ts";
export type { IntervalLevel } from "./student-quantile.ts";
