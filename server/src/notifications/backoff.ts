/** After that many tries nobody is asked any more: a day has gone by. */
export const MOST_TRIES = 8;

const FIRST_MS = 60_000;
const GROWTH = 5;
const LONGEST_MS = 6 * 3_600_000;
const JITTER = 0.2;

/**
 * How long to wait after a try that failed: a minute, then five times as long each time, at most six hours, a fifth more or less by chance
 * so that what failed together does not come back together.
 * @param tries that were made, 1 after the first
 * @param chance from 0 to 1
 * @returns null where it was tried often enough
 */
export function waitAfter(tries: number, chance: number): number | null {
  if (tries >= MOST_TRIES) return null;
  const wait = Math.min(LONGEST_MS, FIRST_MS * GROWTH ** (tries - 1));
  return Math.round(wait * (1 + JITTER * (2 * chance - 1)));
}
