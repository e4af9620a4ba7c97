import { describe, expect, it } from "vitest";
import { MOST_TRIES, waitAfter } from "./backoff.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const tries = Array.from({ length: MOST_TRIES - 1 }, (_, index) => index + 1);

describe("the wait after a try that failed", () => {
  it("grows from a minute to six hours, and ends after about a day", () => {
    const waits = tries.map((count) => waitAfter(count, 0.5)!);
    expect(waits.map((wait) => wait / MINUTE)).toEqual([1, 5, 25, 125, 360, 360, 360]);
    const whole = waits.reduce((sum, wait) => sum + wait);
    expect(whole).toBeGreaterThan(20 * HOUR);
    expect(whole).toBeLessThan(26 * HOUR);
    expect(waitAfter(MOST_TRIES, 0.5)).toBeNull();
  });

  it("is a fifth longer or shorter by chance, and never more", () => {
    for (const count of tries) {
      const middle = waitAfter(count, 0.5)!;
      expect([waitAfter(count, 0)! / middle, waitAfter(count, 1)! / middle]).toEqual([0.8, 1.2]);
    }
  });
});
