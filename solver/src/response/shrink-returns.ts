/** What a unit of money returned in one channel, and how well that is known. */
export interface KnownReturn {
  /** Above 0; any unit, the same for all channels. */
  readonly value: number;
  /** Standard deviation over the value. */
  readonly deviation: number;
}

export interface ShrunkReturn {
  /** To be multiplied with the value. */
  readonly factor: number;
  /** Standard deviation of what is known now, over the value times the factor. */
  readonly deviation: number;
}

/**
 * How far returns of channels lie apart: 68 % within a factor of e of their middle, 95 % within a factor of 7. Wide, so that a return
 * that is known stays where it is.
 */
const SPREAD = 1;

/**
 * Returns pulled towards those of the other channels, each as far as it is unknown (a normal population of log returns; Efron and
 * Morris 1975). A plan picks the channels that look best, and of returns that are hardly known the best looking ones are those
 * that chance favoured most: without this, a plan is drawn to errors, and away from channels that were merely unlucky.
 * Law: a return that is known exactly stays; with one channel nothing moves; the unit of money changes no factor.
 */
export function shrinkReturns(returns: readonly KnownReturn[]): ShrunkReturn[] {
  const logs = returns.map(({ value, deviation }) => ({ log: Math.log(value), variance: Math.log1p(deviation ** 2) }));
  let weights = 0;
  let middle = 0;
  for (const { log, variance } of logs) {
    const weight = 1 / (SPREAD ** 2 + variance);
    weights += weight;
    middle += weight * log;
  }
  middle /= weights;
  return logs.map(({ log, variance }) => {
    const kept = SPREAD ** 2 / (SPREAD ** 2 + variance);
    const left = kept * variance + (1 - kept) ** 2 / weights;
    return { factor: Math.exp((1 - kept) * (middle - log)), deviation: Math.sqrt(Math.expm1(left)) };
  });
}
