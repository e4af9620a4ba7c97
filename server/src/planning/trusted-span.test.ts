import type { Curve } from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { fittedChannel, freeLimits, shop } from "./curves.fixture.ts";
import { prepareChannels } from "./prepare-channels.ts";
import { logDeviation, trustedSpan } from "./trusted-span.ts";

const hills = (...ceilings: number[]): Curve[] => ceilings.map((beta) => ({ type: "hill", beta, k: 100, s: 1 }));

describe("how far a plan may go from today's spend", () => {
  test("a response that all draws agree on limits nothing", () => {
    expect(trustedSpan(hills(100, 100, 100), 50)).toBeNull();
    expect(trustedSpan(hills(90, 100, 110), 50)).toBeNull();
  });

  test("one that is known within a factor of e may be multiplied or divided by e", () => {
    const draws = hills(100 / Math.E, 100, 100 * Math.E);
    expect(logDeviation(draws, 50)).toBeCloseTo(1, 12);
    const { lower, upper } = trustedSpan(draws, 50)!;
    expect(lower).toBeCloseTo(50 / Math.E, 9);
    expect(upper).toBeCloseTo(50 * Math.E, 9);
  });

  test("the more uncertain, the closer to today's spend, which always lies between", () => {
    const spans = [2, 4, 8, 64].map((factor) => trustedSpan(hills(100 / factor, 100, 100 * factor), 50)!);
    for (const [i, { lower, upper }] of spans.entries()) {
      expect(lower).toBeLessThan(50);
      expect(upper).toBeGreaterThan(50);
      if (i > 0) expect(upper).toBeLessThan(spans[i - 1]!.upper);
    }
  });
});

describe("a channel of the plan whose response is hardly known", () => {
  const unsure = fittedChannel("Radio", {
    ceiling: 500,
    halfSpend: 100,
    currentSpend: 50,
    ceilingFactors: [1 / Math.E, 1, Math.E],
  });
  const curves = { ...shop, channels: [...shop.channels, unsure] };
  const radio = (limits: object) =>
    prepareChannels(curves, { ...freeLimits, ...limits }).channels.find(({ name }) => name === "Radio")!;

  test("moves as far as it is trusted", () => {
    const { lower, upper, trusted, asked } = radio({});
    expect(trusted).toEqual({ lower, upper });
    expect(asked).toEqual({ lower, upper });
    expect(upper).toBeCloseTo(50 * Math.E, 9);
  });

  test("moves as far as the caller says, where the caller says so", () => {
    const bounds = [{ channel: "Radio", lower: 0, upper: null, locked: false }];
    expect(radio({ bounds })).toMatchObject({ lower: 0, upper: null, trusted: null });
  });

  test("keeps the change limit as well", () => {
    const { lower, upper } = radio({ maxChange: 0.2 });
    expect(lower).toBeCloseTo(40, 9);
    expect(upper).toBeCloseTo(60, 9);
  });

  test("gives way where it would take more than half of a small budget", () => {
    const { lower, trusted } = radio({ budget: 10 });
    expect(lower).toBeLessThan(5);
    expect(lower).toBeGreaterThan(0);
    expect(trusted!.lower).toBe(lower);
  });
});
