export { type Supervision, supervise } from "./supervise.ts";
export { tracingOfEnvironment } from "./tracing-of-environment.ts";
