import { z } from "zod";
import { question } from "../question.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { forgetThatNobodyIs } from "./forgotten.ts";

/** `aged` stands under identifier 0: it is the record of retention, which is nobody's. */
export type ForgetReason = "erased" | "withdrawn" | "aged";
export type ForgetState = "begun" | "done";

/** Writes down what is about to be done to identifiers, or that it is done: it must not be begun before this is written. */
export async function recordForgotten(
  warehouse: WorkspaceWarehouse,
  hashes: readonly string[],
  { reason, state, at }: { readonly reason: ForgetReason; readonly state: ForgetState; readonly at: Date },
): Promise<void> {
  const time = (moment: Date) => moment.toISOString().slice(0, -1).replace("T", " ");
  const rows = hashes.map((hash) => ({
    workspace_id: warehouse.workspaceId,
    visitor_id: hash,
    reason,
    state,
    forgotten_at: time(at),
    updated_at: time(new Date()),
  }));
  forgetThatNobodyIs(warehouse);
  await warehouse.engine.insertRows("record-forgotten", "forgotten", rows).finally(() => forgetThatNobodyIs(warehouse));
}

/** What was begun and never ended: the process stopped in the middle, or an import was still running. */
export const unfinishedForgetting = question({
  name: "unfinished-forgetting",
  params: z.object({}),
  row: z.object({
    hash: z.string(),
    reason: z.enum(["erased", "withdrawn", "aged"]),
    forgottenAt: z.string(),
    secondsAgo: z.number(),
  }),
  sql: `
    SELECT toString(visitor_id) AS hash, reason, forgotten_at AS forgottenAt,
      toInt32(dateDiff('second', updated_at, now64(3))) AS secondsAgo
    FROM forgotten FINAL
    WHERE workspace_id = {workspaceId:String} AND state = 'begun'
    ORDER BY reason, visitor_id`,
});

/** Identifiers that must be forgotten and still stand somewhere: an import of another process had read its file before they were. */
export async function returnedIdentifiers(
  warehouse: WorkspaceWarehouse,
  tables: readonly { readonly name: string; readonly identifiers: readonly string[] }[],
): Promise<{ hash: string; reason: "erased" | "withdrawn" }[]> {
  const forgotten = "(SELECT visitor_id FROM forgotten WHERE workspace_id = {workspaceId:String} AND visitor_id != 0)";
  const found = tables.flatMap(({ name, identifiers }) =>
    identifiers.map(
      (column) =>
        `SELECT ${column} AS returned FROM ${name} WHERE workspace_id = {workspaceId:String} AND ${column} IN ${forgotten}`,
    ),
  );
  const rows = await warehouse.engine.rows(
    "returned-identifiers",
    `SELECT toString(visitor_id) AS hash, min(toString(reason)) AS reason
     FROM forgotten
     WHERE workspace_id = {workspaceId:String} AND visitor_id != 0 AND visitor_id IN (${found.join(" UNION ALL ")})
     GROUP BY visitor_id
     ORDER BY hash`,
    { workspaceId: warehouse.workspaceId },
  );
  return rows as { hash: string; reason: "erased" | "withdrawn" }[];
}
