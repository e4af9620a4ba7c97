import { assembleRates } from "../incremental/assemble-rates.ts";
import type { IncrementalFit } from "../incremental/fit-incremental.ts";
import { LAG_BINS } from "../incremental/lag-curves.ts";
import { type IncrementalStatistics, SIZE_CLASSES } from "../incremental/statistics.ts";

/**
 * Conversions that touches bring by day, at a demand of 1: of touches of the day and of those before it. The statistics may
 * reach beyond the days that were fitted; their conversions only say at which hours people buy.
 * @returns one number a day of the window, 0 for the days of the burn-in
 */
export function effectsByDay(statistics: IncrementalStatistics, fit: IncrementalFit): Float64Array {
  const { buckets, channels, days } = statistics;
  const fitted = channels.flatMap((_, channel) =>
    fit.rates.slice(channel * LAG_BINS, (channel + 1) * LAG_BINS).some((rate) => rate > 0) ? [channel] : [],
  );
  const nobody = {
    people: new Float64Array(buckets * SIZE_CLASSES),
    touches: new Float64Array(buckets * channels.length),
  };
  const { data, layout } = assembleRates(statistics, nobody, fitted);
  const effects = new Float64Array(days);
  fitted.forEach((channel, i) => {
    for (let bin = 0; bin < LAG_BINS; bin++) {
      const rate = fit.rates[channel * LAG_BINS + bin]!;
      const term = layout.effectsFrom + i * LAG_BINS + bin;
      for (let day = 0; day < data.days; day++) {
        effects[layout.firstDay + day]! += rate * data.exposure[term * data.days + day]!;
      }
    }
  });
  return effects;
}
