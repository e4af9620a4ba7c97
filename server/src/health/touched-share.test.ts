import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { correctTouchedShare, type TouchedCounts } from "./touched-share.ts";
import { wilsonInterval } from "./wilson.ts";

interface Market {
  readonly visitors: number;
  /** Share of visitors with a touch. */
  readonly touched: number;
  /** Of the touched, and of the others, how many convert. */
  readonly convertTouched: number;
  readonly convertOthers: number;
  /** Share of visitors who let conversions be identified, and touches. */
  readonly conversionsKnown: number;
  readonly touchesKnown: number;
}

/** A market where each visitor's permission is one draw, whatever the visitor does. */
function simulate(market: Market, random: Random): TouchedCounts {
  const counts = {
    conversions: 0,
    identifiedConversions: 0,
    touchedConversions: 0,
    conversionSquares: 0,
    touches: 0,
    identifiedTouches: 0,
    touchSquares: 0,
  };
  for (let visitor = 0; visitor < market.visitors; visitor++) {
    const touches = random.chance(market.touched) ? 1 + Math.floor(random.exponential(4)) : 0;
    const converts = random.chance(touches > 0 ? market.convertTouched : market.convertOthers);
    const conversions = converts ? 1 + Math.floor(random.exponential(0.5)) : 0;
    const permission = random.uniform();
    const areTouchesKnown = permission < market.touchesKnown;
    counts.touches += touches;
    counts.conversions += conversions;
    if (areTouchesKnown) {
      counts.identifiedTouches += touches;
      counts.touchSquares += touches * touches;
    }
    if (permission < market.conversionsKnown) {
      counts.identifiedConversions += conversions;
      counts.conversionSquares += conversions * conversions;
      if (areTouchesKnown && touches > 0) counts.touchedConversions += conversions;
    }
  }
  return counts;
}

const truthOf = ({ touched, convertTouched, convertOthers }: Market) =>
  (touched * convertTouched) / (touched * convertTouched + (1 - touched) * convertOthers);

const MARKET: Market = {
  visitors: 4_000,
  touched: 0.4,
  convertTouched: 0.12,
  convertOthers: 0.05,
  conversionsKnown: 0.7,
  touchesKnown: 0.7,
};

const ROUNDS = 600;

describe("the share of conversions with a touch, corrected for missing identifiers", () => {
  it.each<[string, Partial<Market>]>([
    ["one banner for touches and conversions", {}],
    ["conversions are always known, touches need consent", { conversionsKnown: 1, touchesKnown: 0.6 }],
    ["conversions are known more often than touches", { conversionsKnown: 0.9, touchesKnown: 0.5 }],
    ["touches are known more often than conversions", { conversionsKnown: 0.5, touchesKnown: 0.9 }],
    ["everybody consents", { conversionsKnown: 1, touchesKnown: 1 }],
    ["few rows", { visitors: 600, conversionsKnown: 0.95, touchesKnown: 0.6 }],
  ])("covers the truth about 95 times of 100: %s", (_name, change) => {
    const market = { ...MARKET, ...change };
    const truth = truthOf(market);
    const random = new Random(2026, market.visitors);
    let covered = 0;
    let mean = 0;
    let observed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const share = correctTouchedShare(simulate(market, random))!;
      if (share.interval.low <= truth && truth <= share.interval.high) covered++;
      mean += share.corrected / ROUNDS;
      observed += share.observed / ROUNDS;
    }
    // Three standard errors of a coverage of 95 % in 600 rounds are 2.7 points; a bend at c = q makes it wider, never narrower.
    expect(covered / ROUNDS).toBeGreaterThan(0.923);
    expect(covered / ROUNDS).toBeLessThan(0.99);
    expect(Math.abs(mean - truth)).toBeLessThan(0.025);
    if (market.conversionsKnown < 1 || market.touchesKnown < 1) expect(observed).toBeLessThan(truth - 0.05);
  });

  it("keeps its laws on any counts", () => {
    const random = new Random(7);
    let checked = 0;
    for (let round = 0; round < 2_000; round++) {
      const conversions = 1 + random.below(200);
      const identifiedConversions = random.below(conversions + 1);
      const touches = 1 + random.below(500);
      const identifiedTouches = random.below(touches + 1);
      const share = correctTouchedShare({
        conversions,
        identifiedConversions,
        touchedConversions: random.below(identifiedConversions + 1),
        conversionSquares: identifiedConversions * (1 + random.below(3)),
        touches,
        identifiedTouches,
        touchSquares: identifiedTouches * (1 + random.below(30)),
      });
      if (share === null) {
        expect(Math.min(identifiedConversions, identifiedTouches)).toBe(0);
        continue;
      }
      const { observed, corrected, interval } = share;
      const inOrder = [0, observed, corrected, 1];
      expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
      expect(interval.low).toBeGreaterThanOrEqual(0);
      expect(interval.low).toBeLessThanOrEqual(corrected);
      expect(interval.high).toBeGreaterThanOrEqual(corrected);
      expect(interval.high).toBeLessThanOrEqual(1);
      checked++;
    }
    expect(checked).toBeGreaterThan(1_500);
  });
});

describe("Wilson's interval", () => {
  it("is the one of the textbooks", () => {
    const rounded = ({ low, high }: { low: number; high: number }) => [low.toFixed(4), high.toFixed(4)];
    expect(rounded(wilsonInterval(0.1, 10))).toEqual(["0.0179", "0.4042"]);
    expect(rounded(wilsonInterval(0, 20))).toEqual(["0.0000", "0.1611"]);
    expect(rounded(wilsonInterval(0.5, 100))).toEqual(["0.4038", "0.5962"]);
    expect(wilsonInterval(0.3, 0)).toEqual({ low: 0, high: 1 });
  });

  it("lies inside [0, 1] and narrows with more rows", () => {
    for (const share of [0, 0.001, 0.3, 0.999, 1]) {
      let before = 2;
      for (const n of [1, 3, 10, 1_000, 1e6]) {
        const { low, high } = wilsonInterval(share, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low <= share && share <= high).toBe(true);
        expect(high - low).toBeLessThan(before);
        before = high - low;
      }
    }
  });
});
