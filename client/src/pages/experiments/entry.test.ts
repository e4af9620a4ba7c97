import { expect, test } from "vitest";
import { readEntry, type TypedEntry } from "./entry.ts";

const TYPED: TypedEntry = {
  ...{ experimentId: "t", channel: "Search", method: "geo", startDate: "2026-02-01", endDate: "2026-02-14" },
  ...{ spend: "1 234,50", incremental: "300", standardError: "40", conversionType: "", estimand: "" },
};

test("figures are read as people type them, and conversions may be lost", () => {
  expect(readEntry(TYPED, "fr")).toEqual({ problems: {}, spend: 1234.5, incremental: 300, standardError: 40 });
  expect(readEntry({ ...TYPED, incremental: "−12.5" }, "en").incremental).toBe(-12.5);
});

test("what is missing or no number is named by its field", () => {
  const { problems } = readEntry(
    { ...TYPED, experimentId: " ", spend: "-5", incremental: "many", standardError: "" },
    "en",
  );
  expect(problems).toEqual({
    experimentId: "missing",
    spend: "negative",
    incremental: "notANumber",
    standardError: "missing",
  });
});
