import fc from "fast-check";
import type { Curve } from "../../response/curve-families.ts";
import { geometricKernel, normalised } from "../../response/series/adstock.ts";
import type { WeeksConstraint, WeeksProblem } from "./problem.ts";

const share = (min: number, max: number) => fc.nat(10_000).map((step) => min + ((max - min) * step) / 10_000);

function curveOf(family: number, size: number, bend: number): Curve {
  switch (family) {
    case 0:
      return { type: "hill", beta: size, k: bend, s: 1 };
    case 1:
      return { type: "log", a: size / 2, b: bend };
    case 2:
      return { type: "exp", a: size, b: bend };
    case 3:
      return { type: "logistic", a: size, lam: 1 / bend };
    case 4:
      return { type: "power", a: size / bend ** 0.55, p: 0.55 };
    default:
      return { type: "power", a: (0.6 * size) / bend, p: 1 };
  }
}

/** Two to four channels over two to seven weeks with any mix of limits; `straight` lets curves without any bend in. */
export const weeksProblem = (straight: boolean): fc.Arbitrary<WeeksProblem> =>
  fc
    .record({
      weeks: fc.integer({ min: 2, max: 7 }),
      tail: fc.integer({ min: 0, max: 3 }),
      season: fc.array(share(0.5, 1.8), { minLength: 10, maxLength: 10 }),
      channels: fc.array(
        fc.record({
          family: fc.nat(straight ? 5 : 4),
          size: share(2e4, 1e5),
          bend: share(8e3, 4e4),
          keep: share(0, 0.8),
          lags: fc.integer({ min: 1, max: 4 }),
          normalise: fc.boolean(),
          low: share(-1000, 4000),
          high: share(9000, 40_000),
          dear: fc.option(share(0.7, 1.5)),
        }),
        { minLength: 2, maxLength: 4 },
      ),
      part: share(0.1, 0.9),
      exact: fc.boolean(),
      floor: fc.option(share(0.3, 0.95), { freq: 2 }),
      cap: fc.option(share(1.05, 1.8)),
      pace: fc.option(fc.constantFrom(0, 8, 25, 60), { freq: 2 }),
      fromBefore: fc.boolean(),
      group: fc.option(share(0.3, 1.2), { freq: 2 }),
      promise: fc.option(share(2000, 12_000), { freq: 2 }),
      profit: fc.boolean(),
    })
    .map((drawn) => {
      const { weeks, tail, season, part, floor, cap, pace, group, promise } = drawn;
      const channels = drawn.channels.map((one, i) => ({
        name: `channel ${i}`,
        curve: curveOf(one.family, one.size, one.bend),
        kernel: one.normalise ? normalised(geometricKernel(one.keep, one.lags)) : geometricKernel(one.keep, one.lags),
        before: [7000, 8000, 9000],
        lower: Math.max(0, one.low),
        upper: one.high > 36_000 ? null : one.high,
        ...(one.dear === null
          ? {}
          : { costIndex: Array.from({ length: weeks }, (_, t) => 1 + (one.dear! - 1) * (t / weeks)) }),
      }));
      const least = weeks * channels.reduce((sum, { lower }) => sum + lower, 0);
      const most = weeks * channels.reduce((sum, { upper }) => sum + (upper ?? 40_000), 0);
      const value = least + part * (most - least);
      const mean = value / weeks;
      const constraints: WeeksConstraint[] = [{ type: "total_spend", sense: drawn.exact ? "=" : "<=", value }];
      if (floor !== null || cap !== null)
        constraints.push({
          type: "weekly_spend",
          min: floor === null ? null : floor * mean,
          max: cap === null ? null : cap * mean,
        });
      if (pace !== null) constraints.push({ type: "pacing_pct", value: pace, fromBefore: drawn.fromBefore });
      if (group !== null)
        constraints.push({
          type: "group_weekly_spend",
          name: "pair",
          members: ["channel 0", "channel 1"],
          min: null,
          max: group * mean,
        });
      if (promise !== null) constraints.push({ type: "commitment", channel: "channel 1", week: 1, value: promise });
      return {
        objective: drawn.profit ? { response_weight: 0.7, spend_weight: -1 } : {},
        weeks,
        season: season.slice(0, weeks + tail),
        channels,
        constraints,
      };
    });
