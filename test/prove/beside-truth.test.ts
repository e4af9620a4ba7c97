import { expect, test } from "vitest";
import { besideTruth } from "./beside-truth.ts";
import type { KnownMarket } from "./market/known-market.ts";

/** Channels with the same curve; the first is worth three times as much a touch as the second, the third nothing. */
function known(given: Partial<KnownMarket["channels"][number]> = {}): KnownMarket {
  const perTouch = [3, 1, 0];
  return {
    ...{
      kind: "capture",
      seed: 1,
      size: 1,
      days: 100,
      firstDay: "2026-01-01",
      conversions: 12_000,
      touches: 400_000,
      baseline: 9_000,
    },
    channels: ["Meta", "TikTok", "Brand"].map((name, i) => ({
      ...{
        name,
        campaigns: [name],
        interaction: "click",
        isPaid: true,
        isOwned: false,
        isDemandCapture: name === "Brand",
      },
      ...{
        coverage: 1,
        isTested: false,
        incremental: perTouch[i]! * 500,
        incrementalRevenue: perTouch[i]! * 500,
        today: 100,
      },
      ...(name === "Brand" ? given : {}),
    })),
    worthFacts: {
      channels: perTouch.map((each) => ({
        ...{ isPaid: true, delivery: { cap: 1_000, half: 100, exponent: 1 }, volume: 500, perTouch: each },
      })),
      repeats: null,
    },
  };
}
const attribution = (flags: string[] = []) => ({
  model: "incremental",
  channels: [{ channel: "Meta", conversions: 1_400, interval: null, flags }],
});
const plan = { status: "optimal", model: "incremental", allocation: [{ channel: "Meta", recommended: 150 }] };
const bestOf = (...given: Parameters<typeof besideTruth>) => besideTruth(...given).channels.map(({ best }) => best!);

test("a plan is held against the best split, and keeps what it does not name", () => {
  const { worth, channels } = besideTruth(known(), attribution(), plan);
  expect(channels.map(({ planned }) => planned)).toEqual([150, 100, 100]);
  expect(worth!.today).toBeCloseTo(3 * 500 + 500, 9);
  expect(worth!.planned).toBeCloseTo(3 * 600 + 500, 9);
  expect(worth!.best).toBeGreaterThan(worth!.today);
  expect(besideTruth(known(), attribution(), null).worth).toBeNull();
});

test("the best split keeps today's spend of demand capture, unless a lift test speaks of it", () => {
  const [meta, tiktok, brand] = bestOf(known(), attribution(), plan);
  expect(brand).toBe(100);
  expect(meta! + tiktok!).toBeCloseTo(200, 9);
  // Equal slopes: 3 / (100 + a)^2 = 1 / (100 + b)^2 where a + b = 200.
  expect(meta!).toBeCloseTo((400 * Math.sqrt(3)) / (1 + Math.sqrt(3)) - 100, 1);
  const [, , tested] = bestOf(known({ isTested: true }), attribution(), plan);
  expect(tested!).toBeLessThan(1);
});

test("a channel that is flagged as demand capture is held too, though it be none", () => {
  const [meta] = bestOf(known(), attribution(["demand-capture"]), plan);
  expect(meta).toBe(100);
});
