import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse } from "@touchline/server/house";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-newer-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a folder that a newer version has written is refused by a sentence, accounts and data alike", async () => {
  const dataFolder = join(folder, "data");
  const first = await openHouse({ dataFolder });
  const store = await first.store();
  expect([await first.warehouse.problem(), await store.problem()]).toEqual([null, null]);
  await store.db.execute(
    "INSERT INTO store_migrations (hash, created_at) VALUES ('of a later version', 9000000000000)",
  );
  expect(await store.problem()).toMatch(/written by a newer Touchline: update Touchline/);
  await first.close();

  const second = await openHouse({ dataFolder });
  await expect(second.store()).rejects.toThrow(/the accounts in \S+ cannot be opened: .* newer Touchline/);
  const { engine } = (await second.workspace("default")).warehouse;
  await engine.run("test", "INSERT INTO schema_migrations SELECT 9999, 'of-a-later-version', now64(3)");
  expect(await second.warehouse.problem()).toMatch(/newer Touchline \(schema 9999/);
  await second.close();
  await expect(openHouse({ dataFolder })).rejects.toThrow(/written by a newer Touchline \(schema 9999/);
});
