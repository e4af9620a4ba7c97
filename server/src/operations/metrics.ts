import { type BooksOfAll, observeCommands, readBooksOfAll } from "@touchline/sql";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { House } from "../house/index.ts";
import type { Intake } from "../intake/index.ts";
import { log } from "../log.ts";
import { observeProcedures } from "../observe-procedures.ts";
import { type RebalancingOutcomes, rebalancingOutcomes } from "../store/index.ts";

/** Names in the code are few; should they ever not be, the rest is one name. */
const MOST_NAMES = 400;
const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
/** However often it is asked, the tables are asked no more often than this. */
const BOOKS_STAND_FOR_MS = 5_000;

/** A name, or `other` where there have been too many. */
function bounded(): (name: string) => string {
  const seen = new Set<string>();
  return (name) => {
    if (!seen.has(name) && seen.size >= MOST_NAMES) return "other";
    seen.add(name);
    return name;
  };
}

interface Books {
  readonly data: BooksOfAll;
  readonly rebalancing: readonly RebalancingOutcomes[];
}

export interface MetricsSources {
  readonly house: Pick<House, "warehouse" | "store">;
  readonly intake: Pick<Intake, "queuedRows" | "oldestSeconds">;
  /** Open connections to the dashboard and the endpoints. */
  readonly connections: () => Promise<number>;
}

/**
 * What a Prometheus server reads. Sums of rows and runs come from the tables each time, so they are the same after a restart and on every
 * server of one warehouse; times are of this process. No workspace and no person is named.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #sources: MetricsSources;
  readonly #http: Histogram<"method" | "route" | "status">;
  #books: { readonly at: number; readonly answer: Promise<Books> } | null = null;

  constructor(sources: MetricsSources) {
    this.#sources = sources;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const timed = <L extends string>(name: string, help: string, labelNames: L[]) =>
      new Histogram({ name, help, labelNames, buckets: SECONDS, registers });
    this.#http = timed("touchline_http_request_duration_seconds", "Requests by route.", ["method", "route", "status"]);
    const commands = timed("touchline_engine_query_duration_seconds", "Commands of the engine by name.", [
      "question",
      "outcome",
    ]);
    const procedures = timed("touchline_procedure_duration_seconds", "Procedures by name.", ["procedure", "outcome"]);
    const question = bounded();
    observeCommands((name, seconds, isOk) =>
      commands.observe({ question: question(name), outcome: isOk ? "ok" : "failed" }, seconds),
    );
    observeProcedures((procedure, seconds, outcome) => procedures.observe({ procedure, outcome }, seconds));
    this.#addIntake();
    this.#addBooks();
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.#http.observe({ method, route, status: String(status) }, seconds);
  }

  /** @throws EngineError where the tables do not answer: figures that are not there must not look like zeros */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    await this.#ask();
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  #ask(): Promise<Books> {
    const now = Date.now();
    if (this.#books === null || now - this.#books.at >= BOOKS_STAND_FOR_MS) {
      const { warehouse, store } = this.#sources.house;
      const answer = Promise.all([readBooksOfAll(warehouse), store().then(({ db }) => rebalancingOutcomes(db))]).then(
        ([data, rebalancing]) => ({ data, rebalancing }),
      );
      answer.catch((error: unknown) => {
        this.#books = null;
        log.warn({ err: error }, "the books could not be read for the metrics");
      });
      this.#books = { at: now, answer };
    }
    return this.#books.answer;
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[], collect: (gauge: Gauge<L>) => Promise<void>) {
    const gauge: Gauge<L> = new Gauge({
      ...{ name, help, labelNames, registers: [this.#registry] },
      collect: async () => {
        gauge.reset(); // What is gone from the tables is gone from the answer.
        await collect(gauge);
      },
    });
  }

  #addIntake(): void {
    const { intake, connections } = this.#sources;
    this.#gauge("touchline_intake_waiting_rows", "Rows received and not yet stored.", [], async (gauge) =>
      gauge.set(intake.queuedRows),
    );
    this.#gauge("touchline_intake_oldest_seconds", "Age of the oldest of them; 0 for none.", [], async (gauge) =>
      gauge.set(intake.oldestSeconds()),
    );
    this.#gauge("touchline_http_connections", "Open connections.", [], async (gauge) => gauge.set(await connections()));
  }

  #addBooks(): void {
    const outcomes = ["received", "stored", "duplicates", "replaced", "rejected", "filtered"] as const;
    this.#gauge(
      "touchline_import_rows",
      "Rows of ended imports by what became of them; received is the sum of the others.",
      ["kind", "outcome"],
      async (gauge) => {
        for (const row of (await this.#ask()).data.balance)
          for (const outcome of outcomes) gauge.set({ kind: row.kind, outcome }, row[outcome]);
      },
    );
    this.#gauge("touchline_rejected_rows", "Rows that wait in rejected_rows, by step.", ["step"], async (gauge) => {
      for (const { step, rows } of (await this.#ask()).data.rejected) gauge.set({ step }, rows);
    });
    this.#gauge("touchline_model_runs", "Runs of attribution by state.", ["state"], async (gauge) => {
      for (const { state, runs } of (await this.#ask()).data.runs) gauge.set({ state }, runs);
    });
    this.#gauge("touchline_rebalancing_runs", "Weekly runs by state.", ["state"], async (gauge) => {
      for (const { state, runs } of (await this.#ask()).rebalancing) gauge.set({ state }, runs);
    });
    this.#gauge(
      "touchline_rebalancing_last_end_timestamp_seconds",
      "When a weekly run last ended in this state.",
      ["state"],
      async (gauge) => {
        for (const { state, lastEnd } of (await this.#ask()).rebalancing)
          if (lastEnd !== null) gauge.set({ state }, lastEnd);
      },
    );
  }
}
