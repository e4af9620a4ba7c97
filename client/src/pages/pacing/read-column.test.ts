import { expect, test } from "vitest";
import { fillColumn, readColumn } from "./read-column.ts";

const CHANNELS = ["Search", "Social", "Video"];

test("a pasted column fills the fields from the one on that it was pasted into", () => {
  const rows = readColumn("1 200,50\r\n800\r\n");
  expect(rows).toHaveLength(2);
  expect(fillColumn(CHANNELS, "Social", rows!)).toEqual({ Social: "1 200,50", Video: "800" });
  expect(fillColumn(CHANNELS, "Video", rows!)).toEqual({ Video: "1 200,50" });
});

test("names in a column before it say which field an amount is for, wherever it was pasted", () => {
  const rows = readColumn("video\t300\nSEARCH\t1000\nRadio\t5");
  expect(fillColumn(CHANNELS, "Search", rows!)).toEqual({ Video: "300", Search: "1000" });
});

test("a single value is no column", () => {
  expect(readColumn("1200")).toBeNull();
});
