import { expect, test } from "vitest";
import { lastDayOf, parsePacingSearch, shiftMonth } from "./pacing-search.ts";

test("the address keeps a month and a day, and drops what is neither", () => {
  expect(parsePacingSearch({ month: "2026-10", on: "2026-10-20" })).toEqual({ month: "2026-10", on: "2026-10-20" });
  expect(parsePacingSearch({ month: "2026-13", on: "yesterday" })).toEqual({});
});

test("months are counted over the ends of years, and know their last day", () => {
  expect(shiftMonth("2026-12", 1)).toBe("2027-01");
  expect(shiftMonth("2026-01", -1)).toBe("2025-12");
  expect(lastDayOf("2028-02")).toBe("2028-02-29");
  expect(lastDayOf("2026-12")).toBe("2026-12-31");
});
