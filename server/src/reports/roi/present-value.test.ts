import fc from "fast-check";
import { expect, test } from "vitest";
import { FinanceSettings } from "../../contract/index.ts";
import { monthlyRate, presentValueOf, worthByMonth } from "./present-value.ts";

test("twelve months compound to the year", () => {
  expect((1 + monthlyRate(0.08)) ** 12).toBeCloseTo(1.08, 12);
});

test("what is paid in a year is discounted by a year, and a higher rate never makes it more", () => {
  expect(presentValueOf([...Array<number>(12).fill(0), 1], 0.1)).toBeCloseTo(1 / 1.1, 12);
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), rate, rate, (shares, a, b) => {
      expect(presentValueOf(shares, 0)).toBeCloseTo(
        shares.reduce((sum, share) => sum + share, 0),
        9,
      );
      expect(presentValueOf(shares, Math.max(a, b))).toBeLessThanOrEqual(
        presentValueOf(shares, Math.min(a, b)) + 1e-12,
      );
    }),
  );
});

test("a month is worth what the mix of its types is worth", () => {
  const finance = FinanceSettings.parse({
    discountRate: 0.1,
    paymentsOverTime: [{ conversionType: "subscription", shares: [...Array<number>(12).fill(0), 1] }],
  });
  const booked = [
    { month: "2026-01", conversionType: "subscription", revenue: "50" },
    { month: "2026-01", conversionType: "purchase", revenue: "50" },
  ];
  expect(worthByMonth(booked, finance)!.get("2026-01")).toBeCloseTo((1 + 1 / 1.1) / 2, 12);
  expect(worthByMonth(booked, FinanceSettings.parse({}))).toBeNull();
});
