import { expect, test } from "vitest";
import { cutByDays } from "./sold-ranges.ts";

const day = (number: number, sold: number) => ({ day: `2025-03-0${number}`, sold });

test("few conversions are one range, from the first day that has some to the last", () => {
  expect(cutByDays([day(1, 3), day(4, 2)], 5)).toEqual([{ soldFrom: "2025-03-01", soldTo: "2025-03-04" }]);
});

test("a range ends before it has too many, and a day of more stands alone", () => {
  expect(cutByDays([day(1, 3), day(2, 3), day(3, 2), day(5, 9), day(6, 1)], 5)).toEqual([
    { soldFrom: "2025-03-01", soldTo: "2025-03-01" },
    { soldFrom: "2025-03-02", soldTo: "2025-03-03" },
    { soldFrom: "2025-03-05", soldTo: "2025-03-05" },
    { soldFrom: "2025-03-06", soldTo: "2025-03-06" },
  ]);
});

test("nothing sold is no range", () => {
  expect(cutByDays([], 5)).toEqual([]);
});
