import { and, desc, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { AuditEntry, AuditInput, AuditPage } from "../contract/index.ts";
import { auditEntries, type WorkspaceStore } from "../store/index.ts";

const PAGE = 100;

/** What happened in a workspace, the newest first. */
export async function readAudit(
  store: WorkspaceStore,
  { before, action, actor }: z.output<typeof AuditInput>,
  limit = PAGE,
): Promise<AuditPage> {
  const like = matching(action, actor);
  const older = before === null ? undefined : lt(auditEntries.seq, before);
  const rows = await store.select(auditEntries, and(like, older), { orderBy: desc(auditEntries.seq), limit });
  return { entries: rows.map(readEntry), total: await store.count(auditEntries, like) };
}

function matching(action: string, actor: string): SQL | undefined {
  const { action: actions, actorName, actorId } = auditEntries;
  return and(
    action === "" ? undefined : sql`starts_with(${actions}, ${action})`,
    actor === ""
      ? undefined
      : sql`(strpos(lower(${actorName}), lower(${actor})) > 0 OR strpos(lower(${actorId}), lower(${actor})) > 0)`,
  );
}

type Body = Omit<AuditEntry, "seq" | "previousHash" | "hash">;

/** From the text that the hash is over: the columns beside it are for searching only. */
export function readEntry({ seq, body, previousHash, hash }: typeof auditEntries.$inferSelect): AuditEntry {
  const { at, actor, ip, userAgent, action, subject, before = null, after = null } = JSON.parse(body) as Body;
  return { seq, at, actor, ip, userAgent, action, subject, before, after, previousHash, hash };
}
