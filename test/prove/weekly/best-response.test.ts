import { expect, test } from "vitest";
import { Random } from "../../../server/src/random.ts";
import { findBestResponse } from "./best-response.ts";
import { findBreaches } from "./rails.ts";

const worthOf = (gains: readonly number[], halves: readonly number[]) => (spend: ArrayLike<number>) =>
  gains.reduce((total, gain, i) => total + (gain * spend[i]!) / (halves[i]! + spend[i]!), 0);

test("no split of a fine grid within the rails is worth more", () => {
  const random = new Random(5);
  let compared = 0;
  for (let round = 0; round < 20; round++) {
    const from = [100, 60, 40].map((level) => level * (0.5 + random.uniform()));
    const total = from[0]! + from[1]! + from[2]!;
    const worth = worthOf(
      from.map(() => 100 + 900 * random.uniform()),
      from.map(() => 20 + 200 * random.uniform()),
    );
    const found = findBestResponse({ worth, from, held: [false, false, false] });
    expect(findBreaches(["a", "b", "c"], from, found, [999, 999, 999])).toEqual([]);
    let best = 0;
    for (let a = -60; a <= 60; a++) {
      for (let b = -60; b <= 60; b++) {
        const first = from[0]! * (1 + a / 300);
        const second = from[1]! * (1 + b / 300);
        const split = [first, second, total - first - second];
        if (Math.abs(split[2]! / from[2]! - 1) > 0.2) continue;
        const moved = split.reduce((all, spend, i) => all + Math.max(0, spend - from[i]!), 0);
        if (moved > 0.1 * total) continue;
        best = Math.max(best, worth(split));
        compared++;
      }
    }
    expect(worth(found)).toBeGreaterThanOrEqual(best * (1 - 1e-9));
  }
  expect(compared).toBeGreaterThan(1000);
});

test("held channels and channels without spend stay", () => {
  const worth = worthOf([100, 900, 500, 400], [50, 50, 50, 50]);
  const found = findBestResponse({ worth, from: [50, 50, 50, 0], held: [false, true, false, false] });
  expect([found[1], found[3]]).toEqual([50, 0]);
  expect(found[2]).toBeCloseTo(60, 2);
});
