import { randomUUID } from "node:crypto";
import { and, asc, eq, gte, lte } from "drizzle-orm";
import type { LedgerEntry, MonthSpan, NewLedgerEntry } from "../../contract/index.ts";
import { ledgerEntries, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { LedgerDesk } from "./finance.ts";

type LedgerRow = typeof ledgerEntries.$inferSelect;

function describe({ workspaceId: _, writtenAt, ...row }: LedgerRow): LedgerEntry {
  return { ...row, writtenAt: writtenAt.toISOString() };
}

/** What was promised and billed in months, in the order in which it was written. */
export async function listEntries(store: WorkspaceStore, { from, to }: MonthSpan): Promise<LedgerEntry[]> {
  const inMonths = and(gte(ledgerEntries.month, from), lte(ledgerEntries.month, to))!;
  const rows = await store.select(ledgerEntries, inMonths, {
    orderBy: [asc(ledgerEntries.month), asc(ledgerEntries.writtenAt), asc(ledgerEntries.id)],
  });
  return rows.map(describe);
}

/** Writes entries, all or none. */
export function addEntries(
  { store, actor }: LedgerDesk,
  entries: readonly NewLedgerEntry[],
  now: Date,
): Promise<LedgerEntry[]> {
  return store.transaction(async (tx) => {
    const written: LedgerEntry[] = [];
    for (const entry of entries) {
      const row = await tx.insert(ledgerEntries, {
        ...{ ...entry, id: randomUUID(), writtenBy: actor.name, writtenAt: now },
      });
      await tx.audit({ actor, action: "ledger.add", subject: { kind: "ledger", id: row.id }, after: entry });
      written.push(describe(row));
    }
    return written;
  });
}

/** @throws UserError when there is no such entry */
export function removeEntry({ store, actor }: LedgerDesk, id: string): Promise<LedgerEntry> {
  return store.transaction(async (tx) => {
    const [row] = await tx.remove(ledgerEntries, eq(ledgerEntries.id, id));
    if (row === undefined)
      throw new UserError("this entry is not in the ledger: somebody may have removed it, list it again");
    const entry = describe(row);
    await tx.audit({ actor, action: "ledger.remove", subject: { kind: "ledger", id }, before: entry });
    return entry;
  });
}
