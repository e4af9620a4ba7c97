import { describe, expect, test } from "vitest";
import { returnFoundByTests } from "./tested-return.ts";

const SCOPE = {
  ...{ from: "2026-01-01", to: "2026-03-31", timeZone: "UTC", channels: ["TV"] },
  ...{ conversionTypes: ["purchase"], customers: "" },
};
const lift = {
  ...{ experimentId: "t1", channel: "TV", startDate: "2026-02-01", endDate: "2026-02-10", conversionType: "" },
  ...{ incrementalConversions: 50, standardError: 5, spend: "1000", spendControl: null, spendTest: null },
};
const spend = new Float64Array(90).fill(100);

describe("the return that lift tests found", () => {
  test("is conversions over the money that the test was about", () => {
    const { tested, tests } = returnFoundByTests("TV", spend, SCOPE, [lift]);
    expect(Math.exp(tested!.logReturn)).toBeCloseTo(0.05, 9);
    expect(tested!.deviation).toBeCloseTo(Math.hypot(0.1, 0.1), 9);
    expect(tests).toEqual(["t1"]);
  });

  test("two tests know more than one", () => {
    const other = { ...lift, experimentId: "t2", startDate: "2026-03-01", endDate: "2026-03-10" };
    const { tested } = returnFoundByTests("TV", spend, SCOPE, [lift, other]);
    expect(tested!.deviation).toBeCloseTo(Math.hypot(0.1, 0.1) / Math.SQRT2, 9);
  });

  test.each([
    ["of another channel", { channel: "Radio" }],
    ["outside of the days", { startDate: "2025-12-30" }],
    ["of another conversion type", { conversionType: "lead" }],
    ["without an error", { standardError: 0 }],
  ])("does not come from a test %s", (_, changed) => {
    expect(returnFoundByTests("TV", spend, SCOPE, [{ ...lift, ...changed }]).tested).toBeNull();
  });

  test("of a test that found nothing is small and little known", () => {
    const { tested } = returnFoundByTests("TV", spend, SCOPE, [{ ...lift, incrementalConversions: -3 }]);
    expect(Math.exp(tested!.logReturn)).toBeLessThan(0.004);
    expect(tested!.deviation).toBe(1.5);
  });
});
