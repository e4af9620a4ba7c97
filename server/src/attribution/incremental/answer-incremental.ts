import { fitIncremental, type IncrementalFit, type IncrementalTask } from "@touchline/solver";
import { Random } from "../../random.ts";
import { answerSeries, type SeriesAnswer } from "./series/answer-series.ts";
import type { SeriesFigures } from "./series/series-figures.ts";

export interface PlainTask extends Omit<IncrementalTask, "random"> {
  /** Daily figures of channels that touches say nothing of; absent where there are none. */
  readonly series?: SeriesFigures;
}

export interface IncrementalAnswer extends IncrementalFit {
  /** Absent where there was nothing to fit it on. */
  readonly series?: SeriesAnswer;
}

/** One seed for all: the same data gives the same digits. */
const SEED = 20_240_229;

/** Fits the model; what it needs and gives can be sent between threads. */
export function answerIncremental(task: PlainTask): IncrementalAnswer | null {
  const generator = new Random(SEED);
  const fit = fitIncremental({ ...task, random: () => generator.uniform() });
  if (fit === null || task.series === undefined) return fit;
  const series = answerSeries(task.series, task.statistics, fit);
  return series === null ? fit : { ...fit, series };
}
