import { describe, expect, test } from "vitest";
import { uniformFrom } from "../../experiments/panel.fixture.ts";
import { calibrateByTests } from "./calibrate.ts";

const DRAWS = 20_000;
const options = (suspicion: readonly number[], seed = 1) => ({
  random: uniformFrom(seed),
  suspicion: Float64Array.from(suspicion),
});

/** Two channels around the means, independent. */
function drawnAround(means: readonly number[], spread: number): Float64Array {
  const random = uniformFrom(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Float64Array.from({ length: DRAWS * means.length }, (_, at) =>
    Math.max(0, means[at % means.length]! * (1 + spread * normal())),
  );
}

function momentsOf(drawn: Float64Array, channel: number, channels = 2): { mean: number; deviation: number } {
  const own = drawn.filter((_, at) => at % channels === channel);
  const mean = own.reduce((sum, each) => sum + each, 0) / own.length;
  return { mean, deviation: Math.sqrt(own.reduce((sum, each) => sum + (each - mean) ** 2, 0) / own.length) };
}

describe("calibration by lift tests", () => {
  test("moves nothing on average where there is no test", () => {
    const drawn = drawnAround([1_000, 400], 0.1);
    const factors = calibrateByTests(drawn, 2, [], options([0, 1]));
    for (const factor of factors) expect(Math.abs(factor - 1)).toBeLessThan(0.02);
    expect(momentsOf(drawn, 0).mean / 1_000).toBeCloseTo(1, 2);
  });

  test("meets a test that is exact, whatever the model said", () => {
    for (const incremental of [200, 1_000, 1_600]) {
      const drawn = drawnAround([1_000, 400], 0.1);
      const evidence = { channel: 0, incremental, standardError: 1e-6, share: 1 };
      const factors = calibrateByTests(drawn, 2, [evidence], options([0, 0]));
      expect(momentsOf(drawn, 0).mean / incremental).toBeCloseTo(1, 2);
      expect(factors[0]! / (incremental / 1_000)).toBeCloseTo(1, 1);
      expect(momentsOf(drawn, 0).deviation).toBeLessThan(0.02 * incremental);
    }
  });

  test("narrows where a test agrees, and leaves the mean", () => {
    const evidence = { channel: 0, incremental: 500, standardError: 25, share: 0.5 };
    const without = drawnAround([1_000, 400], 0.1);
    calibrateByTests(without, 2, [], options([0, 0]));
    const drawn = drawnAround([1_000, 400], 0.1);
    const [factor, other] = calibrateByTests(drawn, 2, [evidence], options([0, 0]));
    expect(factor).toBeCloseTo(1, 1);
    expect(other).toBeCloseTo(1, 1);
    expect(momentsOf(drawn, 0).deviation).toBeLessThan(0.6 * momentsOf(without, 0).deviation);
    expect(momentsOf(drawn, 1).deviation / momentsOf(without, 1).deviation).toBeCloseTo(1, 1);
  });

  test("takes what a test finds of a suspicious channel to hold for other suspicious ones, and not for the rest", () => {
    const evidence = { channel: 0, incremental: 400, standardError: 20, share: 1 };
    const drawn = drawnAround([1_000, 1_000, 1_000], 0.05);
    const factors = calibrateByTests(drawn, 3, [evidence], options([1, 1, 0]));
    expect(factors[0]).toBeLessThan(0.6);
    expect(factors[1]).toBeLessThan(0.97);
    expect(factors[2]).toBeCloseTo(1, 1);
  });

  test("never draws a negative effect, nor a number that is none", () => {
    for (const incremental of [-500, 0, 1e9]) {
      const drawn = drawnAround([1_000, 0], 0.1);
      const factors = calibrateByTests(
        drawn,
        2,
        [
          { channel: 0, incremental, standardError: 10, share: 1 },
          { channel: 1, incremental: 100, standardError: 10, share: 0.3 },
        ],
        options([1, 1]),
      );
      expect(drawn.every((each) => each >= 0 && Number.isFinite(each))).toBe(true);
      expect(factors.every((each) => each >= 0 && Number.isFinite(each))).toBe(true);
    }
  });
});
