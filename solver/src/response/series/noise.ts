/**
 * The noise of a series with one value a period: scatter that is new in every period, and demand that comes and fades. In units of the
 * scatter the first has variance 1, the second `variance`, and `keeps` of it is left after a period.
 */
export interface NoiseShape {
  readonly keeps: number;
  readonly variance: number;
}

export interface Whitener {
  /** What of each value could not be foretold from those before it, in units of its own scatter. Linear. */
  readonly whiten: (series: Float64Array) => Float64Array;
  readonly unwhiten: (series: Float64Array) => Float64Array;
  /** Of the change of variables. */
  readonly logJacobian: number;
}

/**
 * A Kalman filter whose gains are worked out once.
 * @param scatter of each period, up to a factor
 * @param periods values of a region; the next region begins anew
 */
export function prepareWhitener({ keeps, variance }: NoiseShape, scatter: Float64Array, periods: number): Whitener {
  const gain = new Float64Array(periods);
  const deviation = new Float64Array(periods);
  let spread = variance;
  let logJacobian = 0;
  for (let t = 0; t < periods; t++) {
    deviation[t] = Math.sqrt(spread + 1);
    gain[t] = spread / (spread + 1);
    spread = keeps * keeps * spread * (1 - gain[t]!) + (1 - keeps * keeps) * variance;
    logJacobian -= Math.log(deviation[t]!);
  }
  const whiten = (series: Float64Array): Float64Array => {
    const fresh = new Float64Array(series.length);
    let foretold = 0;
    for (let t = 0; t < series.length; t++) {
      const at = t % periods;
      if (at === 0) foretold = 0;
      const surprise = series[t]! / scatter[t]! - foretold;
      fresh[t] = surprise / deviation[at]!;
      foretold = keeps * (foretold + gain[at]! * surprise);
    }
    return fresh;
  };
  const unwhiten = (fresh: Float64Array): Float64Array => {
    const series = new Float64Array(fresh.length);
    let foretold = 0;
    for (let t = 0; t < fresh.length; t++) {
      const at = t % periods;
      if (at === 0) foretold = 0;
      const surprise = fresh[t]! * deviation[at]!;
      series[t] = (surprise + foretold) * scatter[t]!;
      foretold = keeps * (foretold + gain[at]! * surprise);
    }
    return series;
  };
  return { whiten, unwhiten, logJacobian: (logJacobian * scatter.length) / periods };
}
