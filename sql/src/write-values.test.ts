import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Engine } from "./engine.ts";
import { connector } from "./engine-clients.ts";

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-values-"));
  engine = await Engine.open({ kind: "folder", path: folder });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const TYPES = {
  text: "String",
  texts: "Array(String)",
  none: "Array(String)",
  number: "Float64",
  numbers: "Array(Float64)",
  count: "UInt16",
  yes: "Bool",
  day: "Date",
  missing: "Nullable(String)",
} as const;

describe("values that are written into a command", () => {
  const awkward = [
    "it's",
    "a\\b",
    "\\N",
    "tab\there",
    "line\nbreak\r",
    "{x:String}",
    "é 'quoted' \\' end",
    "",
    "[1,2]",
  ];

  test.each(awkward)("are read as those that are bound: %j", async (text) => {
    const params = {
      ...{ text, texts: [text, "b", text], none: [], number: 0.1 + 0.2, numbers: [1e-300, 5, -2.5, 1 / 3] },
      ...{ count: 7, yes: true, day: "2026-03-31", missing: null },
    };
    const sql = `SELECT ${Object.entries(TYPES)
      .map(([name, type]) => `{${name}:${type}} AS p_${name}`)
      .join(", ")}`;
    const client = connector(engine.location)();
    const bound = await (await client.query({ query: sql, query_params: params, format: "JSONEachRow" })).json();
    expect(await engine.rows("written", sql, params)).toEqual(bound);
    expect(bound).toMatchObject([{ p_text: text, p_texts: [text, "b", text], p_numbers: params.numbers }]);
  });
});

test("a command with values does not wait for another connection's", async () => {
  let hasEnded = false;
  const sum = "SELECT toString(sum(sipHash64(number, {k:UInt8}))) AS sum FROM numbers({n:UInt64})";
  const long = engine.on("background").rows("long", sum, { k: 7, n: 60_000_000 });
  const ended = long.then(() => {
    hasEnded = true;
  });
  await expect.poll(() => engine.progress("long")).not.toBeNull();
  expect(await engine.rows("short", "SELECT {x:UInt8} AS x", { x: 1 })).toEqual([{ x: 1 }]);
  expect(hasEnded).toBe(false);
  await ended;
});

test("commands of work that is stopped end, and none begins after them; those of others go on", async () => {
  let isStopped = false;
  const work = {
    mark: "some-work",
    requireGoing() {
      if (isStopped) throw new Error("stopped");
    },
  };
  const long = "\n    SELECT toString(sum(sipHash64(number, {k:UInt8}))) AS sum FROM numbers({n:UInt64})";
  const own = engine.during(work);
  const stopped = own.rows("long", long, { k: 7, n: 100_000_000_000 });
  const others = engine.rows("short", long, { k: 7, n: 1_000_000 });
  const ended = expect(stopped).rejects.toThrow("stopped");
  await expect.poll(() => engine.progress("long")).not.toBeNull();
  // Asked while both are under way.
  expect(await engine.rowsAside("aside", "SELECT {x:UInt8} AS x", { x: 1 })).toEqual([{ x: 1 }]);
  isStopped = true;
  await engine.endCommands("some-work");
  await ended;
  await expect(own.rows("next", "SELECT 1")).rejects.toThrow("stopped");
  expect(await others).toHaveLength(1);
});
