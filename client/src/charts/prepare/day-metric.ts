import type { ModelName } from "@touchline/server/contract";

export const DAY_METRICS = ["credited", "incremental", "spend", "booked", "conversions", "roas"] as const;
export type DayMetric = (typeof DAY_METRICS)[number];
/** "total": one line; "stacked" and "lines": by channel, where the metric has channels. */
export const DAY_SHAPES = ["total", "stacked", "lines"] as const;
export type DayShape = (typeof DAY_SHAPES)[number];

export function hasChannels(metric: DayMetric): boolean {
  return metric === "credited" || metric === "incremental" || metric === "spend";
}

/** Under the incremental model credit is the incremental one. */
export function dayMetrics(model: ModelName): readonly DayMetric[] {
  return model === "incremental" ? DAY_METRICS.filter((metric) => metric !== "incremental") : DAY_METRICS;
}
