import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";
import { appendResult, openResults, type Result, readResults } from "./result.ts";
import { median, summarise } from "./summary.ts";
import { checkTargets } from "./targets.ts";

/** One market in which the first of two equal channels is given `share` of all credit. */
function result(seed: number, share: number, given: Partial<Result> = {}): Result {
  const rest = {
    ...{ isPaid: true, isOwned: false, isDemandCapture: false, truth: 100, flags: [], today: 1, planned: 1, best: 1 },
    interval: { level: 0.9, low: 90, high: 110 },
  };
  return {
    ...{ kind: "clean", seed, size: 1, model: "incremental", conversions: 15_000, touches: 400_000 },
    channels: [
      { ...rest, channel: "Meta", estimate: 200 * share },
      { ...rest, channel: "TikTok", estimate: 200 * (1 - share) },
    ],
    ...{ worth: null, planStatus: null, seconds: { import: 1, attribute: 2, optimise: null }, ...given },
  };
}

test("the middle of an even number of values lies between two", () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
});

test("a summary has the median and the worst by kind and model, of markets with enough conversions", () => {
  const results = [0.5, 0.52, 0.6].map((share, i) => result(i, share));
  const few = result(9, 1, { conversions: 9_999 });
  const [clean, all] = summarise([...results, few]);
  expect(clean).toMatchObject({ kind: "clean", model: "incremental", markets: 3 });
  expect(clean!.shareError.median).toBeCloseTo(0.02, 12);
  expect(clean!.shareError.worst).toBeCloseTo(0.1, 12);
  expect(clean!.intervals).toMatchObject({ coverage: 1, all: 6 });
  expect(all).toMatchObject({ kind: "all kinds", markets: 3 });
});

test("targets are met, missed or not shown, and say when markets are too few", () => {
  const results = Array.from({ length: 20 }, (_, i) => [
    result(i, 0.51),
    result(i, 0.7, { kind: "eager" }),
    result(i, 0.9, { kind: "rising", model: "last" }),
  ]).flat();
  const verdicts = checkTargets(summarise([...results, result(1, 0.5, { kind: "untouched" })]));
  const of = (kind: string) => verdicts.find(({ target }) => target.startsWith(`${kind}: median`))!;
  expect(of("clean")).toMatchObject({ state: "met", found: "0.010" });
  expect(of("eager").state).toBe("missed");
  expect(of("rising").state).toBe("not shown");
  expect(of("untouched").found).toContain("from 1 of at least 20");
});

test("results are read back as they were written, without a line that was cut off", () => {
  const folder = mkdtempSync(join(tmpdir(), "touchline-prove-results-"));
  try {
    const file = join(folder, "results.ndjson");
    expect(readResults(file)).toEqual([]);
    appendResult(file, result(1, 0.5));
    appendResult(file, result(2, 0.6));
    appendFileSync(file, '{"kind":"clean","seed":3,"channels":[{"channel":"Me');
    expect(openResults(file)).toEqual([result(1, 0.5), result(2, 0.6)]);
    appendResult(file, result(3, 0.7));
    expect(readResults(file)).toEqual([result(1, 0.5), result(2, 0.6), result(3, 0.7)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("markets are proved on seeds that no parameter was chosen on, unless told otherwise", () => {
  const now = new Date("2026-01-02T03:04:05Z");
  expect(parseOptions([], now)).toMatchObject({ seed: 5000, markets: 20, jobs: 2, size: 1, keep: false });
  expect(parseOptions(["--kinds", "clean,shop", "--seed", "7"], now)).toMatchObject({
    kinds: ["clean", "shop"],
    seed: 7,
  });
  for (const wrong of [
    ["--kinds", "tidy"],
    ["--markets", "0"],
    ["--size", "no"],
    ["--sead", "1"],
  ])
    expect(() => parseOptions(wrong, now)).toThrow();
});
