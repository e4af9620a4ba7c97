import { and, asc, gt, lte } from "drizzle-orm";
import type { AuditCheck } from "../contract/index.ts";
import { auditEntries, auditHeads, NO_HASH, type WorkspaceStore } from "../store/index.ts";

const BATCH = 1_000;

type Row = typeof auditEntries.$inferSelect;

interface End {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Walks a workspace's whole chain, from the first entry to the end that the store names.
 * Law: an entry that was changed, taken out, put in, or moved, and an end that was cut off or named wrongly, is found. What was cut off
 * together with what the store says of the end is found where the hash of an entry was kept elsewhere and is given as `expected`.
 */
export async function verifyAudit(store: WorkspaceStore, expected?: string): Promise<AuditCheck> {
  const end = await readEnd(store);
  let last: End = { seq: 0, hash: NO_HASH };
  let isExpectedSeen = expected === undefined || expected === NO_HASH;
  const broken = (seq: number, reason: string): AuditCheck => ({
    ...{ entries: last.seq, isWhole: false, head: last.hash, broken: { seq, reason } },
  });
  for await (const row of entriesBetween(store, 0, end.seq)) {
    const reason = whatIsWrong(store, last, row);
    if (reason !== null) return broken(last.seq + 1, reason);
    last = { seq: row.seq, hash: row.hash };
    isExpectedSeen ||= row.hash === expected;
  }
  if (last.seq < end.seq) return broken(last.seq + 1, "it is missing, and so is everything after it");
  if (last.hash !== end.hash) return broken(last.seq, "the store names another entry as the last one");
  if (await isBeyondEnd(store, end)) return broken(end.seq + 1, "it stands behind what the store names as the end");
  if (!isExpectedSeen)
    return broken(last.seq + 1, "no entry has the hash that was kept: entries were cut off or rewritten");
  return { entries: last.seq, isWhole: true, head: last.hash, broken: null };
}

async function readEnd(store: WorkspaceStore): Promise<End> {
  const [head] = await store.select(auditHeads);
  return head ?? { seq: 0, hash: NO_HASH };
}

/** Entries are written together with the end that names them, so one behind it is a stranger, unless the end has moved on meanwhile. */
async function isBeyondEnd(store: WorkspaceStore, { seq }: End): Promise<boolean> {
  const [beyond] = await store.select(auditEntries, gt(auditEntries.seq, seq), {
    orderBy: asc(auditEntries.seq),
    limit: 1,
  });
  return beyond !== undefined && (await readEnd(store)).seq < beyond.seq;
}

/** In their order, a batch at a time. */
export async function* entriesBetween(store: WorkspaceStore, after: number, until: number): AsyncGenerator<Row> {
  for (let last = after; ; ) {
    const rows = await store.select(auditEntries, and(gt(auditEntries.seq, last), lte(auditEntries.seq, until)), {
      orderBy: asc(auditEntries.seq),
      limit: BATCH,
    });
    yield* rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1)!.seq;
  }
}

function whatIsWrong(store: WorkspaceStore, last: End, row: Row): string | null {
  const { seq, body, previousHash, hash } = row;
  if (seq !== last.seq + 1) return `it is missing: entry ${seq} stands in its place`;
  if (previousHash !== last.hash) return "it does not follow the entry before it";
  if (store.auditHash(seq, previousHash, body) !== hash)
    return "its text does not give its hash: it was changed, or the secret is not the one that it was written with";
  return saysItsBody(row) ? null : "what can be searched of it is not what its text says";
}

function saysItsBody({ body, action, actorId, actorName, at }: Row): boolean {
  const told = JSON.parse(body) as { at: string; action: string; actor: { id: string; name: string } };
  return (
    told.action === action && told.actor.id === actorId && told.actor.name === actorName && told.at === at.toISOString()
  );
}
