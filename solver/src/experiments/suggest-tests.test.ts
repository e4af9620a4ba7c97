import { expect, test } from "vitest";
import { normalFrom, uniformFrom } from "./panel.fixture.ts";
import { type KnownChannel, suggestTests } from "./suggest-tests.ts";

const OPTIONS = { movableShare: 0.2, testPrecision: 0.25 };
const channel = (name: string, change: Partial<KnownChannel> = {}): KnownChannel => ({
  ...{ channel: name, spend: 1_000, mean: 2, standardError: 0.5, low: null, high: null, flags: [] },
  ...change,
});
const worthOf = (channels: readonly KnownChannel[], name: string) =>
  suggestTests(channels, OPTIONS).find((row) => row.channel === name)!.value!;

test("the value is what a simulated test and the better move after it are worth beyond the move now", () => {
  const rows = [channel("A", { mean: 2.4, standardError: 0.8 }), channel("B", { mean: 2 })];
  const [prior, sd, reference] = [2.4, 0.8, 2];
  const error = 0.25 * 2.4;
  const normal = normalFrom(uniformFrom(3));
  let after = 0;
  let now = 0;
  const draws = 400_000;
  for (let i = 0; i < draws; i++) {
    const truth = prior + sd * normal();
    const seen = truth + error * normal();
    const believed = (prior * error ** 2 + seen * sd ** 2) / (error ** 2 + sd ** 2);
    after += Math.sign(believed - reference) * (truth - reference);
    now += truth - reference;
  }
  const expected = (0.2 * 1_000 * (after - now)) / draws;
  expect(expected).toBeGreaterThan(10);
  expect(worthOf(rows, "A") / expected).toBeCloseTo(1, 1);
});

test("what is known for sure needs no test, and what is less known is worth more", () => {
  const others = channel("B");
  expect(worthOf([channel("A", { standardError: 0 }), others], "A")).toBeCloseTo(0, 6);
  const values = [0.1, 0.3, 0.6, 1.2].map((standardError) =>
    worthOf([channel("A", { standardError, mean: 2.3 }), others], "A"),
  );
  expect(values).toEqual([...values].sort((a, b) => a - b));
});

test("twice the money is twice the value", () => {
  const [one, two] = [1, 2].map((times) =>
    worthOf([channel("A", { spend: times * 1_000, mean: 2.3 }), channel("B", { spend: times * 1_000 })], "A"),
  ) as [number, number];
  expect(two / one).toBeCloseTo(2, 9);
});

test("a channel whose spend is held is worth more to test than the same one whose is not", () => {
  const free = worthOf([channel("A", { mean: 4 }), channel("B")], "A");
  const held = suggestTests([channel("A", { mean: 4, flags: ["demand-capture"] }), channel("B")], OPTIONS)[0]!;
  expect(held.isHeld).toBe(true);
  expect(held.value!).toBeGreaterThan(free + 100);
  expect(suggestTests([channel("A", { flags: ["low-coverage"] }), channel("B")], OPTIONS)[0]!.isHeld).toBe(true);
});

test("without an interval nobody says a value, and such channels stand last, by their spend", () => {
  const unknown = { standardError: null };
  const rows = suggestTests(
    [channel("A", { ...unknown, spend: 9_000 }), channel("B"), channel("C", { ...unknown, spend: 90_000 })],
    OPTIONS,
  );
  expect(rows.map((row) => row.channel)).toEqual(["B", "C", "A"]);
  expect(rows[1]!.value).toBeNull();
  const byInterval = suggestTests([channel("A", { ...unknown, low: 1, high: 3 }), channel("B")], OPTIONS);
  expect(byInterval[0]!.standardError).toBeCloseTo(1 / 1.645, 3);
});

test("a channel that the model says nothing of has no value, and is no zero in what the others earn", () => {
  const rows = suggestTests([channel("A", { mean: null, standardError: null }), channel("B"), channel("C")], OPTIONS);
  expect(rows.find((row) => row.channel === "A")).toMatchObject({ mean: null, value: null, reference: 2 });
  expect(rows.find((row) => row.channel === "B")!.reference).toBe(2);
});
