import { type Curve, type CurvePoint, curveThroughPoints, scaleCurve } from "@touchline/solver";
import { Random } from "../../../random.ts";
import { type GivenChannel, MOST_DRAWS, refuseFile } from "./given-model.ts";

/** A point of a table, with an interval of the response where the table has one. */
export interface GivenPoint extends CurvePoint {
  readonly low: number | null;
  readonly high: number | null;
}

/** Two-sided quantiles of a normal distribution by level, in standard deviations. */
const HALF_WIDTH: Readonly<Record<number, number>> = {
  0.5: 0.6745,
  0.8: 1.2816,
  0.9: 1.6449,
  0.95: 1.96,
  0.99: 2.5758,
};
/** Further away than this share of the largest response, the curve is not the table any more. */
const FAR = 0.03;

interface TableOf {
  readonly file: string;
  readonly name: string;
  /** That the intervals are for */
  readonly level: number;
}

/**
 * The curve along the points of a channel. Where they have intervals, draws are the same curve as high or low as the interval is
 * wide on average: a table does not say how one point's error goes with another's.
 * @param order of the channel in the file: each has a sequence of its own
 * @throws UserError where no curve runs along the points
 */
export function channelOfPoints(
  { file, name, level }: TableOf,
  points: readonly GivenPoint[],
  order: number,
): {
  readonly channel: Pick<GivenChannel, "name" | "curve" | "draws" | "largestSpendSeen">;
  readonly note: string | null;
} {
  const top = Math.max(...points.map(({ response }) => response));
  const atZero = points.find(({ spend }) => spend === 0);
  if (atZero !== undefined && Math.abs(atZero.response) > 1e-6 * top)
    refuseFile(file, `${name}: the response without spend must be 0, got ${atZero.response}`);
  const negative = points.find(({ spend, response }) => spend < 0 || response < 0);
  if (negative !== undefined) refuseFile(file, `${name}: spend and response must be 0 or more`);
  const fit = curveThroughPoints(points);
  if (fit === null)
    refuseFile(file, `${name}: needs two spends above 0 or more, with responses that never fall as spend rises`);
  const deviation = fit.deviation * 100;
  return {
    channel: {
      name,
      curve: fit.curve,
      draws: drawsOf(fit.curve, points, level, order),
      largestSpendSeen: Math.max(...points.map(({ spend }) => spend)),
    },
    note:
      fit.deviation > FAR
        ? `${name}: the curve is up to ${deviation.toFixed(1)} % of the largest response away from the points of the table`
        : null,
  };
}

function drawsOf(curve: Curve, points: readonly GivenPoint[], level: number, order: number): readonly Curve[] {
  const width = HALF_WIDTH[level] ?? 1.6449;
  const deviations = points.flatMap(({ response, low, high }) =>
    low !== null && high !== null && response > 0 && high > low ? [(high - low) / (2 * width * response)] : [],
  );
  if (deviations.length === 0) return [];
  const deviation = deviations.reduce((sum, one) => sum + one, 0) / deviations.length;
  const random = new Random(1, order);
  // Responses are never negative: the logarithm is normal, with mean 1 and the deviation of the table
  const spread = Math.sqrt(Math.log1p(deviation * deviation));
  return Array.from({ length: MOST_DRAWS }, () =>
    scaleCurve(curve, 1, 1 / Math.exp(spread * random.normal() - (spread * spread) / 2)),
  );
}
