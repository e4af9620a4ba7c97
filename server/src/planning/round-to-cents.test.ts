import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { roundToCents } from "./round-to-cents.ts";

const free = { lower: 0, upper: null };
const cents = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + Math.round(each * 100), 0);

describe("amounts in whole cents", () => {
  it("add up to what the plan spends, each within a cent of it", () => {
    const random = new Random(7);
    for (let round = 0; round < 200; round++) {
      const spend = Array.from({ length: 1 + (round % 9) }, () => random.uniform() * 1_000);
      const total = spend.reduce((sum, each) => sum + each, 0);
      const rounded = roundToCents(
        spend,
        total,
        spend.map(() => free),
      );
      expect(cents(rounded)).toBe(Math.round(total * 100));
      for (const [i, each] of rounded.entries()) expect(Math.abs(each - spend[i]!)).toBeLessThanOrEqual(0.01 + 1e-9);
    }
  });

  it("never add up to more than the budget", () => {
    expect(cents(roundToCents([33.336, 33.336, 33.336], 100, [free, free, free]))).toBe(10_000);
  });

  it("leave a channel without room as it is printed, and give the cent to another", () => {
    const held = { lower: 10.004, upper: 10.004 };
    expect(roundToCents([10.004, 20.004, 30.002], 60.01, [held, free, free])).toEqual([10, 20.01, 30]);
    const heldUp = { lower: 10.006, upper: 10.006 };
    expect(roundToCents([10.006, 10.006, 20.002], 40.01, [heldUp, heldUp, free])).toEqual([10.01, 10.01, 19.99]);
  });

  it("stay below a cap while another channel can take the cent", () => {
    const held = { lower: 10.004, upper: 10.004 };
    const capped = { lower: 0, upper: 50 };
    const rounded = roundToCents([10.004, 10.004, 50, 20.001], 90.009, [held, held, capped, free]);
    expect(rounded).toEqual([10, 10, 50, 20.01]);
  });

  it("leave steps, and what is off or at its least, as they are", () => {
    const rooms = [{ ...free, step: 500 }, { ...free, minimumIfOn: 2_500 }, { ...free, minimumIfOn: 80 }, free];
    const fixed = { lower: 10.006, upper: 10.006 };
    const spend = [4_000, 2_500, 0, 700.009, 10.006, 10.006];
    const rounded = roundToCents(spend, 7_220.02, [...rooms, fixed, fixed]);
    expect(rounded).toEqual([4_000, 2_500, 0, 700, 10.01, 10.01]);
  });

  it("keep the least and the most of groups to the cent", () => {
    const group = { members: [0, 1], min: 100, max: 100 };
    expect(roundToCents([50.004, 49.996, 20.009, 20.009], 140.02, [free, free, free, free], [group])).toEqual([
      50, 50, 20.01, 20.01,
    ]);
    const floor = { members: [0, 1], min: 100, max: null };
    expect(roundToCents([50.004, 49.996, 20.008], 120.005, [free, free, free], [floor])).toEqual([50, 50, 20.01]);
  });

  it("are not taken from a channel at its cap while another has them", () => {
    const fixed = { lower: 10.006, upper: 10.006 };
    const rounded = roundToCents([50, 20.008, 10.006, 10.006], 90.02, [{ lower: 0, upper: 50 }, free, fixed, fixed]);
    expect(rounded).toEqual([50, 20, 10.01, 10.01]);
  });
});
