import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { House } from "@touchline/server/house";
import { hashIdentifier } from "@touchline/sql";
import { expect } from "vitest";
import { z } from "zod";
import type { Engine } from "../../sql/src/engine.ts";
import { alterTable, isShardTable } from "../../sql/src/shards.ts";
import type { World } from "./world.ts";

/** Texts that no compression breaks up and that stand nowhere by chance. */
export const ANN = "ann-Zq7Kx9PwLmR4vT2c";
export const ANN_PHONE = "phone-hJ3nB8sYfD6qW1eX";
export const ANN_CUSTOMER = "customer-uG5kM0aVtC9rE7iO";
export const ALL_OF_ANN = [ANN, ANN_PHONE, ANN_CUSTOMER];
export const BEN = "ben-Lw2xN6pSgQ8zK4yU";

const HEADERS = {
  touchpoints: "event_id,occurred_at,visitor_id,channel,campaign,interaction,consent,note",
  conversions:
    "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,order_id,product_group,consent,note",
  identities: "visitor_id,person_id,linked_at",
  adjustments: "adjustment_id,adjusts_conversion_id,amount,currency,occurred_at,note",
};

export const touch = (id: string, day: number, visitor: string, consent = "") =>
  `${id},2026-03-0${day}T23:30:00Z,${visitor},Search,brand,click,${consent},seen by ${visitor}`;
export const sale = (id: string, day: number, visitor: string, revenue: string, consent = "") =>
  `${id},2026-03-0${day}T10:15:30Z,${visitor},purchase,${revenue},EUR,order ${id},shoes,${consent},sold to ${visitor}`;

const Counts = z.object({ received: z.number(), stored: z.number(), duplicates: z.number(), rejected: z.number() });
let files = 0;

/** Imports lines as a file. @returns where its rows went */
export async function load(
  world: World,
  workspace: string,
  kind: keyof typeof HEADERS,
  lines: readonly string[],
  ...options: string[]
): Promise<z.infer<typeof Counts>> {
  const path = world.file(`${++files}.csv`, `${HEADERS[kind]}\n${lines.join("\n")}\n`);
  const { stdout, stderr } = await world.run("import", kind, path, "--workspace", workspace, "--json", ...options);
  if (stdout === "") throw new Error(stderr);
  return z.object({ imports: z.array(Counts) }).parse(JSON.parse(stdout)).imports[0]!;
}

/**
 * Ann has a browser, a phone and a customer number; Ben has a browser. Of Ann's lines two are refused and one cannot be taken apart;
 * persons and journeys are built.
 */
export async function populate(world: World, workspace: string): Promise<void> {
  await world.run("settings", "--time-zone", "Europe/Paris", "--workspace", workspace);
  await load(world, workspace, "touchpoints", [
    touch("t1", 1, ANN),
    touch("t2", 2, ANN_PHONE),
    touch(`t3-${ANN}`, 3, ANN),
    touch("t4", 1, BEN),
    `t5,never,${ANN},Search,brand,click,,refused`,
    `t6,${ANN},too few`,
  ]);
  await load(world, workspace, "conversions", [
    sale("k1", 3, ANN, "100.10"),
    sale(`k2-${ANN}`, 4, ANN_CUSTOMER, "50.05"),
    sale("k3", 4, BEN, "70"),
    sale("k4", 5, ANN_CUSTOMER, "minus"),
  ]);
  await load(world, workspace, "identities", [
    `${ANN},${ANN_CUSTOMER},2026-03-01T00:00:00Z`,
    `${ANN_PHONE},${ANN_CUSTOMER},2026-03-02T00:00:00Z`,
  ]);
  await load(world, workspace, "adjustments", [
    `a1,k1,-10,EUR,2026-03-06T00:00:00Z,asked by ${ANN}`,
    `a2,k2-${ANN},-5,EUR,2026-03-06T00:00:00Z,asked by ${ANN}`,
  ]);
  await world.json("attribute", "--model", "linear", "--workspace", workspace);
}

const TOUCHES_BY_DAY = `
  SELECT toDate(occurred_at, 'Europe/Paris') AS day, channel, campaign, interaction, count() AS n
  FROM touchpoints WHERE workspace_id = {workspaceId:String} GROUP BY ALL ORDER BY ALL`;
const BOOKINGS_BY_DAY = `
  SELECT toDate(occurred_at, 'Europe/Paris') AS day, conversion_type, product_group, count() AS n,
    toString(sum(revenue)) AS revenue, toString(sum(refunded)) AS refunded
  FROM conversions LEFT JOIN (
    SELECT adjusts_conversion_id AS conversion_id, sum(amount) AS refunded
    FROM adjustments WHERE workspace_id = {workspaceId:String} GROUP BY ALL) AS refunds USING (conversion_id)
  WHERE workspace_id = {workspaceId:String} AND is_booked GROUP BY ALL ORDER BY ALL`;

export type Row = Record<string, unknown>;

/** Looks at what is really stored. */
export function lookInto(house: House) {
  const rows = async (workspace: string, sql: string, params: Row = {}): Promise<Row[]> => {
    const { warehouse } = await house.workspace(workspace);
    return (await warehouse.engine.rows("test", sql, { workspaceId: workspace, ...params })) as Row[];
  };
  return {
    rows,
    async run(workspace: string, sql: string): Promise<void> {
      const { warehouse } = await house.workspace(workspace);
      await warehouse.engine.run("test", sql, { workspaceId: workspace });
    },
    /** Changes a table in place, wherever its rows are. */
    async alter(workspace: string, table: string, change: string): Promise<void> {
      const { warehouse } = await house.workspace(workspace);
      await alterTable(warehouse.engine, "test", table, change, { workspaceId: workspace });
    },
    totals: async (workspace: string) => ({
      touches: await rows(workspace, TOUCHES_BY_DAY),
      bookings: await rows(workspace, BOOKINGS_BY_DAY),
    }),
    hashOf: async (workspace: string, id: string) => hashIdentifier((await house.workspace(workspace)).warehouse, id),
    /** Tables in which some row of the workspace, written out in full, contains one of the texts; of a cluster on any node. */
    async tablesWith(workspace: string, texts: readonly string[]): Promise<string[]> {
      const { warehouse } = await house.workspace(workspace);
      const found = new Set<string>();
      for (const engine of enginesOf(warehouse.engine)) {
        const tables = (await engine.rows(
          "test",
          `SELECT DISTINCT table AS holder FROM system.columns WHERE database = currentDatabase() AND name = 'workspace_id' ORDER BY table`,
        )) as { holder: string }[];
        if (engine === warehouse.engine) expect(tables.length).toBeGreaterThan(10);
        for (const holder of tables.map((row) => row.holder).filter((name) => !isShardTable(name))) {
          const [row] = (await engine.rows(
            "test",
            `SELECT count() AS n FROM ${holder}
             WHERE workspace_id = {workspaceId:String} AND multiSearchAny(formatRow('JSONEachRow', *), {texts:Array(String)})`,
            { workspaceId: workspace, texts },
          )) as { n: string }[];
          if (Number(row!.n) > 0) found.add(holder);
        }
      }
      return [...found].sort();
    },
  };
}

/** The engine, and those of all shards where it is the first node of a cluster. */
const enginesOf = (engine: Engine): Engine[] => [
  engine,
  ...(engine.cluster?.shards ?? []).slice(1).map((shard) => shard.engine),
];

/** The folders of the tables that hold events, wherever those are. */
export async function eventFolders({ warehouse }: House): Promise<string[]> {
  const ofEach = await Promise.all(
    enginesOf(warehouse.engine).map((engine) =>
      engine.rows(
        "folders-of-tables",
        "SELECT DISTINCT arrayJoin(data_paths) AS path FROM system.tables WHERE database = currentDatabase()",
      ),
    ),
  );
  return (ofEach.flat() as { path: string }[]).map(({ path }) => path);
}

/** Files under a folder that contain a text, as bytes. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => {
      try {
        return statSync(path).isFile() && readFileSync(path).includes(text);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return false; // The engine has just cleaned it away.
        throw error;
      }
    });
}
