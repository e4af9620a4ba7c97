import { setImmediate } from "node:timers/promises";

/** After so long at one list, whatever else waits in this process has its turn. */
const TURN_MS = 15;
/** Looking at the clock costs as much as a short row. */
const BETWEEN_LOOKS = 64;

/** Maps a list that may be long, as `map` does, without keeping this process from everything else for as long as that takes. */
export async function mapInTurns<T, U>(items: readonly T[], map: (item: T) => U): Promise<U[]> {
  const mapped: U[] = [];
  let began = performance.now();
  for (let i = 0; i < items.length; i++) {
    mapped.push(map(items[i]!));
    if (i % BETWEEN_LOOKS !== BETWEEN_LOOKS - 1 || performance.now() - began < TURN_MS) continue;
    await setImmediate();
    began = performance.now();
  }
  return mapped;
}
