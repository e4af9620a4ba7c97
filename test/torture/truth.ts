import { type HouseOptions, openHouse } from "@touchline/server/house";
import type { WorkspaceWarehouse } from "@touchline/sql";
import { askTables, findImbalance } from "../support/balance.ts";
import { type Batch, type Item, type Table, WORKSPACES, type WorkspaceName } from "./plan.ts";

const NAMES: Readonly<Record<Table, { readonly from: string; readonly id: string }>> = {
  touchpoints: { from: "touchpoints", id: "event_id" },
  conversions: { from: "conversions", id: "conversion_id" },
  adjustments: { from: "adjustments", id: "adjustment_id" },
  identities: { from: "identities", id: "source" },
  spend: { from: "spend FINAL", id: "campaign" },
};
const TABLES = Object.keys(NAMES) as Table[];

interface Known {
  readonly item: Item;
  isAcknowledged: boolean;
}

export interface Count {
  readonly stored: number;
  readonly refused: number;
  /** Imports that a kill interrupted: without any, the torture was none. */
  readonly takenBack: number;
}

/** What was sent and what was promised, and whether the tables keep it. */
export class Truth {
  readonly #known: Readonly<Record<WorkspaceName, Map<string, Known>>> = { north: new Map(), south: new Map() };

  sent({ workspace, items }: Batch): void {
    for (const item of items) {
      if (!this.#known[workspace].has(item.id)) this.#known[workspace].set(item.id, { item, isAcknowledged: false });
    }
  }

  acknowledged({ workspace, items }: Batch): void {
    for (const { id } of items) this.#known[workspace].get(id)!.isAcknowledged = true;
  }

  /**
   * Opens the folder, as the next process would, and compares.
   * @returns every breach of the promise, in words
   */
  async check(
    dataFolder: string,
    server: Omit<HouseOptions, "dataFolder"> = {},
  ): Promise<{ wrong: string[]; count: Count }> {
    const house = await openHouse({ dataFolder, ...server });
    const wrong: string[] = [];
    const count = { stored: 0, refused: 0, takenBack: 0 };
    try {
      for (const name of WORKSPACES) {
        const { warehouse } = await house.workspace(name);
        for (const sentence of await findImbalance(warehouse)) wrong.push(`${name}: ${sentence}`);
        count.takenBack += await countTakenBack(warehouse);
        for (const table of TABLES) {
          const stored = await this.#compareStored(name, table, warehouse);
          const refused = await this.#compareRefused(name, table, warehouse);
          count.stored += stored.rows;
          count.refused += refused.rows;
          wrong.push(...[...stored.wrong, ...refused.wrong].map((sentence) => `${name}: ${sentence}`));
        }
      }
    } finally {
      await house.close();
    }
    return { wrong, count };
  }

  async #compareStored(name: WorkspaceName, table: Table, warehouse: WorkspaceWarehouse) {
    const { from, id } = NAMES[table];
    const rows = await askTables(
      warehouse,
      `SELECT ${id} AS id, toString(count()) AS times FROM ${from} WHERE workspace_id = {workspaceId:String} GROUP BY id`,
    );
    const wrong: string[] = [];
    const found = new Set<string>();
    for (const row of rows) {
      found.add(row.id!);
      const known = this.#known[name].get(row.id!);
      if (row.times !== "1") wrong.push(`${row.id} is in ${table} ${row.times} times`);
      if (known === undefined) wrong.push(`${row.id} is in ${table} and was never sent`);
      else if (!known.item.isGood) wrong.push(`${row.id} is in ${table} and should have been refused`);
    }
    for (const { item, isAcknowledged } of this.#known[name].values()) {
      if (item.table === table && item.isGood && isAcknowledged && !found.has(item.id))
        wrong.push(`${item.id} was acknowledged and is not in ${table}`);
    }
    return { wrong, rows: rows.length };
  }

  async #compareRefused(name: WorkspaceName, table: Table, warehouse: WorkspaceWarehouse) {
    const rows = await askTables(
      warehouse,
      `SELECT JSONExtractString(rejected_rows.raw, '${NAMES[table].id}') AS id, toString(countIf(step != '' AND reason != '')) AS said
       FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String} AND kind = '${table}' GROUP BY id`,
    );
    const wrong: string[] = [];
    const found = new Set(rows.filter(({ said }) => said !== "0").map(({ id }) => id!));
    for (const id of found) {
      const known = this.#known[name].get(id);
      if (known === undefined) wrong.push(`"${id}" is in rejected_rows and was never sent`);
      else if (known.item.isGood) wrong.push(`${id} was refused and is as good as the others`);
    }
    for (const { item, isAcknowledged } of this.#known[name].values()) {
      if (item.table === table && !item.isGood && isAcknowledged && !found.has(item.id))
        wrong.push(`${item.id} was acknowledged as refused and is not in rejected_rows`);
    }
    return { wrong, rows: rows.length };
  }
}

async function countTakenBack(warehouse: WorkspaceWarehouse): Promise<number> {
  const [row] = await askTables(
    warehouse,
    "SELECT toString(count()) AS imports FROM imports FINAL WHERE workspace_id = {workspaceId:String} AND state = 'undone'",
  );
  return Number(row!.imports);
}
