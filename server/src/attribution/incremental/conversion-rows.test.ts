import { expect, test } from "vitest";
import { joinConversions, packConversions } from "./conversion-rows.ts";

const rows = [
  { day: 1, hour: 2, bucket: 3, history: [0, 5, 2, 1], earlier: [0, 1, 4], later: [] },
  { day: 1, hour: 23, bucket: 63, history: [1, 7], earlier: [], later: [1, 0, 2, 1, 3, 1] },
  { day: 364, hour: 0, bucket: 0, history: [2, 70_000], earlier: [2, 4, 1, 2, 5, 9], later: [2, 1, 1] },
];

test("conversions in parts are the same as all at once", () => {
  for (const cut of [0, 1, 2, 3]) {
    expect(joinConversions([packConversions(rows.slice(0, cut)), packConversions(rows.slice(cut))])).toEqual(
      packConversions(rows),
    );
  }
  expect(joinConversions([])).toEqual(packConversions([]));
});

test("counts stand under the row that they belong to", () => {
  const { before, history } = packConversions(rows);
  expect([...before.offsets]).toEqual([0, 1, 1, 3]);
  expect([...before.bin]).toEqual([1, 4, 5]);
  expect([...history.count]).toEqual([5, 1, 7, 70_000]);
});
