import fc from "fast-check";
import { expect, test } from "vitest";
import type { Adjustment } from "../../contract/index.ts";
import { sumOf } from "../../exact.ts";
import { withoutStrayCents } from "./late-data.ts";

const spend = (channel: string, amount: string, rows: number): Adjustment => ({
  ...{ month: "2024-01", countedIn: "2024-02", channel, kind: "spend", amount, rows },
});

test("a cent of a channel to which nothing came goes with the largest late amount", () => {
  const late = [spend("Search", "-0.01", 0), spend("Radio", "12.5", 3), spend("TV", "1", 1)];
  expect(withoutStrayCents(late)).toEqual([spend("Radio", "12.49", 3), spend("TV", "1", 1)]);
  expect(withoutStrayCents([spend("Search", "-0.01", 0), spend("TV", "0.01", 0)])).toEqual([]);
  expect(withoutStrayCents([spend("Search", "0.01", 0)])).toEqual([spend("Search", "0.01", 0)]);
});

test("whatever goes where, the sum stays", () => {
  const amount = fc.integer({ min: -300, max: 300 }).map((cents) => (cents / 100).toFixed(2));
  const row = fc.tuple(amount, fc.integer({ min: 0, max: 3 })).map(([of, rows]) => spend(String(rows), of, rows));
  fc.assert(
    fc.property(fc.array(row), (late) => {
      const sum = (list: readonly Adjustment[]) => sumOf(list.map((each) => each.amount));
      expect(sum(withoutStrayCents(late))).toBe(sum(late));
    }),
  );
});
