import { geometricKernel, normalised } from "../../response/series/adstock.ts";
import type { WeeksProblem } from "./problem.ts";

/** Three channels over six weeks with a peak: carry-over, carry-in, four tail weeks counted, weekly limits. */
export const sixWeeks: WeeksProblem = {
  objective: {},
  weeks: 6,
  season: [1, 1, 1.1, 1.4, 1.2, 1, 1, 1, 1, 1],
  channels: [
    {
      name: "television",
      curve: { type: "hill", beta: 120_000, k: 35_000, s: 1 },
      kernel: normalised(geometricKernel(0.6, 5)),
      before: [15_000, 14_000, 12_000, 11_000],
      lower: 2000,
      upper: 30_000,
    },
    {
      name: "search",
      curve: { type: "log", a: 24_000, b: 8000 },
      kernel: [1],
      before: [9000],
      lower: 3000,
      upper: 20_000,
    },
    {
      name: "social",
      curve: { type: "exp", a: 42_000, b: 15_000 },
      kernel: [0.2, 0.5, 0.3],
      before: [6000, 8000],
      lower: 0,
      upper: null,
    },
  ],
  constraints: [
    { type: "total_spend", sense: "=", value: 170_000 },
    { type: "weekly_spend", min: 14_000, max: 36_000 },
  ],
};

/** A plan of the size that people make: pacing, groups, totals and a promise over many channels and weeks. */
export function manyWeeks(channels: number, weeks: number, pace: number): WeeksProblem {
  let state = 5;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  return {
    objective: {},
    weeks,
    season: Array.from({ length: weeks + 5 }, (_, t) => 1 + 0.4 * Math.sin(t / 2)),
    channels: Array.from({ length: channels }, (_, i) => {
      const [size, bend, keep] = [2e4 + 1e5 * random(), 1e4 + 3e4 * random(), 0.1 + 0.7 * random()];
      const curves = [
        { type: "hill", beta: size, k: bend, s: 1 },
        { type: "log", a: size / 2, b: bend },
        { type: "exp", a: size, b: bend },
        { type: "power", a: size / bend ** 0.5, p: 0.5 },
      ] as const;
      return {
        name: `channel ${i}`,
        curve: curves[i % 4]!,
        kernel: normalised(geometricKernel(keep, 6)),
        before: [9000, 9000, 9000, 9000, 10_000],
        lower: i % 3 === 0 ? 1000 : 0,
        upper: i % 2 === 0 ? 30_000 : null,
      };
    }),
    constraints: [
      { type: "total_spend", sense: "=", value: channels * weeks * 9000 },
      { type: "weekly_spend", min: channels * 6000, max: channels * 11_000 },
      { type: "pacing_pct", value: pace },
      { type: "group_weekly_spend", name: "video", members: ["channel 1", "channel 2"], min: null, max: 17_000 },
      { type: "channel_total", channel: "channel 3", min: weeks * 5000, max: null },
      { type: "commitment", channel: "channel 0", week: 2, value: 7000 },
    ],
  };
}
