import { sum } from "../sum.ts";
import { ratioAbove } from "./tails.ts";

/** How far shares have moved. */
export interface StabilityIndex {
  /** The plain index: sum over bins of (recent - before) ln(recent / before), of shares. */
  readonly index: number;
  /** What the index is expected to be where nothing has changed: rows are finite, and days are not alike. */
  readonly byChance: number;
  /** The index without what chance makes of it; never below 0. */
  readonly corrected: number;
  /** Of seeing an index so large where nothing has changed. */
  readonly probability: number;
  /** The bin that moved most, by its part of the index. */
  readonly largest: number;
  readonly before: Float64Array;
  readonly recent: Float64Array;
}

/** Blocks that are compared with each other to see how unlike days are; fewer cannot tell. */
const FEWEST_BLOCKS = 4;
/** Lengths of a block in days: whole weeks, so that weekdays stand for nothing. */
const BLOCK_DAYS = [28, 14, 7] as const;
/** A bin that is empty on one side would make the index infinite: half a row of the smaller side stands in. */
const HALF_A_ROW = 0.5;

/**
 * Population stability index of the shares of some bins between two spans of days, with what chance alone makes of it.
 *
 * With n and m independent rows of k bins the index is (1/n + 1/m) times a chi-square variable of k - 1 degrees: of small samples it is
 * large though nothing has changed. Rows of real days are not independent (campaigns run in flights, people come in waves), so the
 * variance of a share is estimated between blocks of whole weeks of the reference, as a multiple of the independent one; the index over its
 * expectation is then Fisher's ratio. Amounts of money go through the same way: the multiple carries their unit.
 *
 * @param before days of the reference, oldest first, each with one number a bin, none negative
 * @param recent the newest days, alike
 * @returns null where one side has nothing, or the reference is too short to tell how unlike its weeks are
 * Law: a unit of money changes nothing; days in another order within a week change nothing; where nothing has changed the index minus
 * `byChance` is 0 on average.
 * Source: Yurdakul 2018, "Statistical properties of the population stability index".
 */
export function stabilityIndex(
  before: readonly ArrayLike<number>[],
  recent: readonly ArrayLike<number>[],
): StabilityIndex | null {
  const bins = recent[0]?.length ?? 0;
  const [reference, newest] = [totalsOf(before, bins), totalsOf(recent, bins)];
  const [n, m] = [sum(reference), sum(newest)];
  const present = Array.from({ length: bins }, (_, bin) => bin).filter((bin) => reference[bin]! + newest[bin]! > 0);
  const spread = spreadOf(before, present, bins);
  if (!(n > 0) || !(m > 0) || spread === null || present.length < 2) return null;
  const floor = HALF_A_ROW * Math.min(1, spread.multiple > 0 ? spread.multiple : 1);
  const share = (totals: Float64Array, all: number) => totals.map((each) => Math.max(each, floor) / all);
  const [was, is] = [share(reference, n), share(newest, m)];
  const parts = Array.from({ length: bins }, (_, bin) =>
    present.includes(bin) ? (is[bin]! - was[bin]!) * Math.log(is[bin]! / was[bin]!) : 0,
  );
  const index = sum(parts);
  const freedoms = present.length - 1;
  const unit = spread.multiple * (1 / n + 1 / m);
  const byChance = unit * freedoms;
  return {
    ...{ index, byChance, corrected: Math.max(0, index - byChance) },
    probability: byChance > 0 ? ratioAbove(index / byChance, freedoms, spread.freedoms) : index > 0 ? 0 : 1,
    largest: parts.indexOf(Math.max(...parts)),
    ...{ before: was, recent: is },
  };
}

/**
 * How many times the variance of independent rows the blocks of a span have: Pearson's statistic between blocks over its degrees. The longest
 * blocks of which there are enough, because slow waves do not show between short ones.
 */
function spreadOf(days: readonly ArrayLike<number>[], present: readonly number[], bins: number) {
  for (const length of BLOCK_DAYS) {
    const blocks = blocksOf(days, length).map((block) => totalsOf(block, bins));
    const filled = blocks.filter((block) => sum(block) > 0);
    if (filled.length < FEWEST_BLOCKS || present.length < 2) continue;
    const all = totalsOf(filled, bins);
    const total = sum(all);
    const shown = present.filter((bin) => all[bin]! > 0);
    if (shown.length < 2) continue;
    const freedoms = (filled.length - 1) * (shown.length - 1);
    const pearson = sum(
      filled.flatMap((block) => {
        const size = sum(block);
        return shown.map((bin) => {
          const expected = (size * all[bin]!) / total;
          return (block[bin]! - expected) ** 2 / expected;
        });
      }),
    );
    return { multiple: pearson / freedoms, freedoms };
  }
  return null;
}

/** Whole blocks, the newest first; what is left at the start belongs to none. */
function blocksOf<T>(days: readonly T[], length: number): T[][] {
  const count = Math.floor(days.length / length);
  return Array.from({ length: count }, (_, i) => days.slice(days.length - (i + 1) * length, days.length - i * length));
}

function totalsOf(days: readonly ArrayLike<number>[], bins: number): Float64Array {
  const totals = new Float64Array(bins);
  for (const day of days) for (let bin = 0; bin < bins; bin++) totals[bin]! += day[bin]!;
  return totals;
}
