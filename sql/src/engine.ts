import type { ClickHouseClient } from "@clickhouse/client";
import { removeEmptyDefinitions } from "./empty-definitions.ts";
import { connector, pulseOf, requireServer, type WarehouseLocation, withoutSecret } from "./engine-clients.ts";
import {
  classifyEngineError,
  EngineError,
  isConnectionFailure,
  WarehouseAway,
  WarehouseUnavailable,
} from "./engine-error.ts";
import { refuseHeldFolder } from "./held-folder.ts";
import { quoteText } from "./imports/quoting.ts";
import { closeLanes, embeddedLanes, type LaneName, type Lanes, serverLanes } from "./lanes.ts";
import { mapInTurns } from "./map-in-turns.ts";
import { type Cluster, namingNode } from "./nodes.ts";
import { observed } from "./observe-commands.ts";
import { type QueryLimits, withLimits } from "./query-limits.ts";
import type { ServerPulse } from "./server-pulse.ts";
import { WriteGate } from "./write-gate.ts";
import { writeValues } from "./write-values.ts";

/** Servers read bound values out of the address, and refuse long ones there: beyond so many characters they are written into the text. */
const LONGEST_BOUND_VALUES = 16_000;

export interface QueryProgress {
  readonly readRows: number;
  readonly readBytes: number;
  readonly writtenRows: number;
}

/** Work that can be stopped: its commands carry its mark, by which they are found and ended. */
export interface StoppableWork {
  /** Letters, digits and dashes. */
  readonly mark: string;
  /** @throws what tells the caller that the work was stopped, once it was */
  requireGoing(): void;
}

interface Command {
  readonly query: string;
  readonly query_params?: Record<string, unknown>;
}

interface Parts {
  readonly location: WarehouseLocation;
  readonly lanes: Lanes;
  /** Whose commands these are. */
  readonly lane: LaneName;
  readonly writes: WriteGate;
  /** Of a server; a folder is in this process and needs none. */
  readonly pulse: ServerPulse | null;
  /** The nodes among which big tables are spread; null where one engine holds everything. */
  readonly cluster: Cluster | null;
  readonly work: StoppableWork | undefined;
  readonly limits: QueryLimits | undefined;
}

/** One engine, embedded or remote: runs text with bound parameters. Used by this package only; others go through a workspace. */
export class Engine {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  get location(): WarehouseLocation {
    return this.#parts.location;
  }

  #changed(change: Partial<Parts>): Engine {
    return new Engine({ ...this.#parts, ...change });
  }

  /** How many writing commands of this process have ended, in any workspace; not those of events that arrive all the time. */
  get writes(): number {
    return this.#parts.writes.times;
  }

  /**
   * The same engine for one piece of work: none of its commands begins once the work was stopped. Because it can be watched and stopped,
   * no limits go with it.
   */
  during(work: StoppableWork): Engine {
    return this.#changed({ work, limits: undefined });
  }

  /** The same engine for questions that may cost so much and no more. What writes is not limited: half of it would stay. */
  limited(limits: QueryLimits): Engine {
    return this.#changed({ limits });
  }

  /** The same engine on the connections of a lane. */
  on(lane: LaneName): Engine {
    return this.#changed({ lane });
  }

  #outside(): Engine {
    return this.#changed({ work: undefined, limits: undefined });
  }

  /** The same engine as the first node of a cluster. */
  within(cluster: Cluster): Engine {
    return this.#changed({ cluster, work: undefined, limits: undefined });
  }

  /** The cluster whose first node this is, for the work that this engine is for; null where one engine holds everything. */
  get cluster(): Cluster | null {
    const { work, cluster } = this.#parts;
    if (cluster === null || work === undefined) return cluster;
    const shards = cluster.shards.map((shard) => ({ ...shard, engine: shard.engine.during(work) }));
    return { ...cluster, shards };
  }

  /** @throws WarehouseUnavailable with one sentence when the folder is held by another process or the server cannot be used */
  static async open(location: WarehouseLocation): Promise<Engine> {
    if (location.kind === "folder") {
      refuseHeldFolder(location.path);
      removeEmptyDefinitions(location.path);
    }
    try {
      if (location.kind === "server") await requireServer(location.url);
      const [lanes, pulse] = lanesOf(location);
      const engine = new Engine({
        ...{ location, lanes, lane: "people", writes: new WriteGate(), pulse },
        ...{ cluster: null, work: undefined, limits: undefined },
      });
      await engine.rows("ping", "SELECT 1");
      return engine;
    } catch (error) {
      const reason = firstSentence(error instanceof EngineError ? error.cause : error);
      throw new WarehouseUnavailable(
        location.kind === "folder"
          ? `the data folder ${location.path} cannot be opened: ${reason}`
          : `the ClickHouse server at ${withoutSecret(location.url)} cannot be used: ${reason}`,
        { cause: error },
      );
    }
  }

  /** When the server was first found silent; null while it answers, and always for a folder. */
  get silentSince(): Date | null {
    return this.#parts.pulse?.silentSince ?? null;
  }

  #classify(name: string, error: unknown): Error {
    const { location } = this;
    if (location.kind === "server" && location.cluster !== undefined) {
      const named = namingNode(error, withoutSecret(location.url));
      if (named !== error) return classifyEngineError(name, named, this.#parts.limits);
    }
    if (location.kind === "server" && isConnectionFailure(error))
      return new WarehouseAway(this.silentSince ?? new Date(), error);
    return classifyEngineError(name, error, this.#parts.limits);
  }

  async #with<T>(name: string, work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    this.#parts.work?.requireGoing();
    this.#parts.pulse?.requireAnswering();
    try {
      const { lanes, lane } = this.#parts;
      return await observed(name, () => lanes[lane].run(work));
    } catch (error) {
      this.#parts.work?.requireGoing(); // A command that was ended fails for no other reason.
      throw this.#classify(name, error);
    }
  }

  /** A command that failed may have written all the same. */
  #writing<T>(name: string, work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const { writes, lane } = this.#parts;
    return writes.pass(() => this.#with(name, work), { isCounted: lane !== "intake" });
  }

  /**
   * Does work while no command of this process writes: those under way end first, others wait.
   * @param work gets the one way to run commands meanwhile
   */
  whileQuiet<T>(work: (run: (name: string, sql: string) => Promise<void>) => Promise<T>): Promise<T> {
    const run = (name: string, sql: string) =>
      this.#with(name, async (client) => {
        await client.command(this.#commandOf(name, sql, {}));
      });
    return this.#parts.writes.hold(() => work(run));
  }

  /** Runs a command. The name is part of the text, as a comment, so that progress and logs can be told apart. */
  run(name: string, sql: string, params: Record<string, unknown> = {}): Promise<void> {
    // Tables that were made for the work go also when it was stopped.
    if (this.#parts.work !== undefined && /^\s*DROP TABLE /.test(sql)) return this.#outside().run(name, sql, params);
    return this.#writing(name, async (client) => {
      await client.command(this.#commandOf(name, sql, params));
    });
  }

  /** All rows of an answer as objects: for answers that are bounded by design. */
  rows(name: string, sql: string, params: Record<string, unknown> = {}): Promise<unknown[]> {
    return this.#with(name, (client) => rowsOf(client, this.#commandOf(name, this.#bounded(sql), params)));
  }

  /** Rows of an answer, also while commands are under way: on the connection that looks after the others. */
  async rowsAside(name: string, sql: string, params: Record<string, unknown> = {}): Promise<unknown[]> {
    this.#parts.pulse?.requireAnswering();
    try {
      const query = `/* touchline ${name} */ ${writeValues(this.#bounded(sql), params)}`;
      return await observed(name, () => this.#aside((client) => rowsOf(client, { query })));
    } catch (error) {
      throw this.#classify(name, error);
    }
  }

  /** What looks after the commands that others run. */
  #aside<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    return this.#parts.lanes.aside.run(work);
  }

  #bounded(sql: string): string {
    return this.#parts.limits === undefined ? sql : withLimits(sql, this.#parts.limits);
  }

  /**
   * Values are bound by servers that take them. They are written into the text in commands that must be found by their mark, and of the
   * embedded engine, which would run one command with bound values at a time.
   */
  #commandOf(name: string, sql: string, params: Record<string, unknown>): Command {
    // A line break behind a comment would cost it: the embedded engine drops what stands in lines of its own.
    const text = sql.trimStart();
    const head = `/* touchline ${name} */`;
    if (this.#parts.work !== undefined)
      return { query: `${head} /* work ${this.#parts.work.mark} */ ${writeValues(text, params)}` };
    if (this.location.kind === "folder" || JSON.stringify(params).length > LONGEST_BOUND_VALUES)
      return { query: `${head} ${writeValues(text, params)}` };
    return { query: `${head} ${text}`, query_params: params };
  }

  /** Writes rows that were made here: few by design (what is many stays in the engine). */
  insertRows(name: string, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve();
    return this.#writing(name, async (client) => {
      await client.insert({ table, values: [...rows], format: "JSONEachRow" });
    });
  }

  /** Sends a stream of bytes in one of the engine's formats into a table; for servers, where a local file cannot be read. */
  insertStream(name: string, table: string, values: NodeJS.ReadableStream, format: "Native"): Promise<void> {
    return this.#writing(name, async (client) => {
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} FORMAT ${format}`,
        values: values as import("node:stream").Readable,
      });
      for await (const _ of stream) {
        // The answer is empty: it is read so that the connection goes back to its pool.
      }
    });
  }

  /** The bytes of an answer in the engine's own format, as they come; for servers. */
  async nativeStream(name: string, sql: string): Promise<import("node:stream").Readable> {
    const { stream } = await this.#with(name, (client) =>
      client.exec({ query: `/* touchline ${name} */ ${sql} FORMAT Native` }),
    );
    return stream as import("node:stream").Readable;
  }

  /** What the named query has read and written so far; null when it is not running. */
  async progress(name: string): Promise<QueryProgress | null> {
    try {
      const query = `SELECT toString(read_rows) AS readRows, toString(read_bytes) AS readBytes, toString(written_rows) AS writtenRows
                FROM system.processes WHERE query LIKE ${quoteText(`/* touchline ${name} */%`)} LIMIT 1`;
      const [row] = (await this.#aside((client) => rowsOf(client, { query }))) as Record<keyof QueryProgress, string>[];
      return row === undefined
        ? null
        : { readRows: Number(row.readRows), readBytes: Number(row.readBytes), writtenRows: Number(row.writtenRows) };
    } catch {
      return null; // Progress is a courtesy: a query that works must not fail because nobody could watch it.
    }
  }

  /**
   * Ends the commands that a piece of work has under way, wherever they were begun. What an insert has written by then stays. Never
   * SYNC: that does not return.
   */
  async endCommands(mark: string): Promise<void> {
    await Promise.all(this.#otherNodes().map((node) => node.endCommands(mark)));
    try {
      const query = `KILL QUERY WHERE query LIKE ${quoteText(`/* touchline % */ /* work ${mark} */%`)} ASYNC`;
      await this.#aside((client) => client.command({ query }));
    } catch (error) {
      throw this.#classify("end-commands", error);
    }
  }

  #otherNodes(): Engine[] {
    return (this.#parts.cluster?.shards ?? [])
      .map(({ engine }) => engine)
      .filter(({ location }) => location !== this.location);
  }

  async close(): Promise<void> {
    await this.#parts.pulse?.close();
    await Promise.all(this.#otherNodes().map((node) => node.close()));
    await closeLanes(this.#parts.lanes);
  }
}

function lanesOf(location: WarehouseLocation): [Lanes, ServerPulse | null] {
  const connect = connector(location);
  if (location.kind === "folder") return [embeddedLanes(connect), null];
  const clients = [connect(), connect()] as const;
  return [serverLanes(...clients), pulseOf(location.url, clients)];
}

async function rowsOf(client: ClickHouseClient, command: Command): Promise<unknown[]> {
  const answer = await client.query({ ...command, format: "JSONEachRow" });
  const rows: unknown[] = [];
  for await (const some of answer.stream()) {
    for (const row of await mapInTurns(some, (one) => one.json())) rows.push(row);
  }
  return rows;
}

function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split("\n")[0] ?? text).trim().slice(0, 300) || "no reason given";
}
