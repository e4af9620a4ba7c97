import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { createChdbConnection } from "chdb/connection";
import { removeEmptyDefinitions } from "./empty-definitions.ts";
import {
  classifyEngineError,
  EngineError,
  isConnectionFailure,
  WarehouseAway,
  WarehouseUnavailable,
} from "./engine-error.ts";
import { quoteText } from "./imports/quoting.ts";
import { observed } from "./observe-commands.ts";
import { type QueryLimits, withLimits } from "./query-limits.ts";
import { ServerPulse } from "./server-pulse.ts";
import { WriteGate } from "./write-gate.ts";
import { writeValues } from "./write-values.ts";

/** Where the data is: a folder that this process opens alone, or a ClickHouse server. */
export type WarehouseLocation =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "server"; readonly url: string };

/**
 * The same for every query on every connection: embedded connections keep a setting once it was sent, so a query that needs
 * another value says so in its own SETTINGS clause, which ends with it.
 */
const SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  date_time_output_format: "iso",
  max_partitions_per_insert_block: "0",
  max_query_size: "67108864", // Lists that are written into a command pass the engine's own quarter of a megabyte.
} as const;

/** What fails is thrown and told once, by whoever asked: the client's own log would say it again. */
const SILENT = { level: ClickHouseLogLevel.OFF } as const;

type ClientConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>["connection"]>;

/** Connections to the embedded engine: each one runs its queries one after the other. */
const EMBEDDED_CONNECTIONS = 3;

/** Servers read bound values out of the address, and refuse long ones there: beyond so many characters they go with the text. */
const LONGEST_BOUND_VALUES = 16_000;

/** A server that is there says so within this time; a query may take LONGEST_QUERY_MS. */
const ANSWER_WITHIN_MS = 10_000;
const LONGEST_QUERY_MS = 600_000;
const NOT_CLICKHOUSE = "what answers there is not ClickHouse";

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

interface Slot {
  readonly client: ClickHouseClient;
  waiting: number;
}

interface Command {
  readonly query: string;
  readonly query_params?: Record<string, unknown>;
}

/** One engine, embedded or remote: runs text with bound parameters. Used by this package only; others go through a workspace. */
export class Engine {
  readonly location: WarehouseLocation;
  readonly #slots: readonly Slot[];
  readonly #monitor: ClickHouseClient;
  readonly #writes: WriteGate;
  /** Of a server; a folder is in this process and needs none. */
  readonly #pulse: ServerPulse | null;
  readonly #work: StoppableWork | undefined;
  readonly #limits: QueryLimits | undefined;

  private constructor(
    location: WarehouseLocation,
    slots: readonly Slot[],
    monitor: ClickHouseClient,
    writes: WriteGate,
    pulse: ServerPulse | null,
    work?: StoppableWork,
    limits?: QueryLimits,
  ) {
    this.location = location;
    this.#slots = slots;
    this.#monitor = monitor;
    this.#writes = writes;
    this.#pulse = pulse;
    this.#work = work;
    this.#limits = limits;
  }

  /** How many writing commands of this process have ended, in any workspace. */
  get writes(): number {
    return this.#writes.times;
  }

  /**
   * The same engine for one piece of work: none of its commands begins once the work was stopped. Because it can be watched and stopped,
   * no limits go with it.
   */
  during(work: StoppableWork): Engine {
    return new Engine(this.location, this.#slots, this.#monitor, this.#writes, this.#pulse, work);
  }

  /** The same engine for questions that may cost so much and no more. What writes is not limited: half of it would stay. */
  limited(limits: QueryLimits): Engine {
    return new Engine(this.location, this.#slots, this.#monitor, this.#writes, this.#pulse, this.#work, limits);
  }

  #outside(): Engine {
    return new Engine(this.location, this.#slots, this.#monitor, this.#writes, this.#pulse);
  }

  /** @throws WarehouseUnavailable with one sentence when the folder is held by another process or the server cannot be used */
  static async open(location: WarehouseLocation): Promise<Engine> {
    const connect =
      location.kind === "folder"
        ? () => createClient({ connection: embeddedConnection(location.path), clickhouse_settings: SETTINGS })
        : () => serverClient(location.url, LONGEST_QUERY_MS);
    if (location.kind === "folder") {
      refuseHeldFolder(location.path);
      removeEmptyDefinitions(location.path);
    }
    try {
      if (location.kind === "server") await requireServer(location.url);
      const slots = Array.from({ length: location.kind === "folder" ? EMBEDDED_CONNECTIONS : 1 }, () => ({
        client: connect(),
        waiting: 0,
      }));
      const monitor = connect();
      const pulse =
        location.kind === "server" ? pulseOf(location.url, [...slots.map(({ client }) => client), monitor]) : null;
      const engine = new Engine(location, slots, monitor, new WriteGate(), pulse);
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
    return this.#pulse?.silentSince ?? null;
  }

  #classify(name: string, error: unknown): Error {
    if (this.location.kind === "server" && isConnectionFailure(error))
      return new WarehouseAway(this.silentSince ?? new Date(), error);
    return classifyEngineError(name, error, this.#limits);
  }

  async #with<T>(name: string, work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    this.#work?.requireGoing();
    this.#pulse?.requireAnswering();
    let slot = this.#slots[0]!;
    for (const candidate of this.#slots) if (candidate.waiting < slot.waiting) slot = candidate;
    slot.waiting++;
    try {
      return await observed(name, () => work(slot.client));
    } catch (error) {
      this.#work?.requireGoing(); // A command that was ended fails for no other reason.
      throw this.#classify(name, error);
    } finally {
      slot.waiting--;
    }
  }

  /** A command that failed may have written all the same. */
  #writing<T>(name: string, work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    return this.#writes.pass(() => this.#with(name, work));
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
    return this.#writes.hold(() => work(run));
  }

  /** Runs a command. The name is part of the text, as a comment, so that progress and logs can be told apart. */
  run(name: string, sql: string, params: Record<string, unknown> = {}): Promise<void> {
    // Tables that were made for the work go also when it was stopped.
    if (this.#work !== undefined && /^\s*DROP TABLE /.test(sql)) return this.#outside().run(name, sql, params);
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
    this.#pulse?.requireAnswering();
    try {
      const query = `/* touchline ${name} */ ${writeValues(this.#bounded(sql), params)}`;
      return await observed(name, () => rowsOf(this.#monitor, { query }));
    } catch (error) {
      throw this.#classify(name, error);
    }
  }

  #bounded(sql: string): string {
    return this.#limits === undefined ? sql : withLimits(sql, this.#limits);
  }

  /** Values are bound, except in commands that must be found by their mark, and where a server would not take them. */
  #commandOf(name: string, sql: string, params: Record<string, unknown>): Command {
    // A line break behind a comment would cost it: the embedded engine drops what stands in lines of its own.
    const text = sql.trimStart();
    const head = `/* touchline ${name} */`;
    if (this.#work !== undefined)
      return { query: `${head} /* work ${this.#work.mark} */ ${writeValues(text, params)}` };
    if (this.location.kind === "server" && JSON.stringify(params).length > LONGEST_BOUND_VALUES)
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
      const answer = await this.#monitor.query({
        query: `SELECT toString(read_rows) AS readRows, toString(read_bytes) AS readBytes, toString(written_rows) AS writtenRows
                FROM system.processes WHERE query LIKE ${quoteText(`/* touchline ${name} */%`)} LIMIT 1`,
        format: "JSONEachRow",
      });
      const [row] = await answer.json<Record<keyof QueryProgress, string>>();
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
    try {
      await this.#monitor.command({
        query: `KILL QUERY WHERE query LIKE ${quoteText(`/* touchline % */ /* work ${mark} */%`)} ASYNC`,
      });
    } catch (error) {
      throw this.#classify("end-commands", error);
    }
  }

  async close(): Promise<void> {
    await this.#pulse?.close();
    await Promise.all([...this.#slots.map(({ client }) => client.close()), this.#monitor.close()]);
  }
}

async function rowsOf(client: ClickHouseClient, command: Command): Promise<unknown[]> {
  const answer = await client.query({ ...command, format: "JSONEachRow" });
  return answer.json();
}

/** The two packages describe one interface, each from its own copy of the types. */
function embeddedConnection(path: string): ClientConnection {
  return createChdbConnection({ path }) as unknown as ClientConnection;
}

function serverClient(url: string, timeoutMs: number): ClickHouseClient {
  return createClient({ url, clickhouse_settings: SETTINGS, request_timeout: timeoutMs, log: SILENT });
}

/** A client that was closed has let its connections go, and opens new ones for what it is asked next. */
function pulseOf(url: string, clients: readonly ClickHouseClient[]): ServerPulse {
  const asking = serverClient(url, ANSWER_WITHIN_MS);
  return new ServerPulse({
    ask: async () => (await asking.ping({ select: true })).success,
    cut: async () => void (await Promise.all(clients.map((client) => client.close()))),
    close: () => asking.close(),
  });
}

/** Anything may listen at an address that was mistyped, and it may keep silent. @throws Error that says what is wrong */
async function requireServer(url: string): Promise<void> {
  if (!URL.canParse(url)) throw new Error("write it like http://user:password@localhost:8123/database");
  const client = serverClient(url, ANSWER_WITHIN_MS);
  try {
    const answer = await client.query({ query: "SELECT 'ClickHouse'", format: "TabSeparated" });
    if ((await answer.text()) !== "ClickHouse\n") throw new Error(NOT_CLICKHOUSE);
  } catch (error) {
    const { message } = error as Error;
    if (message === "Timeout error.") {
      throw new Error(`it did not answer within ${ANSWER_WITHIN_MS / 1000} s`, { cause: error });
    }
    if (message.trimStart().startsWith("<")) throw new Error(NOT_CLICKHOUSE, { cause: error }); // A web page.
    throw error;
  } finally {
    await client.close();
  }
}

function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split("\n")[0] ?? text).trim().slice(0, 300) || "no reason given";
}

/** The address without its password, for messages. */
export function withoutSecret(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.password = "";
    parsed.username = "";
    return parsed.toString();
  } catch {
    return "(not an address)";
  }
}

/**
 * The engine prints to the terminal when its folder is locked, before it fails. So its lock file is read first: it names the
 * process, and on Linux that process can be asked whether it really holds the file. Elsewhere the engine itself refuses.
 */
function refuseHeldFolder(path: string): void {
  let status: string;
  let holder: string | undefined;
  try {
    status = realpathSync(join(path, "status"));
    holder = /^PID:\s*(\d+)/m.exec(readFileSync(status, "utf8"))?.[1];
  } catch {
    return; // No such file: nobody was ever here.
  }
  if (holder === undefined || Number(holder) === process.pid) return;
  let files: string[];
  try {
    files = readdirSync(`/proc/${holder}/fd`);
  } catch {
    return; // That process is gone, or this is not Linux.
  }
  const holds = files.some((fd) => {
    try {
      return readlinkSync(`/proc/${holder}/fd/${fd}`) === status;
    } catch {
      return false;
    }
  });
  if (holds) {
    throw new WarehouseUnavailable(
      `the data folder ${path} is in use by another process (${holder}): stop that process, or choose another folder with --data`,
    );
  }
}
