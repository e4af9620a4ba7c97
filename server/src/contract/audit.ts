import { z } from "zod";

/** One thing that happened. The chain: `hash` covers everything beside it and `previousHash`. */
export const AuditEntry = z.object({
  /** Counts from 1 in each workspace. */
  seq: z.number().int(),
  at: z.string(),
  actor: z.object({
    kind: z.enum(["person", "key", "command", "system"]),
    id: z.string(),
    /** As they were called then. */
    name: z.string(),
  }),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** `members.change-role`, `proposals.approve`, `session.sign-in` … */
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditInput = z.object({
  /** Entries before this number; null for the newest. */
  before: z.number().int().positive().nullable(),
  /** How an action begins: "members." for everything about members; empty for all. */
  action: z.string().max(64),
  /** Part of an actor's name or id; empty for all. */
  actor: z.string().max(100),
});
export const AuditPage = z.object({ entries: z.array(AuditEntry), total: z.number() });
export type AuditPage = z.infer<typeof AuditPage>;

export const AuditCheck = z.object({
  entries: z.number(),
  isWhole: z.boolean(),
  /** The hash of the newest entry: keep it elsewhere to notice a chain that was cut short. */
  head: z.string(),
  /** The first entry that does not fit, and why; null where the chain is whole. */
  broken: z.object({ seq: z.number(), reason: z.string() }).nullable(),
});
export type AuditCheck = z.infer<typeof AuditCheck>;
