export { Metrics } from "./metrics.ts";
export { ReadinessCheck } from "./readiness.ts";
export { untilToldToStop } from "./stop-signal.ts";
export type { Tracing } from "./tracing.ts";
export { tracingOfEnvironment } from "./tracing-of-environment.ts";
