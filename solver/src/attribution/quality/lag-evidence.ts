import { LAG_EDGES_DAYS } from "../incremental/lag-curves.ts";
import { AFTERMATH_EDGES_DAYS, type IncrementalStatistics, type SparseCounts } from "../incremental/statistics.ts";
import { scatterOfCount } from "./scatter-of-count.ts";

/** Conversions near the touches of a channel at one distance in time. */
export interface LagEvidence {
  /** Days from the touch to the conversion; both negative where the conversion came first. */
  readonly fromDays: number;
  readonly toDays: number;
  /** Pairs of a touch and a conversion of the same person. */
  readonly pairs: number;
  /** Conversions of a touch in a day, with its 90 % interval; null where no touch had such a day inside the window. */
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface ChannelLags {
  readonly channel: number;
  readonly touches: number;
  /** Conversions of a touch in a day, two weeks to a month away on either side; null where the window is too short for that. */
  readonly usual: number | null;
  /** Conversions in the three days before a touch against the usual rate, with its 90 % interval; null where nothing is usual. */
  readonly before: { readonly ratio: number; readonly low: number; readonly high: number } | null;
  /** From the longest time before the touch to the longest after it. */
  readonly lags: readonly LagEvidence[];
}

/** With what rates are worked out from: days that the touches had, and how many conversions speak for the pairs. */
interface WeighedLag extends LagEvidence {
  readonly time: number;
  readonly effective: number;
}

/** Coarser than the bins of the fit, so that each has something to count. */
const SHOWN_LAG_EDGES: readonly number[] = [0, 2 / 24, 8 / 24, 1, 3, 8, 14, 30];
const FORTNIGHT = 14;

const SHORTLY_BEFORE = -3;

interface Side {
  readonly counts: SparseCounts;
  /** Of the counts' bins, and those that are shown; a subset of them. */
  readonly edges: readonly number[];
  readonly shown: readonly number[];
  readonly sign: 1 | -1;
}

/**
 * How often people convert before and after the touches of each channel. What comes before a touch it cannot have caused: a
 * rate that is the same on both sides is who the touches go to, one that rises just before them is what draws the touches.
 * Law: the pairs on a side add up to the counts within a month.
 */
export function lagEvidence(statistics: IncrementalStatistics): ChannelLags[] {
  const { before, after } = statistics.conversions;
  const sides: readonly Side[] = [
    { counts: after, edges: AFTERMATH_EDGES_DAYS, shown: AFTERMATH_EDGES_DAYS, sign: -1 },
    { counts: before, edges: LAG_EDGES_DAYS, shown: SHOWN_LAG_EDGES, sign: 1 },
  ];
  const tallies = sides.map((side) => tally(side, statistics.channels.length));
  return statistics.channels.map((_, channel) => {
    const perDay = touchesOf(statistics, channel);
    const lags = sides.flatMap((side, s) => lagsOf(side, tallies[s]!, channel, perDay));
    const usual = usualRate(lags);
    return {
      ...{ channel, usual, touches: perDay.reduce((sum, each) => sum + each, 0) },
      before: shortlyBefore(lags, usual),
      lags: lags.map(({ time, effective, ...lag }) => lag).sort((a, b) => a.fromDays - b.fromDays),
    };
  });
}

interface Tally {
  readonly pairs: Float64Array;
  /** Squares of the pairs of one conversion: what says how many conversions really speak. */
  readonly squares: Float64Array;
}

function tally({ counts, edges, shown }: Side, channels: number): Tally {
  const bins = shown.length - 1;
  const shownBin = Int16Array.from(edges, (edge) => shown.findLastIndex((each) => each <= edge));
  const pairs = new Float64Array(channels * bins);
  const squares = new Float64Array(channels * bins);
  const own = new Map<number, number>();
  for (let row = 0; row + 1 < counts.offsets.length; row++) {
    own.clear();
    for (let at = counts.offsets[row]!; at < counts.offsets[row + 1]!; at++) {
      const bin = shownBin[counts.bin[at]!]!;
      if (bin >= bins) continue;
      const place = counts.channel[at]! * bins + bin;
      own.set(place, (own.get(place) ?? 0) + counts.count[at]!);
    }
    for (const [place, count] of own) {
      pairs[place]! += count;
      squares[place]! += count * count;
    }
  }
  return { pairs, squares };
}

function touchesOf({ channels, days, buckets, touchesByDay }: IncrementalStatistics, channel: number): Float64Array {
  const perDay = new Float64Array(days);
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let day = 0; day < days; day++) {
      perDay[day]! += touchesByDay[(bucket * channels.length + channel) * days + day]!;
    }
  }
  return perDay;
}

function lagsOf({ shown, sign }: Side, { pairs, squares }: Tally, channel: number, perDay: Float64Array): WeighedLag[] {
  const bins = shown.length - 1;
  return Array.from({ length: bins }, (_, bin) => {
    const [near, far] = [shown[bin]!, shown[bin + 1]!];
    const place = channel * bins + bin;
    const time = timeBetween(perDay, near, far, sign);
    const counted = pairs[place]!;
    const effective = counted > 0 ? counted ** 2 / squares[place]! : 0;
    const scatter = scatterOfCount(effective);
    const perConversion = effective > 0 ? counted / effective : 1;
    const of = (count: number): number | null => (time > 0 ? count / time : null);
    return {
      ...(sign === 1 ? { fromDays: near, toDays: far } : { fromDays: -far, toDays: -near }),
      ...{ time, effective, pairs: counted, rate: of(counted) },
      ...{ low: of(scatter.low * perConversion), high: of(scatter.high * perConversion) },
    };
  });
}

/** Days that touches had between two distances, inside the window; a touch is thought of as at noon. */
function timeBetween(perDay: Float64Array, near: number, far: number, sign: 1 | -1): number {
  let time = 0;
  perDay.forEach((touches, day) => {
    const room = sign === 1 ? perDay.length - day - 0.5 : day + 0.5;
    time += touches * Math.max(0, Math.min(room, far) - near);
  });
  return time;
}

function usualRate(lags: readonly WeighedLag[]): number | null {
  const far = lags.filter(({ fromDays, toDays }) => Math.min(Math.abs(fromDays), Math.abs(toDays)) >= FORTNIGHT);
  const { time, pairs } = addUp(far);
  return time > 0 && pairs > 0 ? pairs / time : null;
}

function shortlyBefore(lags: readonly WeighedLag[], usual: number | null): ChannelLags["before"] {
  const { time, pairs, effective } = addUp(
    lags.filter(({ fromDays, toDays }) => fromDays >= SHORTLY_BEFORE && toDays <= 0),
  );
  if (usual === null || time === 0) return null;
  const { low, high } = scatterOfCount(effective);
  const unit = (effective > 0 ? pairs / effective : 1) / (time * usual);
  return { ratio: pairs / time / usual, low: low * unit, high: high * unit };
}

function addUp(lags: readonly WeighedLag[]): { time: number; pairs: number; effective: number } {
  return lags.reduce(
    (sum, { time, pairs, effective }) => ({
      time: sum.time + time,
      pairs: sum.pairs + pairs,
      effective: sum.effective + effective,
    }),
    { time: 0, pairs: 0, effective: 0 },
  );
}
