import { expectedCounts, type Scatter } from "./count-regression.ts";
import { type DeliveryDays, roughFit } from "./shape-posterior.ts";

const BLOCK_DAYS = 7;
const ROUNDS = 2;

/** How counts scatter around a first fit: by themselves, and in blocks of days. */
export function measureScatter(days: DeliveryDays, weights: Float64Array): Scatter {
  let scatter: Scatter = { excess: 0, clumping: 1 };
  for (let round = 0; round < ROUNDS; round++) {
    const { offset, fit } = roughFit(days, scatter, weights);
    const means = expectedCounts(days, offset, fit);
    let above = 0;
    let squares = 0;
    for (const [day, mean] of means.entries()) {
      above += (days.counts[day]! - mean) ** 2 - mean;
      squares += mean * mean;
    }
    const excess = Math.max(0, above / squares);
    scatter = { excess, clumping: clumpingOf(days.counts, means, excess) };
  }
  return scatter;
}

/** Variance of the sums of blocks against what independent days would give. */
function clumpingOf(counts: Float64Array, means: Float64Array, excess: number): number {
  let total = 0;
  let blocks = 0;
  for (let from = 0; from + BLOCK_DAYS <= counts.length; from += BLOCK_DAYS) {
    let sum = 0;
    for (let day = from; day < from + BLOCK_DAYS; day++) {
      const mean = means[day]!;
      sum += (counts[day]! - mean) / Math.sqrt(Math.max(mean + excess * mean * mean, 1e-9));
    }
    total += (sum * sum) / BLOCK_DAYS;
    blocks++;
  }
  return Math.max(1, total / blocks);
}
