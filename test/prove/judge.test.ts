import { describe, expect, test } from "vitest";
import { judge } from "./judge.ts";
import type { ChannelResult, Result } from "./result.ts";

const channel = (given: Partial<ChannelResult>): ChannelResult => ({
  ...{
    channel: "Meta",
    isPaid: true,
    isOwned: false,
    isDemandCapture: false,
    isTested: false,
    truth: 100,
    estimate: 100,
  },
  ...{ interval: null, flags: [], today: 10, planned: null, best: null, ...given },
});
const judged = (channels: readonly ChannelResult[], worth: Result["worth"] = null) =>
  judge({ channels: [...channels], worth });

describe("the share error", () => {
  test("is nothing where every share is right, however wrong the total", () => {
    const channels = [channel({ truth: 100, estimate: 300 }), channel({ truth: 50, estimate: 150 })];
    expect(judged(channels).shareError).toBeCloseTo(0, 12);
  });

  test("is the share of credit that stands at the wrong channel", () => {
    const found = judged([
      channel({ truth: 75, estimate: 50 }),
      channel({ channel: "TikTok", truth: 25, estimate: 50 }),
    ]);
    expect(found.shareError).toBeCloseTo(0.25, 12);
    expect(found.largestGap.gap).toBeCloseTo(-0.25, 12);
  });

  test("leaves out own visits and what is flagged, and holds against a model what it did not flag", () => {
    const honest = [channel({}), channel({ channel: "TikTok" })];
    const brand = (flags: string[]) =>
      channel({ channel: "Search A", isDemandCapture: true, truth: 0, estimate: 200, flags });
    const visits = channel({ channel: "Direct", isOwned: true, truth: 0, estimate: 900 });
    expect(judged([...honest, visits, brand(["demand-capture"])]).shareError).toBeCloseTo(0, 12);
    expect(judged([...honest, visits, brand([])]).shareError).toBeCloseTo(0.5, 12);
    expect(judged([...honest, visits, brand([])]).shareErrorOfHonest).toBeCloseTo(0, 12);
  });

  test("counts a channel that the model does not name as none, and no credit at all as wrong", () => {
    expect(judged([channel({}), channel({ channel: "TikTok", estimate: null })]).shareError).toBeCloseTo(0.5, 12);
    expect(judged([channel({ estimate: 0 })]).shareError).toBeCloseTo(0.5, 12);
  });
});

test("an interval holds the truth at its ends too, and flagged channels' are not judged", () => {
  const interval = { level: 0.9, low: 100, high: 140 };
  const { intervals } = judged([
    channel({ interval }),
    channel({ interval, truth: 141 }),
    channel({ interval: { ...interval, low: 0 }, flags: ["demand-capture"] }),
    channel({}),
  ]);
  expect(intervals).toEqual({ covered: 1, all: 2, widths: [0.4, 40 / 141] });
});

test("flags are right, wrong or missed", () => {
  const flags = ["demand-capture"];
  const { flags: found } = judged([
    channel({ isDemandCapture: true, flags }),
    channel({ isDemandCapture: true, flags: ["few-days"] }),
    channel({ flags }),
    channel({ isOwned: true, flags }),
  ]);
  expect(found).toEqual({ right: 1, wrong: 1, missed: 1 });
});

describe("a plan", () => {
  test("captures the share of the gain that it brings, and loses the rest", () => {
    const { captured, regret } = judged([channel({})], { today: 100, planned: 115, best: 120 });
    expect(captured).toBeCloseTo(0.75, 12);
    expect(regret).toBeCloseTo(1 - 115 / 120, 12);
  });

  test("can be worse than doing nothing", () => {
    const { captured, lost } = judged([channel({})], { today: 100, planned: 90, best: 120 });
    expect(captured).toBeCloseTo(-0.5, 12);
    expect(lost).toBeCloseTo(0.1, 12);
    expect(judged([channel({})], { today: 100, planned: 101, best: 120 }).lost).toBe(0);
  });

  test("has no ratio where less than 5 % can be gained, and none where there is no plan", () => {
    const small = judged([channel({})], { today: 100, planned: 104, best: 104.9 });
    expect(small.captured).toBeNull();
    expect(small.regret).toBeCloseTo(1 - 104 / 104.9, 12);
    expect(judged([channel({})])).toMatchObject({ captured: null, regret: null, lost: null });
  });
});
