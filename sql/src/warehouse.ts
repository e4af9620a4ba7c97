import type { z } from "zod";
import { Engine, type QueryProgress, type WarehouseLocation } from "./engine.ts";
import { migrate } from "./migrate.ts";
import { JOURNEY_BUILD_PREFIX, STAGING_PREFIX } from "./passing-tables.ts";
import type { Question, Statement } from "./question.ts";

/** A warehouse bound to one workspace: the only way to the data. */
export class WorkspaceWarehouse {
  readonly workspaceId: string;
  /** @internal for the files of this package that compose text: imports. */
  readonly engine: Engine;

  constructor(engine: Engine, workspaceId: string) {
    this.engine = engine;
    this.workspaceId = workspaceId;
  }

  /**
   * Asks a question. Parameters are bound, never pasted; every row is checked against its declared shape.
   * @throws EngineError classified as refused, retry or broken
   */
  async ask<P extends z.ZodObject, R extends z.ZodType>(
    question: Question<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>[]> {
    const bound = { ...question.params.parse(params), workspaceId: this.workspaceId };
    const rows = await this.engine.rows(question.name, question.sql, bound);
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
  in(workspaceId: string): WorkspaceWarehouse;
  close(): Promise<void>;
}

/**
 * Opens the data and brings its schema up to date.
 * @throws WarehouseUnavailable with one sentence when it cannot be had
 */
export async function openWarehouse(location: WarehouseLocation): Promise<Warehouse> {
  const engine = await Engine.open(location);
  try {
    await migrate(engine);
    if (location.kind === "folder") await dropLeftOverTables(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    location,
    in: (workspaceId) => new WorkspaceWarehouse(engine, workspaceId),
    close: () => engine.close(),
  };
}

/** A folder is opened by one process alone: passing tables that are there already were left by one that was killed. */
async function dropLeftOverTables(engine: Engine): Promise<void> {
  const tables = (await engine.rows(
    "left-over-tables",
    `SELECT name FROM system.tables WHERE database = currentDatabase()
       AND (startsWith(name, {staging:String}) OR startsWith(name, {journeys:String}))`,
    { staging: STAGING_PREFIX, journeys: JOURNEY_BUILD_PREFIX },
  )) as { name: string }[];
  for (const { name } of tables) await engine.run("drop-left-over-table", `DROP TABLE IF EXISTS ${name}`);
}
