import { describe, expect, it } from "vitest";
import type { AllocationRow, Period } from "../contract/index.ts";
import { movedPerWeek } from "./moved-per-week.ts";

const plan = (period: Period, ...moves: (readonly [current: string, recommended: string])[]) => ({
  period,
  allocation: moves.map(([current, recommended]) => ({ current, recommended }) as AllocationRow),
});

describe("money moved a week", () => {
  it("is half of all changes where the total stays", () => {
    expect(movedPerWeek(plan("week", ["100.00", "160.50"], ["200.00", "139.50"], ["7.00", "7.00"]))).toBe(60.5);
  });

  it("is all of the money that comes in or goes out", () => {
    expect(movedPerWeek(plan("week", ["100.00", "400.00"], ["50.00", "50.00"]))).toBe(300);
    expect(movedPerWeek(plan("week", ["100.00", "20.00"], ["50.00", "60.00"]))).toBe(80);
  });

  it("is that of a week, whatever the plan's period", () => {
    const moves = [
      ["10.00", "20.00"],
      ["20.00", "10.00"],
    ] as const;
    expect(movedPerWeek(plan("day", ...moves))).toBe(70);
    expect(movedPerWeek(plan("month", ...moves))).toBeCloseTo((10 * 7 * 12) / 365.2425, 2);
  });

  it("is nothing where everything stays", () => {
    expect(movedPerWeek(plan("week", ["10.00", "10.00"]))).toBe(0);
    expect(movedPerWeek(plan("week"))).toBe(0);
  });
});
