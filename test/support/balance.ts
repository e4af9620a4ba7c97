import type { WorkspaceWarehouse } from "@touchline/sql";

const EVENT_TABLES = ["touchpoints", "conversions", "adjustments", "identities"] as const;
const IDS = {
  touchpoints: "event_id",
  conversions: "conversion_id",
  adjustments: "adjustment_id",
  identities: "(visitor_id, person_id)",
} as const;

type Row = Readonly<Record<string, string>>;

/** Asks the tables themselves, past every question of the product. */
export async function askTables(warehouse: WorkspaceWarehouse, sql: string): Promise<Row[]> {
  return (await warehouse.engine.rows("test", sql, { workspaceId: warehouse.workspaceId })) as Row[];
}

/** By import: what the ledger says of it, and what stands in the tables of it. Spend is checked by its keys, where it is sent. */
const COMPARED = `
  SELECT ledger.import_id AS id, ledger.kind AS kind, ledger.state AS state,
    received = stored + duplicates + replaced + rejected + filtered AS adds_up,
    ledger.stored AS stored, ledger.replaced AS replaced, ledger.rejected AS rejected,
    found.row_count AS found, refused.row_count AS refused
  FROM (SELECT * FROM imports FINAL WHERE workspace_id = {workspaceId:String}) AS ledger
  LEFT JOIN (${EVENT_TABLES.map((table) => `SELECT import_id, count() AS row_count FROM ${table} WHERE workspace_id = {workspaceId:String} GROUP BY import_id`).join(" UNION ALL ")}) AS found USING (import_id)
  LEFT JOIN (SELECT import_id, count() AS row_count FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String} GROUP BY import_id) AS refused USING (import_id)`;

/**
 * Everything that is wrong with the books of a workspace, in words; empty when they balance.
 * @param restates true where rows of one import may have taken the place of another's, so that only the sums can agree
 */
export async function findImbalance(warehouse: WorkspaceWarehouse, { restates = false } = {}): Promise<string[]> {
  const wrong: string[] = [];
  const rowsOf = (condition: string) =>
    askTables(
      warehouse,
      `SELECT toString(id) AS import, kind, toString(found) AS rows FROM (${COMPARED}) WHERE ${condition}`,
    );
  const say = (sentence: string, rows: readonly Row[]) => {
    for (const row of rows) wrong.push(`import ${row.import} (${row.kind}): ${sentence}, ${row.rows} rows`);
  };
  const isEvent = `kind IN (${EVENT_TABLES.map((table) => `'${table}'`).join(", ")})`;
  say("never ended", await rowsOf("state NOT IN ('done', 'undone')"));
  say("received is not the sum of the others", await rowsOf("state = 'done' AND NOT adds_up"));
  say("was taken back and has rows", await rowsOf("state = 'undone' AND (found > 0 OR refused > 0)"));
  say("rejected_rows has another number of them", await rowsOf("state = 'done' AND rejected != refused"));
  if (!restates)
    say(
      "the table has another number of rows",
      await rowsOf(`state = 'done' AND ${isEvent} AND found != stored + replaced`),
    );
  for (const table of EVENT_TABLES) wrong.push(...(await findStrays(warehouse, table)));
  const [silent] = await askTables(
    warehouse,
    "SELECT toString(countIf(step = '' OR reason = '')) AS n FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String}",
  );
  if (silent!.n !== "0") wrong.push(`${silent!.n} rejected rows say neither step nor reason`);
  return wrong;
}

async function findStrays(warehouse: WorkspaceWarehouse, table: (typeof EVENT_TABLES)[number]): Promise<string[]> {
  const mine = `FROM ${table} WHERE workspace_id = {workspaceId:String}`;
  const ledger = `FROM imports FINAL WHERE workspace_id = {workspaceId:String} AND state = 'done'`;
  const [row] = await askTables(
    warehouse,
    `SELECT (SELECT toString(count() - uniqExact(${IDS[table]})) ${mine}) AS doubled,
       (SELECT toString(countIf(import_id GLOBAL NOT IN (SELECT import_id ${ledger}))) ${mine}) AS strays,
       (SELECT toString(count()) ${mine}) AS found,
       (SELECT toString(sum(stored)) ${ledger} AND kind = '${table}') AS stored`,
  );
  const { doubled, strays, found, stored } = row!;
  return [
    ...(doubled === "0" ? [] : [`${doubled} rows of ${table} are there more than once`]),
    ...(strays === "0" ? [] : [`${strays} rows of ${table} belong to no finished import`]),
    ...(found === stored ? [] : [`${table} has ${found} rows where the imports stored ${stored}`]),
  ];
}
