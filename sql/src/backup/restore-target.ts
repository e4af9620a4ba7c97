import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { Engine } from "../engine.ts";
import type { WarehouseLocation } from "../engine-clients.ts";
import { quoteIdentifier, quoteText } from "../imports/quoting.ts";
import { readMigrations } from "../migrate.ts";
import { type RowSum, sumRows } from "./parts.ts";
import { backupBeingRestored, RESTORE_MARK } from "./restore-mark.ts";

/** An engine that takes the tables of a backup as they are, before any migration touches them. */
export class RestoreTarget {
  readonly #engine: Engine;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** @throws WarehouseUnavailable with one sentence when it cannot be had */
  static async open(location: WarehouseLocation): Promise<RestoreTarget> {
    return new RestoreTarget(await Engine.open(location));
  }

  /** True where something stands that no restore of ours has begun. */
  async isTaken(): Promise<boolean> {
    return (await this.unfinished()) === null && (await this.tables()).length > 0;
  }

  /** The backup that a restore of ours has begun to put here and not ended; null where there is none. */
  unfinished(): Promise<string | null> {
    return backupBeingRestored(this.#engine);
  }

  /**
   * Takes back what a restore that was stopped has left, and marks the database: nobody serves it until `end`.
   * @param backup its id
   */
  async begin(backup: string): Promise<void> {
    await this.#engine.run(
      "mark-restore",
      `CREATE TABLE IF NOT EXISTS ${RESTORE_MARK} (one UInt8) ENGINE = MergeTree ORDER BY one`,
    );
    await this.#engine.run("name-restore", `ALTER TABLE ${RESTORE_MARK} MODIFY COMMENT ${quoteText(backup)}`);
    for (const name of await this.tables())
      if (name !== RESTORE_MARK)
        await this.#engine.run("drop-half-restored", `DROP TABLE IF EXISTS ${quoteIdentifier(name)} SYNC`);
  }

  /** What is restored must not be merged before it is counted: merges drop rows whose time is over. */
  async createTable(table: string, create: string): Promise<void> {
    await this.#engine.run("restore-table", create);
    await this.#engine.run("hold-restored", `SYSTEM STOP MERGES ${quoteIdentifier(table)}`);
  }

  /** @param path a gzipped file in the engine's own format */
  async insertPart(table: string, columns: readonly string[], path: string): Promise<void> {
    const into = `${quoteIdentifier(table)} (${columns.map(quoteIdentifier).join(", ")})`;
    // Rows of a part stay as they are: none of them is folded into another.
    if (this.#engine.location.kind === "folder") {
      const text = `INSERT INTO ${into} SELECT * FROM file(${quoteText(path)}, 'Native') SETTINGS optimize_on_insert = 0`;
      return this.#engine.run("restore-part", text);
    }
    const file = createReadStream(path);
    const bytes = createGunzip();
    file.on("error", (error) => bytes.destroy(error)).pipe(bytes);
    await this.#engine.insertStream("restore-part", `${into} SETTINGS optimize_on_insert = 0`, bytes, "Native");
  }

  sum(table: string, columns: readonly string[]): Promise<RowSum> {
    return sumRows(this.#engine, table, columns);
  }

  async release(table: string): Promise<void> {
    await this.#engine.run("release-restored", `SYSTEM START MERGES ${quoteIdentifier(table)}`);
  }

  async end(): Promise<void> {
    await this.#engine.run("end-restore", `DROP TABLE IF EXISTS ${RESTORE_MARK} SYNC`);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  /** The names of what stands there. */
  async tables(): Promise<string[]> {
    const rows = (await this.#engine.rows(
      "tables-of-target",
      "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name",
    )) as { name: string }[];
    return rows.map(({ name }) => name);
  }
}

/** The schema that this version knows. */
export function newestSchema(): number {
  return readMigrations().at(-1)?.version ?? 0;
}
