import type { z } from "zod";
import { backupBeingRestored } from "./backup/restore-mark.ts";
import { carryOver, tablesSetAside } from "./carry-over.ts";
import { isClusterBehind, migrateCluster, requireClusterOf } from "./cluster-schema.ts";
import { openEngine } from "./connections.ts";
import type { Engine, QueryProgress, StoppableWork } from "./engine.ts";
import type { WarehouseLocation } from "./engine-clients.ts";
import { EngineError, WarehouseAway, WarehouseUnavailable } from "./engine-error.ts";
import type { LaneName } from "./lanes.ts";
import { mapInTurns } from "./map-in-turns.ts";
import { createMigrationsTable, migrate, pendingMigrations } from "./migrate.ts";
import { PASSING_PREFIXES } from "./passing-tables.ts";
import type { QueryLimits } from "./query-limits.ts";
import type { Question, Statement } from "./question.ts";
import { withSchemaLock } from "./schema-lock.ts";
import { secretPrint, type VisitorKey, visitorKey } from "./visitor-key.ts";

/** A warehouse bound to one workspace: the only way to the data. */
export class WorkspaceWarehouse {
  readonly workspaceId: string;
  /** @internal for the files of this package that compose text: imports. */
  readonly engine: Engine;
  /** @internal what this workspace's identifiers are hashed with. */
  readonly visitorKey: VisitorKey;
  readonly #secret: Uint8Array;

  constructor(engine: Engine, workspaceId: string, secret: Uint8Array) {
    this.engine = engine;
    this.workspaceId = workspaceId;
    this.visitorKey = visitorKey(secret, workspaceId);
    this.#secret = secret;
  }

  /** The same warehouse for one piece of work that can be stopped. */
  during(work: StoppableWork): WorkspaceWarehouse {
    return new WorkspaceWarehouse(this.engine.during(work), this.workspaceId, this.#secret);
  }

  /** The same warehouse for questions that may cost so much and no more. */
  limited(limits: QueryLimits): WorkspaceWarehouse {
    return new WorkspaceWarehouse(this.engine.limited(limits), this.workspaceId, this.#secret);
  }

  /** The same warehouse on the connections of a lane. */
  on(lane: LaneName): WorkspaceWarehouse {
    return new WorkspaceWarehouse(this.engine.on(lane), this.workspaceId, this.#secret);
  }

  /** True where other processes work on the same data. */
  get isShared(): boolean {
    return this.engine.location.kind === "server";
  }

  /**
   * How many writing commands of this process have ended, in any workspace, but those of the lane of arriving events: nothing else of
   * this process was written while it stays.
   */
  get writes(): number {
    return this.engine.writes;
  }

  /** Ends what a piece of work has under way in the engine. */
  endCommands(mark: string): Promise<void> {
    return this.engine.endCommands(mark);
  }

  /**
   * Asks a question. Parameters are values, whatever they hold, and never SQL; every row is checked against its declared shape.
   * @throws EngineError classified as refused, retry or broken
   */
  async ask<P extends z.ZodObject, R extends z.ZodType>(
    question: Question<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>[]> {
    const bound = { ...question.params.parse(params), workspaceId: this.workspaceId };
    const rows = await this.engine.rows(question.name, question.sql, bound);
    return mapInTurns(rows, (row) => question.row.parse(row));
  }

  /** Asks a question also while commands are under way, of this process or another: for what people look at meanwhile. */
  async askAside<P extends z.ZodObject, R extends z.ZodType>(
    question: Question<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>[]> {
    const bound = { ...question.params.parse(params), workspaceId: this.workspaceId };
    const rows = await this.engine.rowsAside(question.name, question.sql, bound);
    return rows.map((row) => question.row.parse(row));
  }

  /** The single row of a question that always has one. */
  async askOne<P extends z.ZodObject, R extends z.ZodType>(
    question: Question<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>> {
    const rows = await this.ask(question, params);
    if (rows.length !== 1) throw new Error(`${question.name} answered with ${rows.length} rows where one was promised`);
    return rows[0]!;
  }

  /** Runs a writing statement under the same rules. */
  async tell<P extends z.ZodObject>(statement: Statement<P>, params: z.input<P>): Promise<void> {
    const bound = { ...statement.params.parse(params), workspaceId: this.workspaceId };
    await this.engine.run(statement.name, statement.sql, bound);
  }

  progress(name: string): Promise<QueryProgress | null> {
    return this.engine.progress(name);
  }
}

export interface Warehouse {
  readonly location: WarehouseLocation;
  /** @internal for the files of this package that keep whole tables: backups. */
  readonly engine: Engine;
  in(workspaceId: string): WorkspaceWarehouse;
  /** The workspaces that anything was ever imported into. */
  workspaces(): Promise<string[]>;
  /** @internal for the few questions of this package that are asked before a workspace is known. */
  anyWorkspace(name: string, sql: string, params: Record<string, unknown>): Promise<unknown[]>;
  /** Why the data cannot be asked now, in a sentence; null where it answers and its schema is this version's. Waits for no command. */
  problem(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Opens the data and brings its schema up to date.
 * @param secret what the keys of visitor ids are derived from: at least 16 bytes, the same ones every time
 * @throws WarehouseUnavailable with one sentence when it cannot be had
 */
export async function openWarehouse(location: WarehouseLocation, secret: Uint8Array): Promise<Warehouse> {
  const engine = await openEngine(location);
  try {
    if ((await backupBeingRestored(engine)) !== null)
      throw new WarehouseUnavailable(
        "a backup was being restored here and did not come to its end: run the same touchline restore again",
      );
    await bringUpToDate(engine, secret);
    if (location.kind === "folder") await dropLeftOverTables(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    location,
    engine,
    in: (workspaceId) => new WorkspaceWarehouse(engine, workspaceId, secret),
    async workspaces() {
      const rows = (await engine.rows(
        "workspaces",
        "SELECT DISTINCT toString(workspace_id) AS workspaceId FROM imports ORDER BY workspaceId",
      )) as { workspaceId: string }[];
      return rows.map(({ workspaceId }) => workspaceId);
    },
    anyWorkspace: (name, sql, params) => engine.rows(name, sql, params),
    problem: () => schemaProblem(engine),
    close: () => engine.close(),
  };
}

async function schemaProblem(engine: Engine): Promise<string | null> {
  const aside = { run: engine.run.bind(engine), rows: engine.rowsAside.bind(engine) };
  try {
    const pending = await pendingMigrations(aside);
    return pending.length === 0
      ? null
      : `${pending.length} migrations of the data are not applied: restart this server`;
  } catch (error) {
    if (error instanceof WarehouseAway) return error.message;
    return error instanceof EngineError ? "the engine does not answer" : (error as Error).message;
  }
}

/** A folder is opened by one process alone: passing tables that are there already were left by one that was killed. */
async function dropLeftOverTables(engine: Engine): Promise<void> {
  const tables = (await engine.rows(
    "left-over-tables",
    `SELECT name FROM system.tables WHERE database = currentDatabase()
       AND arrayExists(prefix -> startsWith(name, prefix), {prefixes:Array(String)})`,
    { prefixes: PASSING_PREFIXES },
  )) as { name: string }[];
  for (const { name } of tables) await engine.run("drop-left-over-table", `DROP TABLE IF EXISTS ${name} SYNC`);
}

/** Migrates and carries over where something is left to do, in one process at a time. */
async function bringUpToDate(engine: Engine, secret: Uint8Array): Promise<void> {
  const { cluster } = engine;
  await requireClusterOf(engine);
  if (await isBehind(engine)) {
    await withSchemaLock(engine, async () => {
      if (cluster === null) await migrate(engine);
      else await migrateCluster(cluster);
      await requireSameSecret(engine, secret);
      await carryOver(engine, secret);
    });
  }
  await requireSameSecret(engine, secret);
}

async function isBehind(engine: Engine): Promise<boolean> {
  if (engine.cluster !== null) return isClusterBehind(engine.cluster);
  await createMigrationsTable(engine);
  return (await pendingMigrations(engine)).length > 0 || (await tablesSetAside(engine)).length > 0;
}

/**
 * With another secret the same visitor would become another one, and nobody would notice: so the data remembers a fingerprint of the
 * secret that it was written with.
 * @throws WarehouseUnavailable when it is not this one
 */
async function requireSameSecret(engine: Engine, secret: Uint8Array): Promise<void> {
  const params = { secretPrint: secretPrint(secret) };
  const [row] = (await engine.rows(
    "secret-print",
    "SELECT argMin(value, updated_at) AS print FROM workspace_settings WHERE workspace_id = '' AND name = 'secret-print' HAVING count() > 0",
  )) as { print: string }[];
  if (row === undefined) {
    await engine.run(
      "save-secret-print",
      "INSERT INTO workspace_settings SELECT '', 'secret-print', {secretPrint:String}, now64(3)",
      params,
    );
  } else if (row.print !== params.secretPrint) {
    throw new WarehouseUnavailable(
      "the secret that visitor ids are hashed with is not the one that this data was written with: put back the file secret of the data folder, or give every machine that shares the data the same TOUCHLINE_SECRET",
    );
  }
}
