export { Metrics } from "./metrics.ts";
export { ReadinessCheck } from "./readiness.ts";
export { untilToldToStop } from "./stop-signal.ts";
