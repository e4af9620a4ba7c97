import { expect, test } from "vitest";
import { sumDecimals } from "../../format/decimal.ts";
import { narrowComparison } from "./narrow-comparison.ts";
import { comparison } from "./shop.fixture.ts";

test("what is not chosen stands together, and credit still adds up to what is booked", () => {
  const [first] = comparison.models[0]?.channels ?? [];
  const narrowed = narrowComparison(comparison, [first?.channel ?? ""], "Others");
  for (const model of narrowed.models) {
    expect(model.channels.map(({ channel }) => channel)).toEqual([first?.channel, "Others"]);
    const all = sumDecimals([...model.channels.map(({ revenue }) => revenue), model.noTouch.revenue]);
    expect(Number(all)).toBe(Number(comparison.booked.revenue));
  }
});

test("channels that are not there narrow nothing", () => {
  expect(narrowComparison(comparison, ["Nobody"], "Others")).toBe(comparison);
  expect(narrowComparison(comparison, [], "Others")).toBe(comparison);
});
