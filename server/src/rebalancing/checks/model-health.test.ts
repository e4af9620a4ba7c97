import { expect, test } from "vitest";
import { type FittedRun, judgeModel } from "./model-health.ts";

type Channel = FittedRun["channels"][number];

const channel = (name: string, conversions: number, change: Partial<Channel> = {}): Channel => ({
  ...{ channel: name, conversions: String(conversions), spend: "100", flags: [] },
  interval: { low: 0.8 * conversions, high: 1.2 * conversions },
  ...change,
});
const runOf = (...channels: Channel[]): FittedRun => ({ totals: { conversions: "1000" }, channels });

const LAST = runOf(channel("Search", 200), channel("Social", 100), channel("Video", 50), channel("Mail", 10));

test("a model that moves within its intervals is steady", () => {
  const checks = judgeModel(LAST, runOf(channel("Search", 215), channel("Social", 90), channel("Video", 57)));
  expect(checks).toMatchObject([{ outcome: "passed", numbers: { says: "fine", channels: 3 } }]);
});

test("a channel that jumps beyond both intervals is held, with the figures of both", () => {
  const checks = judgeModel(LAST, runOf(channel("Search", 200), channel("Social", 180), channel("Video", 50)));
  expect(checks).toMatchObject([
    { channel: "Social", outcome: "held", numbers: { says: "jumped", before: 0.1, after: 0.18, highBefore: 0.12 } },
  ]);
  expect(checks[0]!.text).toMatch(
    /^The credit of Social jumped from 10 % to 18 % of all conversions since the last run/,
  );
});

test("what is small does not matter, what nobody has an interval of cannot jump, and a new channel has not jumped", () => {
  const now = runOf(channel("Mail", 30), channel("Video", 150, { interval: null }), channel("Radio", 100));
  expect(judgeModel(LAST, now)).toMatchObject([{ outcome: "passed" }]);
});

test("a model that contradicts itself on most of the money blocks", () => {
  const now = runOf(channel("Search", 100), channel("Social", 200), channel("Video", 50));
  const [block, ...held] = judgeModel(LAST, now);
  expect(block).toMatchObject({ outcome: "blocked", channel: null, numbers: { says: "most", channels: 2 } });
  expect(held.map((each) => each.channel)).toEqual(["Search", "Social"]);
});

test("a channel of which the data can no longer tell the effect is held", () => {
  const now = runOf(channel("Search", 200, { flags: ["not-identified"] }));
  expect(judgeModel(LAST, now)).toMatchObject([
    { channel: "Search", outcome: "held", numbers: { says: "unidentified" } },
  ]);
});
