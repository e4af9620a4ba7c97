import { describe, expect, test } from "vitest";
import { type CaptureSignature, type ChannelFacts, judgeDemandCapture } from "./demand-capture.ts";
import { LAG_EDGES_DAYS } from "./lag-curves.ts";
import type { IncrementalStatistics, SparseCounts } from "./statistics.ts";

const DAYS = 120;
const PAID: ChannelFacts = { isOwned: false, isShown: false, isDeclaredCapture: false };

const binAt = (days: number): number => LAG_EDGES_DAYS.findLastIndex((edge) => edge <= days);
const nothing = (rows: number): SparseCounts => ({
  offsets: new Uint32Array(rows + 1),
  channel: new Uint16Array(0),
  bin: new Uint8Array(0),
  count: new Float32Array(0),
});

/** One channel with so many touches a day, and conversions at the given lags in days, each on day 100. */
function marketOf(touchesADay: number, lags: readonly number[]): IncrementalStatistics {
  const before: SparseCounts = {
    offsets: Uint32Array.from({ length: lags.length + 1 }, (_, row) => row),
    channel: new Uint16Array(lags.length),
    bin: Uint8Array.from(lags, binAt),
    count: new Float32Array(lags.length).fill(1),
  };
  return {
    ...{ channels: ["Search"], days: DAYS, buckets: 1 },
    touchesByDay: new Float64Array(DAYS).fill(touchesADay),
    touchesByHour: new Float64Array(24).fill((touchesADay * DAYS) / 24),
    conversions: {
      day: new Uint16Array(lags.length).fill(100),
      hour: new Uint8Array(lags.length).fill(12),
      bucket: new Uint8Array(lags.length),
      ...{ history: nothing(lags.length), before, after: nothing(lags.length) },
    },
  };
}

function judge(touchesADay: number, lags: readonly number[], facts: ChannelFacts = PAID): CaptureSignature {
  return judgeDemandCapture(marketOf(touchesADay, lags), [facts])[0]!;
}

const times = (count: number, lag: number): number[] => new Array(count).fill(lag);

describe("demand capture", () => {
  test("is what one touch in ten is followed by within the hour, and hardly later", () => {
    const signature = judge(10, [...times(120, 0.03), ...times(3, 5)]);
    expect(signature.isFlagged).toBe(true);
    expect(signature.soonPerTouch).toBeCloseTo(0.1, 3);
    expect(signature.shareSoon).toBeGreaterThan(0.9);
  });

  test("is not advertising that works over days, nor what works soon on few", () => {
    expect(judge(10, times(120, 5)).isFlagged).toBe(false);
    expect(judge(1_000, times(1_200, 0.03)).isFlagged).toBe(false);
  });

  test("needs less of a sign where the channel is declared to meet demand", () => {
    const lags = times(36, 0.03);
    expect(judge(10, lags).isFlagged).toBe(false);
    expect(judge(10, lags, { ...PAID, isDeclaredCapture: true }).isFlagged).toBe(true);
  });

  test("is not said of ads that are only shown", () => {
    expect(judge(10, times(120, 0.03), { ...PAID, isShown: true }).isFlagged).toBe(false);
  });

  test("is never said of own visits, nor from a handful of conversions", () => {
    expect(judge(10, times(120, 0.03), { ...PAID, isOwned: true }).isFlagged).toBe(false);
    expect(judge(1, times(24, 0.03)).isFlagged).toBe(false);
  });

  test("takes off what follows touches weeks later just as often", () => {
    // One conversion in ten touches and day at every lag.
    const steady = LAG_EDGES_DAYS.slice(0, -1).flatMap((from, bin) => {
      const left = (day: number) => Math.min(DAYS - day - 0.5, LAG_EDGES_DAYS[bin + 1]!) - from;
      const time = Array.from({ length: DAYS }, (_, day) => 200 * Math.max(0, left(day)));
      return times(Math.round(time.reduce((sum, each) => sum + each, 0) / 10), from);
    });
    const signature = judge(200, steady);
    expect(Math.abs(signature.soonPerTouch)).toBeLessThan(0.001);
    expect(signature.isFlagged).toBe(false);
  });

  test("of a channel without touches there is nothing to say", () => {
    expect(judge(0, [])).toEqual({ channel: 0, soonPerTouch: 0, shareSoon: 0, excess: 0, isFlagged: false });
  });
});
