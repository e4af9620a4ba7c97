import type { Engine } from "./engine.ts";
import { identifierHash, visitorKey } from "./visitor-key.ts";

/** How long what was imported before retention was known stays: the default of the settings. */
const EXPIRES = "today() + toIntervalMonth(25)";

/** By table that migration 0005 set aside: its columns that stay as they are, and what the new ones are made of. */
const CARRIED = {
  touchpoints: {
    same: "occurred_at, event_id, channel, campaign, interaction, creative, device, country, region, consent, source, medium, extra, import_id",
    made: { expires_on: EXPIRES },
  },
  conversions: {
    same: "occurred_at, conversion_id, conversion_type, revenue, currency, margin, order_id, predicted_value, product_group, customer_type, region, extra, import_id",
    made: { original_revenue: "revenue", original_currency: "currency", expires_on: EXPIRES },
  },
  rejected_rows: {
    same: "kind, fingerprint, line, file, step, reason, raw, import_id, rejected_at",
    made: { updated_at: "rejected_at", expires_on: "today() + toIntervalDay(90)" },
  },
} as const;

/**
 * Brings events that an older version stored under raw visitor ids into the tables of today, hashed. Runs before anything else may
 * write, in one process; one that was stopped in the middle begins again, because the old table goes last.
 */
export async function carryOver(engine: Engine, secret: Uint8Array): Promise<void> {
  const aside = await tablesSetAside(engine);
  for (const [table, { same, made }] of Object.entries(CARRIED)) {
    const old = `${table}_before_0005`;
    if (!aside.includes(old)) continue;
    await engine.run("empty-carried-table", `TRUNCATE TABLE ${table}`);
    const workspaces = (await engine.rows(
      "workspaces-set-aside",
      `SELECT DISTINCT toString(workspace_id) AS workspaceId FROM ${old}`,
    )) as { workspaceId: string }[];
    for (const { workspaceId } of workspaces) {
      const columns = { ...made, ...visitorColumn(table, secret, workspaceId) };
      await engine.run(
        "carry-over",
        `INSERT INTO ${table} (workspace_id, ${same}, ${Object.keys(columns).join(", ")})
         SELECT workspace_id, ${same}, ${Object.values(columns).join(", ")} FROM ${old} AS old WHERE workspace_id = {workspaceId:String}`,
        { workspaceId },
      );
    }
    await engine.run("drop-carried-table", `DROP TABLE IF EXISTS ${old} SYNC`);
  }
}

/** The tables that wait to be carried over. */
export async function tablesSetAside(engine: Engine): Promise<string[]> {
  const rows = (await engine.rows(
    "tables-set-aside",
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND endsWith(name, '_before_0005')",
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}

function visitorColumn(table: string, secret: Uint8Array, workspaceId: string): Record<string, string> {
  if (table === "rejected_rows") return {};
  return { visitor_id: identifierHash(visitorKey(secret, workspaceId), "old.visitor_id") };
}
