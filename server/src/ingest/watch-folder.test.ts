import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderWatch } from "./watch-folder.ts";

let folder: string;
let watch: FolderWatch;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-test-"));
  watch = new FolderWatch(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file as it is at a moment, in seconds. */
function write(name: string, content: string, at: number): void {
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), at, at);
}

test("a file is taken when two looks find the same, once", () => {
  write("a.csv", "x", 1000);
  expect(watch.look()).toEqual([]);
  expect(watch.look()).toEqual(["a.csv"]);
  expect(watch.look()).toEqual([]);
});

test("a file that grows is left alone until it does not", () => {
  write("a.csv", "x", 1000);
  watch.look();
  write("a.csv", "xy", 1001);
  expect(watch.look()).toEqual([]);
  expect(watch.look()).toEqual(["a.csv"]);
});

test("a file that changes, be it in its time only, is taken again", () => {
  write("a.csv", "x", 1000);
  watch.look();
  expect(watch.look()).toEqual(["a.csv"]);
  write("a.csv", "y", 1002);
  expect(watch.look()).toEqual([]);
  expect(watch.look()).toEqual(["a.csv"]);
});

test("a file is given again when the reason why it failed lies elsewhere", () => {
  write("a.csv", "x", 1000);
  watch.look();
  watch.look();
  watch.giveAgain("a.csv");
  expect(watch.look()).toEqual(["a.csv"]);
});

test("folders, empty and hidden files and files of other kinds are none", () => {
  mkdirSync(join(folder, "b.csv"));
  write("empty.csv", "", 1000);
  write(".c.csv", "x", 1000);
  write("d.pdf", "x", 1000);
  write("e.csv.part", "x", 1000);
  write("f.ndjson.gz", "x", 1000);
  watch.look();
  expect(watch.look()).toEqual(["f.ndjson.gz"]);
});
