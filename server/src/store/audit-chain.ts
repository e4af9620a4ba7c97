import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import type { AuditEntry } from "../contract/index.ts";
import type { Database } from "./open-store.ts";
import { auditEntries, auditHeads } from "./schema/index.ts";

/** Who did something, and from where. */
export interface Actor {
  readonly kind: AuditEntry["actor"]["kind"];
  readonly id: string;
  readonly name: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface NewAuditEntry {
  readonly actor: Actor;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** What stands before the first entry. */
export const NO_HASH = "0".repeat(64);

/** JSON with the names of every object in order: one text for one value, however it was built. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  if (value instanceof Date) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`);
  return `{${entries.join(",")}}`;
}

/**
 * The hash of an entry: keyed, so that whoever can write to the database but does not know the secret cannot make a chain that fits.
 * Covers the workspace, the place in the chain, the hash before it and everything that the entry says.
 */
export function entryHash(
  key: Uint8Array,
  workspaceId: string,
  seq: number,
  previousHash: string,
  body: string,
): string {
  return createHmac("sha256", key)
    .update(canonicalJson([workspaceId, seq, previousHash, body]))
    .digest("hex");
}

/**
 * Adds an entry at the end of a workspace's chain. Runs inside the transaction of the change that it tells of.
 * Law: the row of the chain's end is held until the transaction ends, so entries follow one another whoever writes them.
 */
export async function appendAudit(
  tx: Database,
  workspaceId: string,
  key: Uint8Array,
  { actor, action, subject, before, after }: NewAuditEntry,
): Promise<AuditHead> {
  await tx.insert(auditHeads).values({ workspaceId, seq: 0, hash: NO_HASH }).onConflictDoNothing();
  const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.workspaceId, workspaceId)).for("update");
  const seq = head!.seq + 1;
  const at = new Date();
  const { ip, userAgent, ...who } = actor;
  const body = canonicalJson({ at, actor: who, ip, userAgent, action, subject, before, after });
  const hash = entryHash(key, workspaceId, seq, head!.hash, body);
  await tx.insert(auditEntries).values({
    ...{ workspaceId, seq, body, action, at, hash, previousHash: head!.hash },
    ...{ actorId: actor.id, actorName: actor.name },
  });
  await tx.update(auditHeads).set({ seq, hash }).where(eq(auditHeads.workspaceId, workspaceId));
  return { seq, hash };
}
