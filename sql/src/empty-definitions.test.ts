import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { removeEmptyDefinitions } from "./empty-definitions.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-definitions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("only definitions of passing tables go, and only empty ones", () => {
  const database = join(folder, "store", "abc", "abcdef");
  mkdirSync(database, { recursive: true });
  const files = { "staging_3.sql": "", "staging_4.sql": "ATTACH TABLE", "touchpoints.sql": "", "staging_5.txt": "" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(database, name), text);
  expect(removeEmptyDefinitions(folder)).toEqual(["staging_3"]);
  const left = Object.keys(files).filter((name) => existsSync(join(database, name)));
  expect(left).toEqual(["staging_4.sql", "touchpoints.sql", "staging_5.txt"]);
});

test("a folder that is new has none", () => {
  expect(removeEmptyDefinitions(join(folder, "nowhere"))).toEqual([]);
});
