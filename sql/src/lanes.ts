import type { ClickHouseClient } from "@clickhouse/client";

/**
 * Whose commands run on which connections of the embedded engine, where each connection runs its commands one after the other: events
 * that arrive never wait behind somebody's question, and what nobody waits for stands in nobody's way.
 */
export type Lane = "people" | "intake" | "background";

/** Connections of the embedded engine by lane. Of a server there is one way to it: its client opens as many as it needs. */
const EMBEDDED_CONNECTIONS: Readonly<Record<Lane, number>> = { people: 3, intake: 2, background: 1 };

/** Work in the background gets what processors others leave: the embedded engine's threads are this process's. */
const YIELDING = "SET os_threads_nice_value_query = 10";

/** A connection, made when it is first used. */
export class Slot {
  /** Commands that run on it or wait for it. */
  waiting = 0;
  readonly #connect: () => ClickHouseClient;
  #client: ClickHouseClient | null = null;

  constructor(connect: () => ClickHouseClient) {
    this.#connect = connect;
  }

  get client(): ClickHouseClient {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }
}

export type Lanes = Readonly<Record<Lane, readonly Slot[]>>;

const slots = (count: number, connect: () => ClickHouseClient) =>
  Array.from({ length: count }, () => new Slot(connect));

export function embeddedLanes(connect: () => ClickHouseClient): Lanes {
  const connectYielding = () => {
    const client = connect();
    // Before whatever else is asked of this connection. An engine that does not know it works on without.
    client.command({ query: YIELDING }).catch(() => undefined);
    return client;
  };
  const { people, intake, background } = EMBEDDED_CONNECTIONS;
  return {
    people: slots(people, connect),
    intake: slots(intake, connect),
    background: slots(background, connectYielding),
  };
}

export function serverLanes(connect: () => ClickHouseClient): Lanes {
  const one = slots(1, connect);
  return { people: one, intake: one, background: one };
}

/** The connection of a lane that has least to do. */
export function freest(slots: readonly Slot[]): Slot {
  return slots.reduce((best, slot) => (slot.waiting < best.waiting ? slot : best));
}

export async function closeLanes(lanes: Lanes): Promise<void> {
  const all = new Set(Object.values(lanes).flat());
  await Promise.all([...all].map((slot) => slot.close()));
}
