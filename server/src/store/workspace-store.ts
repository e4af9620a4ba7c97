import { and, eq, type InferInsertModel, type InferSelectModel, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { type AuditHead, appendAudit, entryHash, type NewAuditEntry } from "./audit-chain.ts";
import type { Database } from "./open-store.ts";

/** Tables that can be reached through a workspace: those whose rows belong to one. */
type ScopedTable = PgTable & { readonly workspaceId: PgColumn };
type Row<T extends ScopedTable> = InferSelectModel<T>;
type NewRow<T extends ScopedTable> = Omit<InferInsertModel<T>, "workspaceId">;

interface Selection {
  readonly orderBy?: SQL | readonly SQL[];
  readonly limit?: number;
}

/** The store bound to one workspace: whatever is asked of it, the workspace is part of the question. */
export class WorkspaceStore {
  readonly workspaceId: string;
  readonly #db: Database;
  readonly #auditKey: Uint8Array;

  constructor(db: Database, workspaceId: string, auditKey: Uint8Array) {
    this.workspaceId = workspaceId;
    this.#db = db;
    this.#auditKey = auditKey;
  }

  #own(table: ScopedTable, where?: SQL): SQL {
    return and(eq(table.workspaceId, this.workspaceId), where)!;
  }

  async select<T extends ScopedTable>(table: T, where?: SQL, { orderBy, limit }: Selection = {}): Promise<Row<T>[]> {
    const order = orderBy === undefined ? [] : Array.isArray(orderBy) ? orderBy : [orderBy as SQL];
    const query = this.#db
      .select()
      .from(table as PgTable)
      .where(this.#own(table, where))
      .orderBy(...order);
    return (await (limit === undefined ? query : query.limit(limit))) as Row<T>[];
  }

  count(table: ScopedTable, where?: SQL): Promise<number> {
    return this.#db.$count(table as PgTable, this.#own(table, where));
  }

  async insert<T extends ScopedTable>(table: T, row: NewRow<T>): Promise<Row<T>> {
    const [written] = await this.#db
      .insert(table)
      .values({ ...row, workspaceId: this.workspaceId } as InferInsertModel<T>)
      .returning();
    return written as Row<T>;
  }

  /** Inserts the row, or changes the one that has its key. */
  async put<T extends ScopedTable>(table: T, row: NewRow<T>, key: PgColumn[]): Promise<void> {
    await this.#db
      .insert(table)
      .values({ ...row, workspaceId: this.workspaceId } as InferInsertModel<T>)
      .onConflictDoUpdate({ target: [table.workspaceId, ...key], set: row as never });
  }

  /** @returns the rows as they are afterwards: none where nothing fitted */
  async update<T extends ScopedTable>(table: T, change: Partial<NewRow<T>>, where: SQL): Promise<Row<T>[]> {
    const rows = await this.#db
      .update(table)
      .set(change as never)
      .where(this.#own(table, where))
      .returning();
    return rows as Row<T>[];
  }

  /** @returns the rows that went */
  async remove<T extends ScopedTable>(table: T, where: SQL): Promise<Row<T>[]> {
    return (await this.#db.delete(table).where(this.#own(table, where)).returning()) as Row<T>[];
  }

  /** Everything or nothing of it. `db` is for accounts/, which knows people beyond this workspace. */
  transaction<R>(work: (store: WorkspaceStore, db: Database) => Promise<R>): Promise<R> {
    return this.#db.transaction((tx) => work(new WorkspaceStore(tx, this.workspaceId, this.#auditKey), tx));
  }

  /** Adds to the audit. Inside a transaction it is there when the change is, and only then. */
  audit(entry: NewAuditEntry): Promise<AuditHead> {
    return this.#db.transaction((tx) => appendAudit(tx, this.workspaceId, this.#auditKey, entry));
  }

  /** The hash that an entry of this workspace's audit has to have. */
  auditHash(seq: number, previousHash: string, body: string): string {
    return entryHash(this.#auditKey, this.workspaceId, seq, previousHash, body);
  }
}
