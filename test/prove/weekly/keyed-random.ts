import { Random } from "../../../server/src/random.ts";

/** What streams are for: no two purposes share one. */
const PURPOSES = ["event", "follow", "reach", "delivery", "sight", "report"] as const;

/**
 * A source of random numbers for one thing that may happen, named by whole numbers: the same thing draws the same, whatever else
 * happens.
 */
export function keyedRandom(purpose: (typeof PURPOSES)[number], ...key: readonly number[]): Random {
  let hash = Math.imul(PURPOSES.indexOf(purpose) + 1, 0x9e3779b1);
  for (const part of key) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return new Random(hash >>> 0, 20);
}
