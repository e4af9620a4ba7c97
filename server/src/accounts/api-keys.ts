import { createHash, randomBytes } from "node:crypto";
import { saveApiKey, type Warehouse, workspaceOfKey } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";

const PREFIX = "tlk_";
const HINT_LENGTH = PREFIX.length + 6;

/** A revoked key opens nothing after this time, in every process. */
const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 1_000;

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Makes a key for machines that send events. It is returned once and cannot be read again. */
export async function createApiKey(workspace: Workspace, name: string): Promise<string> {
  const key = `${PREFIX}${randomBytes(24).toString("base64url")}`;
  await workspace.warehouse.tell(saveApiKey, { keyHash: hashOf(key), keyName: name, hint: key.slice(0, HINT_LENGTH) });
  return key;
}

/** Knows which workspace a key opens, and asks the database once in a while only. Keys are long and random: their hash needs no salt. */
export class KeyRing {
  readonly #warehouse: Warehouse;
  readonly #known = new Map<string, { workspaceId: Promise<string | null>; until: number }>();

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** The workspace of a key; null where it opens none. */
  workspaceOf(key: string): Promise<string | null> {
    if (!key.startsWith(PREFIX) || key.length > 100) return Promise.resolve(null);
    const hash = hashOf(key);
    const known = this.#known.get(hash);
    if (known !== undefined && known.until > Date.now()) return known.workspaceId;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    const workspaceId = workspaceOfKey(this.#warehouse, hash);
    workspaceId.catch(() => this.#known.delete(hash));
    this.#known.set(hash, { workspaceId, until: Date.now() + REMEMBERED_MS });
    return workspaceId;
  }
}
