import { DEFAULT_MODEL } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { parsePageSearch } from "./search.ts";

describe("the address of a page", () => {
  it("keeps its days and its model", () => {
    expect(parsePageSearch({ from: "2025-01-01", to: "2025-01-31", model: "last" })).toEqual({
      from: "2025-01-01",
      to: "2025-01-31",
      model: "last",
    });
  });

  it("keeps a preset, unless it names days of its own", () => {
    expect(parsePageSearch({ days: "last28" })).toEqual({ days: "last28" });
    expect(parsePageSearch({ days: "someday" })).toEqual({});
    expect(parsePageSearch({ days: "last7", from: "2025-01-01", to: "2025-01-02" })).toEqual({
      ...{ from: "2025-01-01", to: "2025-01-02" },
    });
  });

  it("keeps what the figures are narrowed to, each name once, and as many types as the server takes", () => {
    expect(parsePageSearch({ channels: ["b", "a", "b", 3, ""], types: [], customers: "new", compare: "year" })).toEqual(
      {
        ...{ channels: ["a", "b"], customers: "new", compare: "year" },
      },
    );
    expect(parsePageSearch({ types: Array.from({ length: 99 }, (_, i) => `t${i}`) }).types).toHaveLength(50);
    expect(parsePageSearch({ customers: "loyal", compare: "previous", channels: "a" })).toEqual({});
  });

  it("drops half a range, a reversed one and days that do not exist", () => {
    expect(parsePageSearch({ from: "2025-01-01" })).toEqual({});
    expect(parsePageSearch({ from: "2025-02-01", to: "2025-01-01" })).toEqual({});
    expect(parsePageSearch({ from: "2025-02-30", to: "2025-03-01" })).toEqual({});
    expect(parsePageSearch({ from: 20250101, to: ["x"] })).toEqual({});
  });

  it("drops an unknown model and leaves the default one out", () => {
    expect(parsePageSearch({ model: "astrology" })).toEqual({});
    expect(parsePageSearch({ model: DEFAULT_MODEL })).toEqual({});
  });
});
