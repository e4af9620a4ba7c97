import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  adstock,
  binomialKernel,
  curveValue,
  delayedKernel,
  fitSeries,
  geometricKernel,
  type Kernel,
  normalised,
  weibullDensityKernel,
  weibullScaleOf,
  weibullSurvivalKernel,
} from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { Random } from "../../server/src/random.ts";
import { referenceData } from "./reference-data.ts";

interface Vector {
  readonly name: string;
  readonly params: Record<string, number | boolean>;
  readonly input?: readonly number[];
  readonly output: readonly number[];
}

const data = referenceData();
const near = (found: ArrayLike<number>, wanted: readonly number[]) => {
  expect(found.length).toBe(wanted.length);
  for (const [i, each] of wanted.entries())
    expect(Math.abs(found[i]! - each)).toBeLessThan(1e-9 * (1 + Math.abs(each)));
};

function kernelOf({ name, params }: Vector, periods: number): Kernel {
  const p = params as Record<string, number>;
  const window = params.l_max !== undefined ? p.l_max! : p.max_lag! + 1;
  const maybe = (kernel: Kernel) => (params.normalize === false ? kernel : normalised(kernel));
  if (name.startsWith("geometric recursive")) return geometricKernel(p.theta!, periods);
  if (name === "weibull_cdf") return weibullSurvivalKernel(p.shape!, weibullScaleOf(p.scale!, p.windlen!), p.windlen!);
  if (name === "weibull_pdf") return weibullDensityKernel(p.shape!, weibullScaleOf(p.scale!, p.windlen!), p.windlen!);
  if (name.startsWith("geometric")) return maybe(geometricKernel(p.alpha!, window));
  if (name.startsWith("binomial")) return maybe(binomialKernel(p.alpha!, window));
  if (name.startsWith("delayed")) return maybe(delayedKernel(p.alpha!, p.theta!, window));
  throw new Error(`no kernel for ${name}`);
}

function saturate({ name, params, input }: Vector): number[] {
  const p = params as Record<string, number>;
  if (name.startsWith("saturation_hill")) {
    const k = Math.max(...input!) * p.gamma!;
    return input!.map((x) => curveValue({ type: "hill", beta: 1, k, s: p.alpha! }, x));
  }
  if (name.startsWith("michaelis"))
    return input!.map((x) => curveValue({ type: "hill", beta: p.Vmax!, k: p.Km!, s: 1 }, x));
  if (name.startsWith("hill"))
    return input!.map((x) => curveValue({ type: "hill", beta: 1, k: p.ec!, s: p.slope! }, x));
  if (name.startsWith("logistic")) return input!.map((x) => curveValue({ type: "logistic", a: 1, lam: p.lam! }, x));
  throw new Error(`no curve for ${name}`);
}

describe.runIf(data !== null)("published transforms", () => {
  const {
    input_series,
    adstock: kernels,
    saturation,
  } = JSON.parse(readFileSync(join(data!, "response", "transform_vectors.json"), "utf8")) as {
    input_series: number[];
    adstock: Vector[];
    saturation: Vector[];
  };

  test("every adstock vector to 1e-9", () => {
    expect(kernels.length).toBe(13);
    for (const vector of kernels) near(adstock(input_series, kernelOf(vector, input_series.length)), vector.output);
  });

  test("every saturation vector to 1e-9", () => {
    expect(saturation.length).toBe(7);
    for (const vector of saturation) near(saturate(vector), vector.output);
  });
});

/** The series that it was generated as: yearly season, trend and two events beside two channels. */
function readExample(folder: string) {
  const lines = readFileSync(join(folder, "response", "mmm_example.csv"), "utf8")
    .trim()
    .split("\n");
  const rows = lines.slice(1).map((line) => line.split(",").map(Number));
  const column = (name: string) => {
    const at = lines[0]!.trim().split(",").indexOf(name);
    return Float64Array.from(rows, (row) => row[at]!);
  };
  const season = [1, 2].flatMap((wave) =>
    [Math.sin, Math.cos].map((of) => column("dayofyear").map((day) => of((2 * Math.PI * wave * day) / 365.25))),
  );
  return {
    outcome: column("y"),
    periodDays: 7,
    channels: ["x1", "x2"].map((channel) => ({ channel, pressure: column(channel) })),
    controls: [column("t"), column("event_1"), column("event_2"), ...season],
  };
}

describe.runIf(data !== null)("the published 179 weeks", () => {
  const truth = [274_848.296, 65_905.982];
  const random = () => {
    const generator = new Random(7);
    return () => generator.uniform();
  };

  test("with the family unknown the intervals from the series alone hold both contributions", () => {
    const { channels } = fitSeries({ ...readExample(data!), random: random() });
    channels.forEach(({ contribution: { low, high }, rHat }, i) => {
      expect(low).toBeLessThan(truth[i]!);
      expect(high).toBeGreaterThan(truth[i]!);
      expect(rHat).toBeLessThan(1.1);
    });
  });

  test("with the family given each contribution is within 10 %", () => {
    const { channels } = fitSeries({ ...readExample(data!), families: ["logistic"], random: random() });
    channels.forEach(({ contribution: { low, high, mean } }, i) => {
      expect(Math.abs(mean / truth[i]! - 1)).toBeLessThan(0.1);
      expect(low).toBeLessThan(truth[i]!);
      expect(high).toBeGreaterThan(truth[i]!);
    });
  });
});
