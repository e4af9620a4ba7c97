import { fitSeries } from "@touchline/solver";
import { Random } from "../../server/src/random.ts";
import { simulateKind, simulateSeries } from "../../solver/src/response/series/series.fixture.ts";

const SERIES = 60;

/** How long a year of three channels takes, and how often 90 % intervals hold the truth in series that were drawn anew. */
export async function benchSeriesModel(print: (line: string) => void): Promise<void> {
  const year = { periodDays: 1, periods: 365, channels: 3, follows: 0.3, noise: 0.06 } as const;
  print("\nRegression of a daily or weekly series on spend");
  print(`365 days x 3 channels: ${timeOf(year, 1).toFixed(1)} s of processor time`);
  let all = 0;
  let inside = 0;
  const errors: number[] = [];
  for (let seed = 1; seed <= SERIES; seed++) {
    const random = uniformOf(seed);
    const { task, truth } = simulateSeries(simulateKind(random), random);
    fitSeries({ ...task, random }).channels.forEach(({ contribution: { low, high, median } }, i) => {
      all++;
      if (low <= truth[i]! && truth[i]! <= high) inside++;
      errors.push(Math.abs(median / truth[i]! - 1));
    });
  }
  const middle = errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)]!;
  print(`${SERIES} drawn series, ${all} channels of unknown family, carry-over and size: 90 % intervals hold`);
  print(
    `${((100 * inside) / all).toFixed(0)} % of the truths; half of the medians are within ${(100 * middle).toFixed(0)} %`,
  );
}

function uniformOf(seed: number): () => number {
  const generator = new Random(seed);
  return () => generator.uniform();
}

function timeOf(kind: Parameters<typeof simulateSeries>[0], seed: number): number {
  const random = uniformOf(seed);
  const { task } = simulateSeries(kind, random);
  const before = process.cpuUsage();
  fitSeries({ ...task, random });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
