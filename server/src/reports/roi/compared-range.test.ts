import { expect, test } from "vitest";
import { comparedRange, daysWithin, monthsOf } from "./compared-range.ts";

test("whole months are compared with whole months", () => {
  const march = { from: "2026-03-01", to: "2026-03-31" };
  expect(comparedRange(march, "previous")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(comparedRange({ from: "2026-01-01", to: "2026-03-31" }, "previous")).toEqual({
    ...{ from: "2025-10-01", to: "2025-12-31" },
  });
  expect(comparedRange({ from: "2024-02-01", to: "2024-02-29" }, "year")).toEqual({
    ...{ from: "2023-02-01", to: "2023-02-28" },
  });
  expect(comparedRange(march, "none")).toBeNull();
});

test("other days are compared with as many days", () => {
  expect(comparedRange({ from: "2026-03-05", to: "2026-03-11" }, "previous")).toEqual({
    ...{ from: "2026-02-26", to: "2026-03-04" },
  });
  expect(comparedRange({ from: "2024-02-29", to: "2024-03-01" }, "year")).toEqual({
    ...{ from: "2023-02-28", to: "2023-03-01" },
  });
});

test("a month that a range only touches counts with its days", () => {
  const range = { from: "2026-01-30", to: "2026-02-14" };
  expect(monthsOf(range)).toEqual(["2026-01", "2026-02"]);
  expect(daysWithin("2026-01", range)).toEqual({ days: 2, all: 31 });
  expect(daysWithin("2026-02", range)).toEqual({ days: 14, all: 28 });
  expect(daysWithin("2026-03", range)).toEqual({ days: 0, all: 31 });
});
