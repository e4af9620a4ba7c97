import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Observer, RowsBalance, Stage } from "../observer.ts";

/** From a kept answer to the fit of a large model. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Names of commands and procedures are written in the code; a bound all the same, so that no mistake fills the memory of whoever collects. */
const MOST_NAMES = 400;

/** How rows ended, in the words of an import's entry. */
const ENDS = ["stored", "duplicates", "replaced", "rejected", "filtered"] as const satisfies (keyof RowsBalance)[];

/** What is read when somebody collects: each in its own time, so that one that does not answer holds no other. */
interface Readings {
  /** Rows of events that wait to be written or are being written, and for how long the oldest has waited. */
  intake(): { readonly rows: number; readonly oldestSeconds: number } | null;
  /** Weekly runs by how they ended, of all workspaces, with the last time that one ended so; null where it cannot be told now. */
  rebalancing(): Promise<
    readonly { readonly state: string; readonly runs: number; readonly lastAt: Date | null }[] | null
  >;
  /** Whether each part answers. */
  parts(): Promise<Readonly<Record<string, boolean>>>;
}

/** The figures of one process for Prometheus. Counters begin at 0 with the process, as Prometheus expects of them. */
export class Metrics implements Observer {
  readonly #registry = new Registry();
  readonly #names = new Map<Stage, Set<string>>();
  readonly #received = this.#counter("rows_received_total", "Rows that imports and events brought", [
    "kind",
    "transport",
  ]);
  readonly #ended = this.#counter(
    "rows_total",
    "What became of rows: stored, duplicates, replaced, rejected or filtered; together they are the rows received",
    ["kind", "transport", "outcome"],
  );
  readonly #modelRuns = this.#counter("model_runs_total", "Runs of models by how they ended", ["outcome"]);
  readonly #stages: Readonly<Record<Stage, Histogram<"name" | "outcome">>> = {
    procedure: this.#histogram("procedure_seconds", "Time of the dashboard's procedures", ["name", "outcome"]),
    command: this.#histogram("command_seconds", "Time of the engine's commands, with their wait for a connection", [
      "name",
      "outcome",
    ]),
  };
  readonly #requests = this.#histogram("http_request_seconds", "Time of HTTP requests", ["route", "method", "status"]);
  readonly #running = new Gauge({
    name: "touchline_http_requests_running",
    help: "HTTP requests that have no answer yet",
    registers: [this.#registry],
  });

  constructor(readings: Readings) {
    collectDefaultMetrics({ register: this.#registry });
    this.#readIntake(readings);
    this.#readParts(readings);
    this.#readRebalancing(readings);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  async around<T>(stage: Stage, name: string, work: () => Promise<T>, isWell: (answer: T) => boolean): Promise<T> {
    const end = this.#stages[stage].startTimer({ name: this.#bounded(stage, name) });
    try {
      const answer = await work();
      end({ outcome: isWell(answer) ? "ok" : "failed" });
      return answer;
    } catch (error) {
      end({ outcome: "failed" });
      throw error;
    }
  }

  rowsSettled(kind: string, transport: string, rows: RowsBalance): void {
    this.#received.inc({ kind, transport }, rows.received);
    for (const outcome of ENDS) if (rows[outcome] > 0) this.#ended.inc({ kind, transport, outcome }, rows[outcome]);
  }

  modelRunEnded(outcome: string): void {
    this.#modelRuns.inc({ outcome });
  }

  /** A request begins. @returns what to call when it has ended */
  requestBegins(route: string, method: string): (status: number) => void {
    this.#running.inc();
    const end = this.#requests.startTimer({ route, method });
    return (status) => {
      this.#running.dec();
      end({ status: `${Math.floor(status / 100)}xx` });
    };
  }

  #bounded(stage: Stage, name: string): string {
    const names = this.#names.get(stage) ?? new Set();
    this.#names.set(stage, names);
    if (!names.has(name) && names.size >= MOST_NAMES) return "other";
    names.add(name);
    return name;
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name: `touchline_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
    return new Histogram({
      ...{ name: `touchline_${name}`, help, labelNames, buckets: SECONDS },
      registers: [this.#registry],
    });
  }

  #readIntake({ intake }: Readings): void {
    const registers = [this.#registry];
    const oldest = new Gauge({
      name: "touchline_intake_oldest_seconds",
      help: "How long the oldest of the waiting events has waited",
      registers,
    });
    new Gauge({
      name: "touchline_intake_waiting_rows",
      help: "Events that wait to be written or are being written",
      registers,
      collect() {
        const now = intake();
        this.set(now?.rows ?? 0);
        oldest.set(now?.oldestSeconds ?? 0);
      },
    });
  }

  #readParts({ parts }: Readings): void {
    new Gauge({
      name: "touchline_part_up",
      help: "1 where the warehouse and the accounts answer",
      labelNames: ["part"],
      registers: [this.#registry],
      async collect() {
        for (const [part, isUp] of Object.entries(await parts())) this.set({ part }, isUp ? 1 : 0);
      },
    });
  }

  #readRebalancing({ rebalancing }: Readings): void {
    const registers = [this.#registry];
    const last = new Gauge({
      name: "touchline_rebalancing_last_end_timestamp_seconds",
      help: "When a weekly run last ended so",
      labelNames: ["state"],
      registers,
    });
    new Gauge({
      name: "touchline_rebalancing_runs",
      help: "Weekly runs that are kept, by state, of all workspaces; dry runs are not counted",
      labelNames: ["state"],
      registers,
      async collect() {
        const states = await rebalancing();
        if (states === null) return;
        this.reset();
        last.reset();
        for (const { state, runs, lastAt } of states) {
          this.set({ state }, runs);
          if (lastAt !== null) last.set({ state }, lastAt.getTime() / 1_000);
        }
      },
    });
  }
}
