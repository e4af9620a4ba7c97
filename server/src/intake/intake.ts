import { EngineError, type ImportKind, type MalformedRow, type SourceFile, WarehouseAway } from "@touchline/sql";
import type { ResolvedColumns, Transport } from "../ingest/index.ts";
import { log } from "../log.ts";
import type { Workspace } from "../workspace.ts";
import { type BatchOutcome, type EventBatch, type RefusedItem, storeBatch } from "./store-batch.ts";

/** How much may wait, and when a batch is written. */
export interface IntakeLimits {
  /** A batch is written when it has this many rows … */
  readonly fullRows: number;
  /** … and takes no more than this many. */
  readonly mostRows: number;
  /** … or when its first row has waited this long. */
  readonly lingerMs: number;
  /** Rows and bytes that may wait or be written at one time, of all workspaces. */
  readonly queuedRows: number;
  readonly queuedBytes: number;
}

export const DEFAULT_LIMITS: IntakeLimits = {
  fullRows: 10_000,
  mostRows: 100_000,
  lingerMs: 500,
  queuedRows: 500_000,
  queuedBytes: 256 * 1024 * 1024,
};

/** Nothing of the request was stored: the sender should come again after a while. */
export class IntakeBusy extends Error {
  override readonly name = "IntakeBusy";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface Origin {
  readonly source: string;
  readonly transport: Transport;
  /** Where a source's declaration says what stands where. */
  readonly resolve?: ((file: SourceFile) => ResolvedColumns) | undefined;
}

/** Items of one request, which stay together. */
export interface Items {
  readonly count: number;
  readonly lines: readonly Buffer[];
  readonly bytes: number;
  readonly malformed: readonly MalformedRow[];
}

/** What became of a request's items. Which of them were duplicates is known of the batch only. */
export interface Receipt {
  readonly received: number;
  readonly accepted: number;
  readonly refused: readonly RefusedItem[];
}

interface Waiting {
  /** When it came, in milliseconds of the clock that never goes back. */
  readonly since: number;
  readonly items: Items;
  readonly done: (receipt: Receipt) => void;
  readonly failed: (error: unknown) => void;
}

/** Requests of one workspace, kind and source, which are written in batches. */
interface Lane {
  readonly workspace: Workspace;
  readonly kind: ImportKind;
  readonly origin: Origin;
  waiting: Waiting[];
  rows: number;
  timer: NodeJS.Timeout | null;
  /** How many batches are being written. */
  writing: number;
}

/**
 * How many batches of a lane are written side by side: the next one is read and checked while the one before moves to its place. Where
 * a row may say something of a row of the batch before, one comes after the other.
 */
function mostWriting(kind: ImportKind): number {
  return kind === "touchpoints" ? 2 : 1;
}

/**
 * Receives events and answers when they are durable. Requests wait in memory for at most half a second and are written together; a sender
 * that has no answer must send again, and duplicates are known by their ids. What waits is bounded: beyond, requests are refused.
 */
export class Intake {
  readonly #spoolFolder: string;
  readonly #limits: IntakeLimits;
  readonly #lanes = new Map<string, Lane>();
  #queuedRows = 0;
  #queuedBytes = 0;
  /** Requests without an answer, the oldest first. */
  readonly #open = new Set<Waiting>();
  #isClosed = false;
  #writing = new Set<Promise<void>>();

  constructor(spoolFolder: string, limits: Partial<IntakeLimits> = {}) {
    this.#spoolFolder = spoolFolder;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Rows that wait or are being written. */
  get queuedRows(): number {
    return this.#queuedRows;
  }

  /** How long the oldest request has waited for its answer, in seconds; 0 where none waits. */
  oldestSeconds(): number {
    const [oldest] = this.#open;
    return oldest === undefined ? 0 : (performance.now() - oldest.since) / 1_000;
  }

  /**
   * Takes the items of one request.
   * @returns once every item is stored, known already, or in rejected_rows
   * @throws IntakeBusy when there is no room, the database is not able to write, or the server is stopping: nothing was stored
   */
  accept(workspace: Workspace, kind: ImportKind, items: Items, origin: Origin): Promise<Receipt> {
    if (this.#isClosed) return Promise.reject(new IntakeBusy("the server is stopping: send it again", 5));
    const { queuedRows, queuedBytes } = this.#limits;
    if (
      this.#queuedRows > 0 &&
      (this.#queuedRows + items.count > queuedRows || this.#queuedBytes + items.bytes > queuedBytes)
    ) {
      return Promise.reject(new IntakeBusy("too much is waiting to be written: send it again", 2));
    }
    this.#queuedRows += items.count;
    this.#queuedBytes += items.bytes;
    const lane = this.#laneOf(workspace, kind, origin);
    return new Promise((done, failed) => {
      const waiting = { since: performance.now(), items, done, failed };
      lane.waiting.push(waiting);
      this.#open.add(waiting);
      lane.rows += items.count;
      this.#schedule(lane);
    });
  }

  #laneOf(workspace: Workspace, kind: ImportKind, origin: Origin): Lane {
    const key = JSON.stringify([workspace.id, kind, origin.transport, origin.source]);
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { workspace: workspace.on("intake"), kind, origin, waiting: [], rows: 0, timer: null, writing: 0 };
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #schedule(lane: Lane): void {
    if (lane.writing >= mostWriting(lane.kind) || lane.waiting.length === 0) return;
    // After a write that took long, they have waited long enough.
    const hasWaited = performance.now() - lane.waiting[0]!.since >= this.#limits.lingerMs;
    if (lane.rows >= this.#limits.fullRows || this.#isClosed || hasWaited) this.#write(lane);
    else lane.timer ??= setTimeout(() => this.#write(lane), this.#limits.lingerMs);
  }

  #take(lane: Lane): Waiting[] {
    let rows = 0;
    let taken = 0;
    for (const { items } of lane.waiting) {
      if (taken > 0 && rows + items.count > this.#limits.mostRows) break;
      rows += items.count;
      taken++;
    }
    lane.rows -= rows;
    const batch = lane.waiting.slice(0, taken);
    lane.waiting = lane.waiting.slice(taken);
    return batch;
  }

  #write(lane: Lane): void {
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.timer = null;
    if (lane.writing >= mostWriting(lane.kind) || lane.waiting.length === 0) return;
    lane.writing++;
    const requests = this.#take(lane);
    const writing = this.#store(lane, requests).finally(() => {
      for (const request of requests) {
        this.#queuedRows -= request.items.count;
        this.#queuedBytes -= request.items.bytes;
        this.#open.delete(request);
      }
      lane.writing--;
      this.#writing.delete(writing);
      this.#schedule(lane);
    });
    this.#writing.add(writing);
  }

  async #store(lane: Lane, requests: readonly Waiting[]): Promise<void> {
    const { workspace, kind, origin } = lane;
    try {
      const batch = joinItems(
        requests.map(({ items }) => items),
        { kind, ...origin },
      );
      const outcome = await storeBatch(workspace, batch, this.#spoolFolder);
      for (const [i, receipt] of receiptsOf(outcome, requests).entries()) requests[i]!.done(receipt);
    } catch (error) {
      const busy = asBusy(error);
      for (const { failed } of requests) failed(busy);
    }
  }

  /** Writes what waits and takes nothing more. Resolves when everything has its answer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const lane of this.#lanes.values()) this.#write(lane);
    while (this.#writing.size > 0) await Promise.all(this.#writing);
  }
}

function joinItems(
  requests: readonly Items[],
  batch: Pick<EventBatch, "kind" | "transport" | "source" | "resolve">,
): EventBatch {
  let count = 0;
  const lines: Buffer[] = [];
  const malformed: MalformedRow[] = [];
  for (const items of requests) {
    for (const line of items.lines) lines.push(line);
    for (const row of items.malformed) malformed.push({ ...row, row: row.row + count });
    count += items.count;
  }
  return { ...batch, count, lines, malformed };
}

function receiptsOf({ refused }: BatchOutcome, requests: readonly Waiting[]): Receipt[] {
  let start = 0;
  let next = 0;
  return requests.map(({ items }) => {
    const own: RefusedItem[] = [];
    for (; next < refused.length && refused[next]!.index < start + items.count; next++) {
      own.push({ ...refused[next]!, index: refused[next]!.index - start });
    }
    start += items.count;
    return { received: items.count, accepted: items.count - own.length, refused: own };
  });
}

const NO_ROOM = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Whatever kept a batch from being written, the sender can only try again; the log says what it was. */
function asBusy(error: unknown): IntakeBusy {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const isFull =
    NO_ROOM.has(code) ||
    (error instanceof EngineError &&
      /NOT_ENOUGH_SPACE|No space left|File too large/.test(`${error.code} ${error.message}`));
  if (error instanceof WarehouseAway) {
    log.warn({ err: error }, "a batch could not be written");
    return new IntakeBusy("the ClickHouse server does not answer: nothing was acknowledged; send it again", 5);
  }
  log.error({ err: error }, "a batch could not be written");
  return isFull
    ? new IntakeBusy("the disk is full: nothing was stored; make room and send it again", 30)
    : new IntakeBusy("the database could not write: nothing was stored; send it again", 5);
}
