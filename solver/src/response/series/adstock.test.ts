import { describe, expect, test } from "vitest";
import { adstock, delayedKernel, geometricKernel, normalised, weibullMassKernel } from "./adstock.ts";

const spend = Float64Array.from([5, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe("adstock", () => {
  test("a normalised kernel loses nothing that has time to arrive", () => {
    for (const kernel of [geometricKernel(0.5, 6), delayedKernel(0.6, 2, 6), weibullMassKernel(1.4, 2, 6)])
      expect(sum(adstock(spend, normalised(kernel)))).toBeCloseTo(9, 12);
  });

  test("is linear in the spend", () => {
    const kernel = geometricKernel(0.7, 8);
    const other = spend.map((_, t) => (t % 3) * 2);
    const together = adstock(
      spend.map((each, t) => 2 * each + other[t]!),
      kernel,
    );
    const apart = [adstock(spend, kernel), adstock(other, kernel)];
    for (let t = 0; t < spend.length; t++) expect(together[t]).toBeCloseTo(2 * apart[0]![t]! + apart[1]![t]!, 12);
  });

  test("a steady spend is its own adstock once the kernel is full", () => {
    const carried = adstock(new Float64Array(20).fill(4), normalised(geometricKernel(0.6, 5)));
    for (const late of carried.subarray(5)) expect(late).toBeCloseTo(4, 12);
  });

  test("nothing is carried from one region to the next", () => {
    const carried = adstock(Float64Array.from([0, 0, 9, 0, 0, 0]), geometricKernel(0.5, 3), 2);
    expect([...carried]).toEqual([0, 0, 9, 0, 0, 0]);
  });
});
