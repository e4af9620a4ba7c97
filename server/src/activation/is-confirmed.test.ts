import { describe, expect, it } from "vitest";
import { isConfirmed } from "./is-confirmed.ts";

describe("spend since a change was sent", () => {
  it.each([
    ["as asked", 100, 120, 120, true],
    ["a little off", 100, 120, 115, true],
    ["nearer to what was before", 100, 120, 109, false],
    ["as before", 100, 120, 100, false],
    ["far beyond", 100, 120, 150, false],
    ["cut as asked", 100, 80, 83, true],
    ["stopped", 100, 0, 0, true],
    ["stopped, with what trickles in", 100, 0, 12, true],
    ["not stopped", 100, 0, 40, false],
    ["begun", 0, 50, 46, true],
    ["not begun", 0, 50, 0, false],
  ])("%s: %d to %d, seen %d: %s", (_, from, to, seen, isIt) => {
    expect(isConfirmed({ from, to, seen })).toBe(isIt);
  });
});
