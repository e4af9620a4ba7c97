import { availableParallelism } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { ClickHouseClient } from "@clickhouse/client";

/**
 * Whose commands run on which connections of the embedded engine: events that arrive never wait behind somebody's question, and what
 * nobody waits for stands in nobody's way.
 */
export type LaneName = "people" | "intake" | "background" | "aside";

/** Connections of the embedded engine by lane. */
const EMBEDDED_CONNECTIONS: Readonly<Record<LaneName, number>> = { people: 2, intake: 2, background: 1, aside: 1 };

/**
 * Work in the background takes one processor at most. Not less: somebody may come to wait for what it has begun, and would wait as long
 * as threads of lower rank wait on a busy machine.
 */
const ONE_THREAD = "SET max_threads = 1";
/** What the engine takes for a command by itself. */
const AS_MANY_AS_THERE_ARE = 0;

/** A way to the engine: runs commands as soon as it can. */
export interface Lane {
  run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type Lanes = Readonly<Record<LaneName, Lane>>;

/**
 * Connections to the embedded engine, made when they are first needed, each with one command at a time. They would take more and let
 * them wait, but each command that waits there holds one of the few threads that Node has for all connections.
 */
class EmbeddedLane implements Lane {
  readonly #connect: () => ClickHouseClient;
  readonly #most: number;
  readonly #clients: ClickHouseClient[] = [];
  readonly #idle: ClickHouseClient[] = [];
  readonly #waiting: ((client: ClickHouseClient) => void)[] = [];

  constructor(most: number, connect: () => ClickHouseClient) {
    this.#most = most;
    this.#connect = connect;
  }

  async run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const client = this.#idle.pop() ?? this.#another() ?? (await this.#nextIdle());
    try {
      return await work(client);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(client);
      else next(client);
    }
  }

  get isBusy(): boolean {
    return this.#idle.length < this.#clients.length;
  }

  #another(): ClickHouseClient | undefined {
    if (this.#clients.length === this.#most) return undefined;
    const client = this.#connect();
    this.#clients.push(client);
    return client;
  }

  #nextIdle(): Promise<ClickHouseClient> {
    return new Promise((go) => this.#waiting.push(go));
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

export function embeddedLanes(connect: () => ClickHouseClient): Lanes {
  const connectOneThread = () => {
    const client = connect();
    // Before whatever else is asked of this connection, which would fail as well.
    client.command({ query: ONE_THREAD }).catch(() => undefined);
    return client;
  };
  const lane = (name: LaneName, how = connect) => new EmbeddedLane(EMBEDDED_CONNECTIONS[name], how);
  const people = lane("people");
  const intake = lane("intake");
  const areOthersBusy = () => people.isBusy || intake.isBusy;
  return {
    people: new SharingLane(people),
    intake,
    background: new RestingLane(lane("background", connectOneThread), areOthersBusy),
    aside: lane("aside"),
  };
}

/**
 * Connections whose commands share the processors: a question that begins while there are others takes its part of them. What each
 * would gain by taking all they would lose to each other, and events that arrive would wait longer.
 */
class SharingLane implements Lane {
  readonly #lane: EmbeddedLane;
  readonly #threads = new Map<ClickHouseClient, number>();
  #running = 0;

  constructor(lane: EmbeddedLane) {
    this.#lane = lane;
  }

  run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    return this.#lane.run(async (client) => {
      this.#running++;
      try {
        await this.#allow(client, this.#running);
        return await work(client);
      } finally {
        this.#running--;
      }
    });
  }

  async #allow(client: ClickHouseClient, running: number): Promise<void> {
    const threads = running === 1 ? AS_MANY_AS_THERE_ARE : Math.max(1, Math.floor(availableParallelism() / running));
    if ((this.#threads.get(client) ?? AS_MANY_AS_THERE_ARE) === threads) return;
    await client.command({ query: `SET max_threads = ${threads}` });
    this.#threads.set(client, threads);
  }

  close(): Promise<void> {
    return this.#lane.close();
  }
}

/** After a command, so many times as long passes without another one while others are at work, and never more than this. */
const REST = 2;
const LONGEST_REST_MS = 3_000;

/** Connections for what nobody waits for: between its commands those of other lanes have the processors to themselves. */
class RestingLane implements Lane {
  readonly #lane: EmbeddedLane;
  readonly #areOthersBusy: () => boolean;

  constructor(lane: EmbeddedLane, areOthersBusy: () => boolean) {
    this.#lane = lane;
    this.#areOthersBusy = areOthersBusy;
  }

  run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    return new Promise((done, failed) => {
      void this.#lane.run(async (client) => {
        const began = performance.now();
        await work(client).then(done, failed);
        const restMs = Math.min(LONGEST_REST_MS, (performance.now() - began) * REST);
        if (this.#areOthersBusy()) await setTimeout(restMs, undefined, { ref: false });
      });
    });
  }

  close(): Promise<void> {
    return this.#lane.close();
  }
}

/** A server has one client for its commands, which opens as many connections as it needs, and one to look after them. */
export function serverLanes(client: ClickHouseClient, aside: ClickHouseClient): Lanes {
  const over = (one: ClickHouseClient): Lane => ({ run: (work) => work(one), close: () => one.close() });
  const commands = over(client);
  return { people: commands, intake: commands, background: commands, aside: over(aside) };
}

export async function closeLanes(lanes: Lanes): Promise<void> {
  await Promise.all([...new Set(Object.values(lanes))].map((lane) => lane.close()));
}
