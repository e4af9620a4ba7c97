import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdByFile } from "./hold-by-file.ts";
import { OWNER } from "./process-owner.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-hold-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const hold = (path: string) => holdByFile(path, (owner) => `taken by ${owner}`);

test("what is held is refused to the next, and free when it is let go", () => {
  const path = join(folder, "one");
  const release = hold(path);
  expect(() => hold(path)).toThrow(`taken by ${OWNER}`);
  release();
  expect(existsSync(path)).toBe(false);
  hold(path)();
});

test("what a process that is gone has left is taken over, also by one of the same number", () => {
  const path = join(folder, "two");
  for (const owner of [`${hostname()}:4194305`, OWNER]) {
    writeFileSync(path, owner);
    hold(path)();
  }
});

test("what another machine holds is not taken over, and the sentence says how to", () => {
  const path = join(folder, "three");
  writeFileSync(path, "another:7");
  expect(() => hold(path)).toThrow(`taken by another:7; if that machine is gone, remove ${path}`);
});
