import { openHouse } from "@touchline/server/house";
import { askTables, findImbalance } from "../support/balance.ts";
import { idStart, LOAD_KINDS, type LoadKind, MALFORMED_AT, MALFORMED_EVERY, malformedBefore } from "./events.ts";
import type { SenderReport } from "./sender-order.ts";

const IDS: Readonly<Record<LoadKind, string>> = { touchpoints: "event_id", conversions: "conversion_id" };

export interface KindBalance {
  readonly kind: LoadKind;
  readonly sent: number;
  readonly acknowledged: number;
  readonly stored: number;
  readonly rejected: number;
  /** Acknowledged and in neither table. */
  readonly lost: number;
  /** Rows beyond the first one of their id. */
  readonly doubled: number;
  /** Rows of ids that were never sent, or should have been refused. */
  readonly strange: number;
}

/**
 * Opens the folder after its server has stopped, and counts. Ids are numbered: where all were acknowledged, as many different ones of
 * the right numbers as were sent are all of them.
 * @returns the balance by kind, and what is wrong with the books of the imports, in words
 */
export async function checkTables(
  dataFolder: string,
  run: string,
  report: SenderReport,
): Promise<{ balances: KindBalance[]; wrong: string[] }> {
  const house = await openHouse({ dataFolder });
  try {
    const { warehouse } = await house.workspace("default");
    const balances: KindBalance[] = [];
    for (const kind of LOAD_KINDS) {
      const { lines, acknowledged } = report[kind];
      const start = idStart(run, kind);
      const [row] = await askTables(
        warehouse,
        `WITH toUInt64OrZero(substring(id, ${start.length + 1})) AS n
         SELECT toString(count()) AS rows, toString(uniqExact(id)) AS ids,
           toString(countIf(n >= ${lines} OR n % ${MALFORMED_EVERY} = ${MALFORMED_AT})) AS strange
         FROM (SELECT ${IDS[kind]} AS id FROM ${kind} WHERE workspace_id = {workspaceId:String} AND startsWith(${IDS[kind]}, '${start}'))`,
      );
      const [refused] = await askTables(
        warehouse,
        `SELECT toString(uniqExact(id)) AS ids
         FROM (SELECT JSONExtractString(rejected_rows.raw, '${IDS[kind]}') AS id FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String})
         WHERE startsWith(id, '${start}')`,
      );
      const [rows, stored, strange, rejected] = [row!.rows, row!.ids, row!.strange, refused!.ids].map(Number) as [
        ...[number, number, number, number],
      ];
      // What nobody acknowledged may be there or not: it can only hide a loss of as many, which is told as lost then.
      const lost =
        Math.max(0, acknowledged - stored - rejected) + Math.max(0, malformedBefore(acknowledged) - rejected);
      balances.push({ kind, sent: lines, acknowledged, stored, rejected, lost, doubled: rows - stored, strange });
    }
    return { balances, wrong: await findImbalance(warehouse) };
  } finally {
    await house.close();
  }
}
