import { expect, test } from "vitest";
import { perMinute, RateLimit } from "./rate-limit.ts";

test("what was not used may be used at once, and then the rate counts", () => {
  const limit = new RateLimit(perMinute(60));
  expect(limit.take("a", 60, 0)).toBe(0);
  expect(limit.take("a", 1, 0)).toBe(1);
  expect(limit.take("b", 60, 0)).toBe(0);
  expect(limit.take("a", 10, 5_000)).toBe(5);
  expect(limit.take("a", 10, 10_000)).toBe(0);
});

test("what is larger than the bucket passes when it is full, and is paid for afterwards", () => {
  const limit = new RateLimit({ eventsPerSecond: 10, burstSeconds: 1 });
  expect(limit.take("a", 30, 0)).toBe(0);
  expect(limit.take("a", 1, 1_000)).toBe(2);
  expect(limit.take("a", 1, 3_000)).toBe(0);
});

test("however many names come by, so many are remembered: those that were used last", () => {
  const limit = new RateLimit(perMinute(1), 100);
  limit.take("busy", 1, 0);
  for (let i = 0; i < 10_000; i++) {
    limit.take(`${i}`, 1, i);
    expect(limit.take("busy", 1, i)).toBeGreaterThan(0);
  }
  expect(limit.size).toBe(100);
});
