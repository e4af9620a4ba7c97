import { type Interval, wilsonInterval } from "./wilson.ts";

/** Counts over some days; sums of squares are over visitors. */
export interface TouchedCounts {
  readonly conversions: number;
  readonly identifiedConversions: number;
  /** Identified conversions with an identified touch inside the lookback window. */
  readonly touchedConversions: number;
  readonly conversionSquares: number;
  readonly touches: number;
  readonly identifiedTouches: number;
  readonly touchSquares: number;
}

export interface TouchedShare {
  /** Of all conversions, those that are seen with a touch. */
  readonly observed: number;
  readonly corrected: number;
  readonly interval: Interval;
}

/**
 * The share of conversions that had a touch before them, corrected for identifiers that are missing at random.
 *
 * Assumed: whether an identifier may be kept is decided by the visitor and has nothing to do with what they do (missing at random);
 * and whoever lets the rarer kind of row be identified also lets the commoner one (one banner, or a customer number that is always
 * kept: the permissions are nested). Let p be the share of conversions with a touch, c the share of conversions that have an
 * identifier, q that of touches. Of the identified conversions a share p was touched, because permission says nothing about touches;
 * the touch is seen if its visitor lets touches be identified too, which of those who let conversions be is min(c, q) / c. So the
 * share r of identified conversions that are seen with a touch has the expectation
 *
 *     r = p · min(1, q / c)      and      p = r · max(1, c / q).
 *
 * With one banner for both, c = q and p = r: conversions without identifier are set aside. Where conversions are always known (c = 1),
 * p = r / q. What is seen of all conversions, r · c, is never more than p.
 *
 * The interval: r, c and q each have Wilson's, on as many rows as are independent. Rows of one visitor share one permission: the
 * variance of a share of rows is that of Σn / (Σn² / Σn) independent ones, n rows a visitor. The three are combined on the logarithm,
 * where a product is a sum, by the square root of the squared distances to their limits (the method of variance estimates recovery,
 * Zou and Donner 2008).
 * @returns null where a share is unknown, because nothing has an identifier
 * Law: all shares lie in [0, 1], observed <= corrected, and the interval holds the corrected share.
 */
export function correctTouchedShare(counts: TouchedCounts): TouchedShare | null {
  const { conversions, identifiedConversions, touchedConversions, touches, identifiedTouches } = counts;
  if (identifiedConversions === 0 || identifiedTouches === 0) return null;
  const perBuyer = Math.max(1, counts.conversionSquares / identifiedConversions);
  const perVisitor = Math.max(1, counts.touchSquares / identifiedTouches);
  const seen = part(touchedConversions, identifiedConversions, perBuyer);
  const known = part(identifiedConversions, conversions, perBuyer);
  const kept = part(identifiedTouches, touches, perVisitor);

  const ratio = known.share / kept.share;
  const toLow = Math.hypot(Math.log(known.share / known.low), Math.log(kept.high / kept.share));
  const toHigh = Math.hypot(Math.log(known.high / known.share), Math.log(kept.share / kept.low));
  const factor = Math.max(1, ratio);
  const factorLow = Math.max(1, ratio * Math.exp(-toLow));
  const factorHigh = Math.max(1, ratio * Math.exp(toHigh));

  const corrected = Math.min(1, seen.share * factor);
  const interval = {
    low: seen.share === 0 ? 0 : combine(seen.share * factor, [seen.share / seen.low, factor / factorLow], -1),
    // Nothing seen has no logarithm: the limits themselves are multiplied then.
    high:
      seen.share === 0
        ? seen.high * factorHigh
        : combine(seen.share * factor, [seen.high / seen.share, factorHigh / factor], 1),
  };
  return {
    observed: touchedConversions / conversions,
    corrected,
    interval: { low: Math.min(interval.low, corrected), high: Math.min(1, Math.max(interval.high, corrected)) },
  };
}

function part(some: number, all: number, cluster: number): Interval & { share: number } {
  const share = some / all;
  return { share, ...wilsonInterval(share, all / cluster) };
}

/** @param distances of each factor to its limit, as ratios of at least 1 */
function combine(product: number, distances: readonly number[], sign: 1 | -1): number {
  return product * Math.exp(sign * Math.hypot(...distances.map(Math.log)));
}
