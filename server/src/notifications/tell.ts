import { randomUUID } from "node:crypto";
import { isNull } from "drizzle-orm";
import { mailAddressesOf } from "../accounts/index.ts";
import { deliveries, type WorkspaceStore, webhooks } from "../store/index.ts";
import type { Notice, StoredNotice } from "./notice.ts";

/** Writes what is to be sent, inside the transaction of what it tells: it is sent if, and only if, that is kept. */
export async function tell(tx: WorkspaceStore, notice: Notice, now = new Date()): Promise<void> {
  const { event, title, text, path, facts, mailTo, attachments = [] } = notice;
  const isBilingual = mailTo === null || typeof mailTo === "string" || "people" in mailTo;
  const stored: StoredNotice = {
    ...{ event, title, text, path, facts: { ...facts }, at: now.toISOString(), isBilingual, attachments: [] },
  };
  for (const { id, events } of await tx.select(webhooks, isNull(webhooks.disabledAt)))
    if (events.includes(event)) await queue(tx, { kind: "webhook", target: id, notice: stored }, now);
  const mail = { ...stored, attachments: [...attachments] };
  for (const target of await addressesOf(tx, notice)) await queue(tx, { kind: "mail", target, notice: mail }, now);
}

/** Writes one delivery. @returns its row */
export function queue(
  tx: WorkspaceStore,
  { kind, target, notice }: { kind: "webhook" | "mail"; target: string; notice: StoredNotice },
  now: Date,
): Promise<typeof deliveries.$inferSelect> {
  return tx.insert(deliveries, {
    ...{ id: randomUUID(), kind, target, event: notice.event, body: JSON.stringify(notice) },
    ...{ state: "waiting", attempts: 0, nextAt: now, createdAt: now },
  });
}

async function addressesOf(tx: WorkspaceStore, { mailTo, except }: Notice): Promise<string[]> {
  if (mailTo === null) return [];
  if (typeof mailTo === "object" && "addresses" in mailTo) return [...new Set(mailTo.addresses)];
  const who = typeof mailTo === "string" ? { right: mailTo } : mailTo;
  return mailAddressesOf(tx, { ...who, except: except ?? null });
}
