import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClickHouseClient } from "@clickhouse/client";

/**
 * Whose commands run on which connections of the embedded engine: events that arrive never wait behind somebody's question, and what
 * nobody waits for stands in nobody's way.
 */
export type LaneName = "people" | "intake" | "background" | "aside";

/** How many commands of a lane the embedded engine runs at once, and how many more where somebody has waited for long. */
interface LaneSize {
  readonly usual: number;
  readonly spare: number;
}

const EMBEDDED: Readonly<Record<LaneName, LaneSize>> = {
  // Imports and fits hold a connection for minutes: pages go on beside two of them.
  people: { usual: 2, spare: 2 },
  intake: { usual: 2, spare: 0 },
  background: { usual: 1, spare: 0 },
  aside: { usual: 2, spare: 0 },
};

/** Whoever has waited for so long waits for no page's question. */
const LONG_WAIT_MS = 1_000;

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

interface Waiter {
  hasWaited: boolean;
  readonly go: (client: ClickHouseClient) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Connections to the embedded engine, made when they are first needed, each with one command at a time. They would take more and let
 * them wait, but each command that waits there holds one of the few threads that Node has for all connections.
 */
class EmbeddedLane implements Lane {
  readonly #connect: () => ClickHouseClient;
  readonly #size: LaneSize;
  readonly #clients: ClickHouseClient[] = [];
  readonly #idle: ClickHouseClient[] = [];
  readonly #waiting: Waiter[] = [];

  constructor(size: LaneSize, connect: () => ClickHouseClient) {
    this.#size = size;
    this.#connect = connect;
  }

  /** How many commands are running. */
  get running(): number {
    return this.#clients.length - this.#idle.length;
  }

  async run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const client = await this.#take();
    try {
      return await work(client);
    } finally {
      this.#idle.push(client);
      this.#serve();
    }
  }

  #take(): Promise<ClickHouseClient> {
    return new Promise((go, failed) => {
      const waiter: Waiter = { hasWaited: false, go, failed };
      this.#waiting.push(waiter);
      this.#serve();
      if (this.#size.spare === 0 || !this.#waiting.includes(waiter)) return;
      const timer = setTimeout(() => {
        waiter.hasWaited = true;
        this.#serve();
      }, LONG_WAIT_MS);
      timer.unref();
    });
  }

  /** The one that has waited longest comes first. */
  #serve(): void {
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      if (this.running >= this.#size.usual + (first.hasWaited ? this.#size.spare : 0)) return;
      this.#waiting.shift();
      try {
        first.go(this.#idle.pop() ?? this.#another());
      } catch (error) {
        first.failed(error);
      }
    }
  }

  #another(): ClickHouseClient {
    const client = this.#connect();
    this.#clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

/**
 * Connections whose commands share the processors: a question that begins while there are others, or while events are written, takes its
 * part of them. What each
 * would gain by taking all they would lose to each other, and events that arrive would wait longer.
 */
class SharingLane implements Lane {
  readonly #lane: EmbeddedLane;
  readonly #areEventsWritten: () => boolean;
  readonly #threads = new Map<ClickHouseClient, number>();

  constructor(lane: EmbeddedLane, areEventsWritten: () => boolean) {
    this.#lane = lane;
    this.#areEventsWritten = areEventsWritten;
  }

  run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    return this.#lane.run(async (client) => {
      await this.#allow(client, this.#lane.running + (this.#areEventsWritten() ? 1 : 0));
      return work(client);
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
const REST = 4;
const LONGEST_REST_MS = 6_000;

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
      const worked = this.#lane.run(async (client) => {
        const began = performance.now();
        await work(client).then(done, failed);
        const restMs = Math.min(LONGEST_REST_MS, (performance.now() - began) * REST);
        if (this.#areOthersBusy()) await sleep(restMs, undefined, { ref: false });
      });
      worked.catch(failed);
    });
  }

  close(): Promise<void> {
    return this.#lane.close();
  }
}

export function embeddedLanes(connect: () => ClickHouseClient): Lanes {
  const connectOneThread = () => {
    const client = connect();
    // Before whatever else is asked of this connection, which would fail as well.
    client.command({ query: ONE_THREAD }).catch(() => undefined);
    return client;
  };
  const lane = (name: LaneName, how = connect) => new EmbeddedLane(EMBEDDED[name], how);
  const people = lane("people");
  const intake = lane("intake");
  const areOthersBusy = () => people.running + intake.running > 0;
  return {
    people: new SharingLane(people, () => intake.running > 0),
    intake,
    background: new RestingLane(lane("background", connectOneThread), areOthersBusy),
    aside: lane("aside"),
  };
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
