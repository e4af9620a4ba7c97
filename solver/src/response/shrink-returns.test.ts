import { describe, expect, test } from "vitest";
import { shrinkReturns } from "./shrink-returns.ts";

/** Normal numbers that are the same each time. */
function normals(count: number): number[] {
  let state = 12345;
  const uniform = () => {
    state = (1103515245 * state + 12345) % 2147483648;
    return (state + 0.5) / 2147483648;
  };
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

describe("returns are pulled towards each other as far as they are unknown", () => {
  test("what is known exactly stays", () => {
    const [known] = shrinkReturns([
      { value: 3, deviation: 0 },
      { value: 1, deviation: 0.8 },
    ]);
    expect(known!.factor).toBe(1);
    expect(known!.deviation).toBe(0);
  });

  test("one channel alone has nothing to be pulled to", () => {
    expect(shrinkReturns([{ value: 2, deviation: 0.7 }])[0]!.factor).toBeCloseTo(1, 12);
  });

  test("of two that look alike the one that is known less moves further, and towards the others", () => {
    const [better, worse] = shrinkReturns([
      { value: 8, deviation: 0.2 },
      { value: 8, deviation: 1.5 },
      { value: 1, deviation: 0.2 },
    ]);
    expect(worse!.factor).toBeLessThan(better!.factor);
    expect(better!.factor).toBeLessThan(1);
  });

  test("the unit of money changes no factor", () => {
    const returns = [
      { value: 0.4, deviation: 0.5 },
      { value: 2.5, deviation: 0.1 },
      { value: 7, deviation: 2 },
    ];
    const scaled = shrinkReturns(returns.map(({ value, deviation }) => ({ value: value * 1e6, deviation })));
    for (const [i, { factor, deviation }] of shrinkReturns(returns).entries()) {
      expect(scaled[i]!.factor).toBeCloseTo(factor, 9);
      expect(scaled[i]!.deviation).toBeCloseTo(deviation, 9);
    }
  });

  test("in simulated accounts it brings estimates nearer to the truth, and its deviations are honest", () => {
    const drawn = normals(4 * 8 * 400);
    let next = 0;
    let plain = 0;
    let shrunk = 0;
    let inside = 0;
    let all = 0;
    for (let account = 0; account < 400; account++) {
      const channels = Array.from({ length: 8 }, () => {
        const truth = Math.exp(0.9 * drawn[next++]!);
        const noise = 0.2 + 0.6 * Math.abs(drawn[next++]!);
        return { truth, noise, value: truth * Math.exp(noise * drawn[next++]!) };
      });
      const answers = shrinkReturns(
        channels.map(({ value, noise }) => ({ value, deviation: Math.sqrt(Math.expm1(noise ** 2)) })),
      );
      for (const [i, { truth, value }] of channels.entries()) {
        const { factor, deviation } = answers[i]!;
        plain += Math.log(value / truth) ** 2;
        shrunk += Math.log((value * factor) / truth) ** 2;
        if (Math.abs(Math.log((value * factor) / truth)) < 1.645 * Math.sqrt(Math.log1p(deviation ** 2))) inside++;
        all++;
      }
    }
    expect(shrunk).toBeLessThan(0.75 * plain);
    expect(inside / all).toBeGreaterThan(0.86);
    expect(inside / all).toBeLessThan(0.95);
  });
});
