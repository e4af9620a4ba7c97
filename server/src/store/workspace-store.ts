import { and, count, eq, type InferInsertModel, type InferSelectModel, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { type AuditHead, appendAudit, entryHash, type NewAuditEntry } from "./audit-chain.ts";
import type { Database } from "./open-store.ts";
import { sealText, unsealText } from "./seal.ts";

/** Tables that can be reached through a workspace: those whose rows belong to one. */
type ScopedTable = PgTable & { readonly workspaceId: PgColumn };
type Row<T extends ScopedTable> = InferSelectModel<T>;
type NewRow<T extends ScopedTable> = Omit<InferInsertModel<T>, "workspaceId">;

interface Selection {
  readonly orderBy?: SQL | readonly SQL[];
  readonly limit?: number;
}

/** Derived from the house's secret, each for one purpose. */
export interface StoreKeys {
  readonly audit: Uint8Array;
  readonly seal: Uint8Array;
}

/** The store bound to one workspace: whatever is asked of it, the workspace is part of the question. */
export class WorkspaceStore {
  readonly workspaceId: string;
  readonly #db: Database;
  readonly #keys: StoreKeys;

  constructor(db: Database, workspaceId: string, keys: StoreKeys) {
    this.workspaceId = workspaceId;
    this.#db = db;
    this.#keys = keys;
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

  /** How many rows there are of each text of a column. */
  async countBy(table: ScopedTable, column: PgColumn): Promise<ReadonlyMap<string, number>> {
    const own = this.#db
      .select({ text: column, rows: count() })
      .from(table as PgTable)
      .where(this.#own(table))
      .groupBy(column);
    return new Map((await own).map(({ text, rows }) => [String(text), rows]));
  }

  async insert<T extends ScopedTable>(table: T, row: NewRow<T>): Promise<Row<T>> {
    const [written] = await this.#db
      .insert(table)
      .values({ ...row, workspaceId: this.workspaceId } as InferInsertModel<T>)
      .returning();
    return written as Row<T>;
  }

  /** Inserts the row unless one with its key is there, by any of its unique indexes. @returns null where there is one */
  async insertOnce<T extends ScopedTable>(table: T, row: NewRow<T>): Promise<Row<T> | null> {
    const [written] = await this.#db
      .insert(table)
      .values({ ...row, workspaceId: this.workspaceId } as InferInsertModel<T>)
      .onConflictDoNothing()
      .returning();
    return (written as Row<T> | undefined) ?? null;
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
    return this.#db.transaction((tx) => work(new WorkspaceStore(tx, this.workspaceId, this.#keys), tx));
  }

  /** Adds to the audit. Inside a transaction it is there when the change is, and only then. */
  audit(entry: NewAuditEntry): Promise<AuditHead> {
    return this.#db.transaction((tx) => appendAudit(tx, this.workspaceId, this.#keys.audit, entry));
  }

  /** The hash that an entry of this workspace's audit has to have. */
  auditHash(seq: number, previousHash: string, body: string): string {
    return entryHash(this.#keys.audit, this.workspaceId, seq, previousHash, body);
  }

  /** A secret as it may be stored. @param about what it belongs to: it opens beside nothing else */
  seal(secret: string, about: string): string {
    return sealText(this.#keys.seal, secret, `${this.workspaceId}/${about}`);
  }

  /** @returns null for what was not sealed here, under this secret, about this */
  unseal(sealed: string, about: string): string | null {
    return unsealText(this.#keys.seal, sealed, `${this.workspaceId}/${about}`);
  }
}
