import { expect, test } from "vitest";
import { mapInTurns } from "./map-in-turns.ts";

const numbers = Array.from({ length: 1_000 }, (_, i) => i);

/** Looks on while work of that many milliseconds is done. */
function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("a list is mapped in its order, and an error is the caller's", async () => {
  expect(await mapInTurns([], String)).toEqual([]);
  expect(await mapInTurns(numbers, (n) => n * 2)).toEqual(numbers.map((n) => n * 2));
  const failing = mapInTurns(numbers, (n) => {
    if (n === 500) throw new Error("no such row");
    return n;
  });
  await expect(failing).rejects.toThrow("no such row");
});

test("others have their turn while a long list is mapped", async () => {
  let turns = 0;
  const others = setInterval(() => turns++, 1);
  await mapInTurns(numbers.slice(0, 640), () => busyFor(0.5));
  clearInterval(others);
  expect(turns).toBeGreaterThan(5);
});
