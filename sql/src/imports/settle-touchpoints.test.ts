import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWarehouse, type Warehouse, type WorkspaceWarehouse } from "../warehouse.ts";
import { knownIdsOf } from "./known-ids.ts";
import { settleTouchpoints } from "./settle-touchpoints.ts";
import { stagingTable } from "./stage.ts";
import type { Staged } from "./staged.ts";

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

/** What the moving is told of an import. */
function stagedAs(importId: number, { isLive = false, derivedIds = false } = {}): Staged {
  return {
    ...{ kind: "touchpoints", importId, currency: null, hasForeign: false, timeZone: "UTC", derivedIds },
    ...{ restates: "never", isLive, expiresOn: "2100-01-01", books: {} },
  };
}

/** Settles a first file and one that shares ids with it. @returns what was counted, and the rows that are there then */
async function settleTwo(workspaceId: string, firstImport: number, derivedIds: boolean, idsAtOnce: number) {
  const within = warehouse.in(workspaceId);
  const counts = [];
  for (const [i, firstId] of [0, 150].entries()) {
    const importId = firstImport + i;
    await land(within, importId, firstId);
    counts.push(await settleTouchpoints(within, stagedAs(importId, { derivedIds }), async () => undefined, idsAtOnce));
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

async function settle(within: WorkspaceWarehouse, importId: number, firstId: number, how = {}) {
  await land(within, importId, firstId);
  const { stored, duplicates } = await settleTouchpoints(within, stagedAs(importId, how), async () => undefined);
  return [stored, duplicates];
}

const distinctIds = async ({ engine, workspaceId }: WorkspaceWarehouse) =>
  engine.rows(
    "test",
    "SELECT toString(count()) AS rows, toString(uniqExact(event_id)) AS ids FROM touchpoints WHERE workspace_id = {workspaceId:String}",
    { workspaceId },
  );

test("batches that arrive know the ids of files and of each other, before and after the ids were read", async () => {
  const within = warehouse.in("live");
  const known = knownIdsOf(within)!;
  expect(await settle(within, 41, 0)).toEqual([220, 80]);
  expect(known.canTell(within)).toBe(false);
  expect(await settle(within, 42, 150, { isLive: true })).toEqual([150, 150]);
  await expect.poll(() => known.canTell(within)).toBe(true);
  expect(await settle(within, 43, 300, { isLive: true })).toEqual([150, 150]);
  expect(await settle(within, 44, 1_000, { isLive: true })).toEqual([220, 80]);
  expect(await settle(within, 45, 1_000, { isLive: true })).toEqual([0, 300]);
  expect(await distinctIds(within)).toEqual([{ rows: "740", ids: "740" }]);
});

test("ids of a file between two batches are read again", async () => {
  const within = warehouse.in("between");
  const known = knownIdsOf(within)!;
  await settle(within, 51, 0, { isLive: true });
  await expect.poll(() => known.canTell(within)).toBe(true);
  expect(await settle(within, 52, 500)).toEqual([220, 80]);
  expect(known.canTell(within)).toBe(false);
  expect(await settle(within, 53, 500, { isLive: true })).toEqual([0, 300]);
  await expect.poll(() => known.canTell(within)).toBe(true);
  expect(await settle(within, 54, 650, { isLive: true })).toEqual([150, 150]);
});

test("equal rows without ids of a batch are known again under their second id", async () => {
  const within = warehouse.in("live-derived");
  const how = { isLive: true, derivedIds: true };
  expect(await settle(within, 61, 0, how)).toEqual([300, 0]);
  await expect.poll(() => knownIdsOf(within)!.canTell(within)).toBe(true);
  expect(await settle(within, 62, 0, how)).toEqual([0, 300]);
  expect(await settle(within, 63, 400, how)).toEqual([300, 0]);
  expect(await settle(within, 64, 400, how)).toEqual([0, 300]);
});

test("more ids than there is room for are looked up in the tables", async () => {
  const other = mkdtempSync(join(tmpdir(), "touchline-settle-"));
  // One folder at a time: this test is the last of its file.
  await warehouse.close();
  warehouse = await openWarehouse({ kind: "folder", path: other }, Buffer.alloc(32, 1));
  try {
    const within = warehouse.in("many");
    const known = knownIdsOf(within, 300)!;
    expect(await settle(within, 1, 0, { isLive: true })).toEqual([220, 80]);
    await expect.poll(() => known.canTell(within)).toBe(true);
    expect(await settle(within, 2, 150, { isLive: true })).toEqual([150, 150]);
    expect(known.canTell(within)).toBe(false);
    expect(await settle(within, 3, 300, { isLive: true })).toEqual([150, 150]);
    expect(known.canTell(within)).toBe(false);
    expect(await distinctIds(within)).toEqual([{ rows: "520", ids: "520" }]);
  } finally {
    await warehouse.close();
    rmSync(other, { recursive: true, force: true });
    warehouse = await openWarehouse({ kind: "folder", path: folder }, Buffer.alloc(32, 1));
  }
});
