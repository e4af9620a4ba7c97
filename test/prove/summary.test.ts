import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseOptions } from "./options.ts";
import { appendResult, openResults, type Result, readResults } from "./result.ts";
import { median, summarise } from "./summary.ts";
import { checkTargets } from "./targets.ts";

/** One market in which the first of two equal channels is given `share` of all credit. */
function result(seed: number, share: number, given: Partial<Result> = {}): Result {
  const rest = {
    ...{
      isPaid: true,
      isOwned: false,
      isDemandCapture: false,
      isTested: false,
      truth: 100,
      flags: [],
      today: 1,
      planned: 1,
      best: 1,
    },
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
  const [clean, all] = summarise([...results, few], "many");
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
  const verdicts = checkTargets({
    many: summarise([...results, result(1, 0.5, { kind: "untouched" })], "many"),
    sparse: [],
  });
  const of = (kind: string) => verdicts.find(({ target }) => target.startsWith(`${kind}: median`))!;
  expect(of("clean")).toMatchObject({ state: "met", found: "0.010" });
  expect(of("eager").state).toBe("missed");
  expect(of("rising").state).toBe("not shown");
  expect(of("untouched").found).toContain("from 1 of at least 20");
});

describe("targets of plans", () => {
  const planned = (seed: number, worth: Result["worth"], given: Partial<Result> = {}) =>
    result(seed, 0.5, { worth, planStatus: "optimal", ...given });
  const verdictOf = (results: readonly Result[], target: string) =>
    checkTargets({ many: summarise(results, "many"), sparse: summarise(results, "sparse") }).find((one) =>
      one.target.startsWith(target),
    )!;

  test("are held against the median, and against every market", () => {
    const good = Array.from({ length: 20 }, (_, i) => planned(i, { today: 100, planned: 119, best: 120 }));
    const target = "clean: median of captured gain";
    expect(verdictOf(good, target)).toMatchObject({ state: "met", found: "0.95, worst 0.95, left alone 0 %" });
    const bad = planned(30, { today: 100, planned: 109, best: 120 });
    expect(verdictOf([...good, bad], target)).toMatchObject({
      state: "missed",
      found: "0.95, worst 0.45, left alone 0 %",
    });
  });

  test("are of harm alone in sparse markets, and say how often everything was left as it is", () => {
    const sparse = { conversions: 900, planStatus: "leave" };
    const left = Array.from({ length: 19 }, (_, i) => planned(i, { today: 100, planned: 100, best: 150 }, sparse));
    const lost = (worth: number) =>
      planned(40, { today: 100, planned: worth, best: 150 }, { kind: "eager", conversions: 2_000 });
    expect(verdictOf([...left, lost(99.5)], "sparse")).toMatchObject({
      state: "met",
      found: "0.5 % (eager), left alone 95 %",
    });
    expect(verdictOf([...left, lost(97)], "sparse").state).toBe("missed");
    expect(verdictOf([...left, lost(97)], "clean: median of captured").state).toBe("not shown");
  });
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
  expect(parseOptions(["--sparse"], now).size).toBeNull();
  for (const wrong of [
    ["--sparse", "--size", "2"],
    ["--kinds", "tidy"],
    ["--markets", "0"],
    ["--size", "no"],
    ["--sead", "1"],
  ])
    expect(() => parseOptions(wrong, now)).toThrow();
});
