import { type Environment, environment } from "../configuration/index.ts";
import type { Tracing } from "./tracing.ts";

const NAMES = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] as const;

/** Traces go where the environment names a collector; undefined, and nothing loaded, where it names none. */
export async function tracingOfEnvironment(env: Environment = environment()): Promise<Tracing | undefined> {
  if (NAMES.every((name) => (env[name]?.trim() ?? "") === "")) return undefined;
  const { Tracing } = await import("./tracing.ts");
  return new Tracing();
}
