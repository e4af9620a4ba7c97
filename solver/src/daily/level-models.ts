/**
 * A level that wanders and a slope that dies away, seen through noise: local level with damped trend. Variances are told as multiples of the
 * noise's, so that the noise itself comes out in closed form.
 */
export interface LevelModel {
  readonly levelVariance: number;
  readonly slopeVariance: number;
}

/** What a model knows after the last day. Variances are multiples of `noise`. */
export interface LevelState {
  readonly model: LevelModel;
  readonly level: number;
  readonly slope: number;
  /** Of level, of both, of slope. */
  readonly variance: readonly [number, number, number];
  readonly noise: number;
  /** Up to a constant that all models of one series share. */
  readonly logLikelihood: number;
  readonly observations: number;
}

/** Half of a slope is gone after about three weeks: budgets do not grow for ever. */
export const DAMPING = 0.97;

// All equally likely at first: where a prior preferred levels that stay, wandering ones fell out of their intervals one time in three.
const LEVEL_VARIANCES = [0, 0.001, 0.004, 0.015, 0.06, 0.25, 1];
const SLOPE_VARIANCES = [0, 1e-5, 1e-4, 1e-3];

export const LEVEL_MODELS: readonly LevelModel[] = LEVEL_VARIANCES.flatMap((levelVariance) =>
  SLOPE_VARIANCES.map((slopeVariance) => ({ levelVariance, slopeVariance })),
);

/** Of a series that is told without any noise at all: keeps the likelihood finite, and nothing else. */
const LEAST_NOISE = 1e-24;

/**
 * Kalman's filter over a series with gaps, the level unknown before the first value.
 * @param values null: not seen that day
 * @throws RangeError without a single value
 */
export function filterLevel(values: readonly (number | null)[], model: LevelModel): LevelState {
  const start = values.findIndex((value) => value !== null);
  if (start < 0) throw new RangeError("a level needs at least one day");
  const { levelVariance, slopeVariance } = model;
  let level = values[start]!;
  let slope = 0;
  let [vll, vls, vss] = [1, 0, slopeVariance / (1 - DAMPING ** 2)];
  let [squares, logs, observations] = [0, 0, 0];
  for (const value of values.slice(start + 1)) {
    level += slope;
    slope *= DAMPING;
    vll += 2 * vls + vss + levelVariance;
    vls = DAMPING * (vls + vss);
    vss = DAMPING ** 2 * vss + slopeVariance;
    if (value === null) continue;
    const total = vll + 1;
    const error = value - level;
    squares += error ** 2 / total;
    logs += Math.log(total);
    observations++;
    const [gainLevel, gainSlope] = [vll / total, vls / total];
    level += gainLevel * error;
    slope += gainSlope * error;
    vss -= gainSlope * vls;
    vls *= 1 - gainLevel;
    vll *= 1 - gainLevel;
  }
  const scale = squares + LEAST_NOISE * level ** 2;
  return {
    model,
    ...{ level, slope, variance: [vll, vls, vss] as const, observations },
    noise: squares / Math.max(observations - 1, 1),
    logLikelihood: -(observations * Math.log(Math.max(scale, Number.MIN_VALUE)) + logs) / 2,
  };
}
