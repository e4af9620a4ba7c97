import { setImmediate } from "node:timers/promises";
import type { WarehouseLocation } from "../engine-clients.ts";
import { hashSlices } from "../hash-slices.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { HashSet64 } from "./hash-set.ts";
import { firstRow } from "./staged.ts";

/** Half a gigabyte, of all workspaces of a process. */
const MOST_IDS = 100_000_000;
/** Hashes are read so many at once, in rows that are short enough to be taken apart between two requests. */
const READ_AT_ONCE = 2_000_000;
const ROWS_AT_ONCE = 64;

const HEX_DIGITS = 16;
const BYTES = 8;

/** SQL of one text with the hashes of the rows of a condition, 16 digits each. */
export const hashesOf = (condition: string) =>
  `arrayStringConcat(groupArrayIf(leftPad(hex(event_hash), ${HEX_DIGITS}, '0'), ${condition}))`;

interface Known {
  readonly hashes: HashSet64;
  /** Once the hashes of all that was stored before are there as well. */
  isComplete: boolean;
}

/**
 * The hashes of all event ids of a folder's workspaces, for events as they arrive: without them each batch would read the hashes of all
 * events that were ever stored. Only one process works on a folder, so that nothing is stored behind its back. They are read in the
 * background when the first batch comes, and again after anything but a batch has stored events.
 */
class KnownIds {
  readonly #byWorkspace = new Map<string, Known>();
  readonly #tooMany = new Set<string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether it can be told which ids are known without asking the engine. */
  canTell({ workspaceId }: WorkspaceWarehouse): boolean {
    return this.#byWorkspace.get(workspaceId)?.isComplete === true;
  }

  /** False where none of the hashes is known for certain. */
  mayKnow({ workspaceId }: WorkspaceWarehouse, hashes: string): boolean {
    const known = this.#byWorkspace.get(workspaceId);
    return known?.isComplete !== true || someHash(hashes, (upper, lower) => known.hashes.has(upper, lower));
  }

  /** Notes what a batch is about to store. What is not stored in the end does no harm: a hash only says that an id may be known. */
  note(warehouse: WorkspaceWarehouse, hashes: string): void {
    const { workspaceId } = warehouse;
    if (this.#tooMany.has(workspaceId)) return;
    let known = this.#byWorkspace.get(workspaceId);
    if (known === undefined) {
      known = { hashes: new HashSet64(), isComplete: false };
      this.#byWorkspace.set(workspaceId, known);
      this.#read(warehouse, known).catch(() => this.#drop(workspaceId, known!));
    }
    this.#add(workspaceId, known, hashes);
  }

  /** Something else than a batch is about to store events, of which nothing is noted. */
  forget({ workspaceId }: WorkspaceWarehouse): void {
    this.#byWorkspace.delete(workspaceId);
  }

  #add(workspaceId: string, known: Known, hashes: string): void {
    someHash(hashes, (upper, lower) => {
      known.hashes.add(upper, lower);
      return false;
    });
    let all = 0;
    for (const { hashes } of this.#byWorkspace.values()) all += hashes.size;
    if (all <= this.#most) return;
    this.#tooMany.add(workspaceId);
    this.#drop(workspaceId, known);
  }

  #drop(workspaceId: string, known: Known): void {
    if (this.#byWorkspace.get(workspaceId) === known) this.#byWorkspace.delete(workspaceId);
  }

  /** Reads what is stored. What is stored meanwhile is noted by whoever stores it. */
  async #read(warehouse: WorkspaceWarehouse, known: Known): Promise<void> {
    const { workspaceId } = warehouse;
    const aside = warehouse.on("background");
    const own = "touchpoints WHERE workspace_id = {workspaceId:String}";
    const { stored } = await firstRow(aside, "count-event-ids", `SELECT toString(count()) AS stored FROM ${own}`);
    for (const slice of hashSlices("event_hash", Number(stored), READ_AT_ONCE)) {
      const sql = `SELECT ${hashesOf("true")} AS hashes FROM ${own} AND ${slice} GROUP BY event_hash % ${ROWS_AT_ONCE}`;
      const rows = await aside.engine.rows("read-event-ids", sql, { workspaceId });
      for (const { hashes } of rows as { hashes: string }[]) {
        if (this.#byWorkspace.get(workspaceId) !== known) return;
        this.#add(workspaceId, known, hashes);
        await setImmediate();
      }
    }
    known.isComplete = true;
  }
}

function someHash(digits: string, test: (upper: number, lower: number) => boolean): boolean {
  const bytes = Buffer.from(digits, "hex");
  for (let at = 0; at < bytes.length; at += BYTES) {
    if (test(bytes.readUInt32BE(at), bytes.readUInt32BE(at + BYTES / 2))) return true;
  }
  return false;
}

/** By open folder. */
const ofFolders = new WeakMap<WarehouseLocation, KnownIds>();

/** What is known of the ids in a folder; null on a server, where others store as well. */
export function knownIdsOf({ engine: { location } }: WorkspaceWarehouse, most = MOST_IDS): KnownIds | null {
  if (location.kind !== "folder") return null;
  let known = ofFolders.get(location);
  if (known === undefined) {
    known = new KnownIds(most);
    ofFolders.set(location, known);
  }
  return known;
}
