import { describe, expect, it } from "vitest";
import { PAGES } from "../pages.ts";
import { GO_KEYS, isPlain, readShortcut, shiftedRange } from "./shortcuts.ts";

describe("shortcuts", () => {
  it("lead to every page of the navigation, by g and a letter", () => {
    expect(PAGES.map(({ to }) => to).filter((to) => !(Object.values(GO_KEYS) as string[]).includes(to))).toEqual([]);
    expect(readShortcut("g", false)).toBe("going");
    expect(readShortcut("p", true)).toEqual({ kind: "go", to: "/performance" });
  });

  it("mean nothing by their letter alone", () => {
    for (const key of Object.keys(GO_KEYS)) expect(readShortcut(key, false)).toBeNull();
    expect(readShortcut("constructor", true)).toBeNull();
    expect(readShortcut("toString", false)).toBeNull();
  });

  it("open the search, the list of themselves, and shift the days", () => {
    expect(readShortcut("/", false)).toEqual({ kind: "palette" });
    expect(readShortcut("?", true)).toEqual({ kind: "help" });
    expect(readShortcut("[", false)).toEqual({ kind: "shift", by: -1 });
  });

  it("are pressed without Ctrl, Alt or ⌘, unless a keyboard needs AltGr to write the character", () => {
    const pressed = (keys: object, altGraph = false) => ({
      ...{ ctrlKey: false, metaKey: false, altKey: false, getModifierState: () => altGraph },
      ...keys,
    });
    expect(isPlain(pressed({}))).toBe(true);
    expect(isPlain(pressed({ metaKey: true }))).toBe(false);
    expect(isPlain(pressed({ ctrlKey: true, altKey: true }, true))).toBe(true);
  });
});

describe("days that are shifted by their length", () => {
  const days = { from: "2026-01-01", to: "2026-03-31" };

  it("touch those before, and come back", () => {
    const week = { from: "2026-02-09", to: "2026-02-15" };
    const before = { from: "2026-02-02", to: "2026-02-08" };
    expect(shiftedRange(week, days, -1)).toEqual(before);
    expect(shiftedRange(before, days, 1)).toEqual(week);
  });

  it("stay where the data ends", () => {
    expect(shiftedRange({ from: "2026-01-01", to: "2026-01-31" }, days, -1)).toBeNull();
    expect(shiftedRange({ from: "2026-03-25", to: "2026-03-31" }, days, 1)).toBeNull();
  });
});
