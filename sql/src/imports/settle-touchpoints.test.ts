import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWarehouse, type Warehouse, type WorkspaceWarehouse } from "../warehouse.ts";
import { settleTouchpoints } from "./settle-touchpoints.ts";
import { stagingTable } from "./stage.ts";

let folder: string;
let warehouse: Warehouse;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-settle-"));
  warehouse = await openWarehouse({ kind: "folder", path: folder }, Buffer.alloc(32, 1));
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Lands 300 rows with 220 ids, from the given one on, as an import does that has read its file. */
async function land({ engine, workspaceId }: WorkspaceWarehouse, importId: number, firstId: number): Promise<void> {
  await engine.run("test", `CREATE TABLE ${stagingTable(importId)} AS touchpoints`);
  await engine.run(
    "test",
    `INSERT INTO ${stagingTable(importId)} (workspace_id, visitor_id, occurred_at, event_id, channel, import_id, expires_on)
     SELECT {workspaceId:String}, number % 40 + 1, toDateTime64('2025-06-01 00:00:00', 3, 'UTC') + toIntervalMinute(number % 250),
       concat('e', toString(number % 220 + {firstId:UInt32})), 'Search', 1, toDate('2100-01-01') FROM numbers(300)`,
    { workspaceId, firstId },
  );
}

/** Settles a first file and one that shares ids with it. @returns what was counted, and the rows that are there then */
async function settleTwo(workspaceId: string, firstImport: number, derivedIds: boolean, idsAtOnce: number) {
  const within = warehouse.in(workspaceId);
  const counts = [];
  for (const [i, firstId] of [0, 150].entries()) {
    const importId = firstImport + i;
    await land(within, importId, firstId);
    const staged = {
      kind: "touchpoints",
      importId,
      currency: null,
      hasForeign: false,
      timeZone: "UTC",
      derivedIds,
    } as const;
    const rest = { restates: "never", isLive: false, expiresOn: "2100-01-01", books: {} } as const;
    counts.push(await settleTouchpoints(within, { ...staged, ...rest }, async () => undefined, idsAtOnce));
  }
  const rows = await within.engine.rows(
    "test",
    "SELECT event_id, visitor_id, occurred_at FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id",
    { workspaceId },
  );
  return { counts, rows };
}

test("ids that are compared in slices are published once, as all at once", async () => {
  const whole = await settleTwo("whole", 1, false, 1_000);
  expect(whole.counts.map(({ stored, duplicates }) => [stored, duplicates])).toEqual([
    [220, 80],
    [150, 150],
  ]);
  expect(await settleTwo("sliced", 11, false, 40)).toEqual(whole);
});

test("equal rows without ids are told apart the same way in slices", async () => {
  const idsOf = async (workspace: string, firstImport: number, idsAtOnce: number) => {
    const { counts, rows } = await settleTwo(workspace, firstImport, true, idsAtOnce);
    return { counts, ids: (rows as { event_id: string }[]).map(({ event_id }) => event_id) };
  };
  const whole = await idsOf("derived", 21, 1_000);
  expect(whole.ids).toContain("e7-2");
  expect(whole.counts[0]).toMatchObject({ stored: 300, duplicates: 0 });
  expect(await idsOf("derived-sliced", 31, 40)).toEqual(whole);
});
