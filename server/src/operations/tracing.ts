import {
  context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { surroundCommands } from "@touchline/sql";
import { nameTraces } from "../log.ts";
import { surroundProcedures } from "../observe-procedures.ts";
import { VERSION } from "../version.ts";

/**
 * Sends the course of requests to a collector, by the protocol of OpenTelemetry: request, procedure, command of the engine. Names,
 * times and outcomes only: no parameter, no address with its query, no person.
 */
export class Tracing {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #propagator = new W3CTraceContextPropagator();

  /** Reads OTEL_EXPORTER_OTLP_ENDPOINT and its kin, as every program does that speaks OpenTelemetry. */
  constructor() {
    const resource = defaultResource().merge(
      resourceFromAttributes({ "service.name": "touchline", "service.version": VERSION }),
    );
    this.#provider = new TracerProvider({
      resource,
      spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
    });
    this.#tracer = this.#provider.getTracer("touchline", VERSION);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    nameTraces(() => trace.getActiveSpan()?.spanContext().traceId);
    // Commands of imports carry the number of theirs, which makes no name: `stage-17` is `stage`.
    surroundCommands((name, work) => this.#span(`command ${name.replace(/-\d+(?=-|$)/g, "")}`, work, () => true));
    surroundProcedures((name, work) => this.#span(`procedure ${name}`, work, ({ ok }) => ok));
  }

  #span<T>(name: string, work: () => Promise<T>, isWell: (answer: T) => boolean): Promise<T> {
    return this.#tracer.startActiveSpan(name, async (span) => {
      try {
        const answer = await work();
        if (!isWell(answer)) span.setStatus({ code: SpanStatusCode.ERROR });
        return answer;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
  }

  /**
   * A request begins, inside of the trace that its caller names, if it names one.
   * @param work is run inside of it
   * @returns what to call with its status when it has ended
   */
  requestBegins(
    { route, method, id, headers }: { route: string; method: string; id: string; headers: Record<string, unknown> },
    work: () => void,
  ): (status: number) => void {
    const caller = this.#propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
    const options = {
      kind: SpanKind.SERVER,
      attributes: { "http.request.method": method, "http.route": route, "touchline.request_id": id },
    };
    const span = this.#tracer.startSpan(`${method} ${route}`, options, caller);
    const ends = (status: number) => {
      span.setAttribute("http.response.status_code", status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    };
    return context.with(trace.setSpan(caller, span), () => {
      work();
      return ends;
    });
  }

  /** Sends what was not sent yet. */
  close(): Promise<void> {
    return this.#provider.shutdown();
  }
}
