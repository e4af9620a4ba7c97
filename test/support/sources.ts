import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { z } from "zod";
import type { World } from "./world.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const Report = z.object({
  imports: z.array(
    z.object({
      kind: z.string(),
      received: z.number(),
      stored: z.number(),
      duplicates: z.number(),
      replaced: z.number(),
      rejected: z.number(),
      filtered: z.number(),
    }),
  ),
});

/** A touchpoint and an order as the tables of a world tell them. */
export const touch = (at: string, channel: string, campaign: string, interaction: string) => ({
  ...{ at, channel, campaign, interaction },
});
export const order = (order_id: string, revenue: string, at: string) => ({ order_id, revenue, currency: "EUR", at });

/** What tests of sources ask of a world: workspaces of their own, imports of the repository's samples, and what stands in the tables. */
export function sourcesIn(world: () => World) {
  let workspaces = 0;
  const rows = async (workspace: string, sql: string): Promise<Record<string, unknown>[]> => {
    const { warehouse } = await world().house.workspace(workspace);
    return (await warehouse.engine.rows("test", sql, { workspaceId: workspace })) as Record<string, unknown>[];
  };
  return {
    rows,
    freshWorkspace: () => `c${++workspaces}`,

    /** Runs an import that must lose nothing and refuse nothing. @returns the report of each table */
    async importSample(workspace: string, ...words: string[]) {
      const argv = words.map((word) => (word.startsWith("samples/") ? join(ROOT, word) : word));
      const { imports } = Report.parse(await world().json("import", ...argv, "--workspace", workspace));
      for (const file of imports) {
        expect(file.received).toBe(file.stored + file.duplicates + file.replaced + file.rejected + file.filtered);
        expect(file.rejected).toBe(0);
      }
      return imports;
    },

    spendOf: (workspace: string, group = "channel") =>
      rows(
        workspace,
        `SELECT ${group}, toString(sum(cost)) AS total FROM spend FINAL WHERE workspace_id = {workspaceId:String} AND NOT is_withdrawn GROUP BY ${group} ORDER BY ${group}`,
      ),

    touchesOf: (workspace: string) =>
      rows(
        workspace,
        `SELECT formatDateTime(occurred_at, '%F %T', 'UTC') AS at, channel, campaign, toString(interaction) AS interaction
         FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY occurred_at, event_id`,
      ),

    ordersOf: (workspace: string) =>
      rows(
        workspace,
        `SELECT order_id, toString(revenue) AS revenue, currency, formatDateTime(occurred_at, '%F %T', 'UTC') AS at
         FROM conversions WHERE workspace_id = {workspaceId:String} ORDER BY order_id`,
      ),

    refundsOf: (workspace: string) =>
      rows(
        workspace,
        `SELECT adjusts_conversion_id AS of, toString(amount) AS amount FROM adjustments
         WHERE workspace_id = {workspaceId:String} ORDER BY adjustment_id`,
      ),
  };
}
