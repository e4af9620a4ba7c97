import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepRoom, StoreFull } from "./keep-room.ts";

let db: PGlite;
let free = 1e9;
beforeAll(async () => {
  db = keepRoom(await PGlite.create(), "/data/accounts", () => free);
  await db.query("CREATE TABLE notes (text text)");
});
afterAll(() => db.close());

const notes = async () => (await db.query("SELECT text FROM notes")).rows;

it("writes as long as there is room", async () => {
  await db.query("INSERT INTO notes VALUES ('one')");
  await db.transaction((tx) => tx.query("INSERT INTO notes VALUES ('two')"));
  expect(await notes()).toHaveLength(2);
});

it("says what is wrong in place of a write, and goes on reading", async () => {
  free = 1e6;
  await expect(db.query("INSERT INTO notes VALUES ('three')")).rejects.toThrow(StoreFull);
  await expect(db.query("  update notes SET text = 'x'")).rejects.toThrow(/less than 64 MB left.*make room/);
  await expect(db.transaction((tx) => tx.query("DELETE FROM notes"))).rejects.toThrow(StoreFull);
  expect(await notes()).toHaveLength(2);
});

it("writes again once there is room", async () => {
  free = 1e9;
  await db.query("INSERT INTO notes VALUES ('four')");
  expect(await notes()).toHaveLength(3);
});
