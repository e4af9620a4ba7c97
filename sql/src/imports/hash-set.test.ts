import { expect, test } from "vitest";
import { HashSet64 } from "./hash-set.ts";

/** Numbers of 32 bits that look like chance, the same ones for the same seed (splitmix32). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let drawn = state ^ (state >>> 16);
    drawn = Math.imul(drawn, 0x21f0aaad);
    drawn ^= drawn >>> 15;
    drawn = Math.imul(drawn, 0x735a2d97);
    return (drawn ^ (drawn >>> 15)) >>> 0;
  };
}

test("what was added is found, over many segments, and nothing else", () => {
  const set = new HashSet64();
  const added = draws(1);
  for (let i = 0; i < 500_000; i++) set.add(added(), added());
  expect(set.size).toBe(500_000);

  const again = draws(1);
  let found = 0;
  for (let i = 0; i < 500_000; i++) if (set.has(again(), again())) found++;
  expect(found).toBe(500_000);

  const others = draws(2);
  let strangers = 0;
  for (let i = 0; i < 500_000; i++) if (set.has(others(), others())) strangers++;
  expect(strangers).toBe(0);
});

test("a hash that is added twice is one, and hashes of zeros are hashes", () => {
  const set = new HashSet64();
  expect(set.has(0, 0)).toBe(false);
  for (const [upper, lower] of [
    [0, 0],
    [0, 0],
    [0, 7],
    [0xffff_ffff, 0xffff_ffff],
    [0xffff_ffff, 0xffff_ffff],
  ] as const) {
    set.add(upper, lower);
    expect(set.has(upper, lower)).toBe(true);
  }
  expect(set.size).toBe(3);
  expect(set.has(0xffff_ffff, 0)).toBe(false);
});
