import type { IncrementalFit } from "../incremental/fit-incremental.ts";
import { LAG_BINS } from "../incremental/lag-curves.ts";
import type { ConversionRows, SparseCounts } from "../incremental/statistics.ts";
import { aucOf } from "../score-quality.ts";

/**
 * How often the fitted effect of the touches before is larger at a conversion than at a random moment of people who were reached;
 * ties, most of them without any effect, count half. What people do anyway is left out of both: only timing speaks.
 * @param conversions of people that the fit has not seen
 * @param moments touches before random moments of reached people
 * @returns null without conversions of reached people or without moments
 */
export function effectAuc(fit: IncrementalFit, conversions: ConversionRows, moments: SparseCounts): number | null {
  const effectOf = (rows: SparseCounts, row: number): number => {
    let effect = 0;
    for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
      effect += fit.rates[rows.channel[at]! * LAG_BINS + rows.bin[at]!]! * rows.count[at]!;
    }
    return effect;
  };
  const cases: number[] = [];
  conversions.day.forEach((day, row) => {
    if (day >= fit.firstDay && isReached(fit, conversions.history, row)) cases.push(effectOf(conversions.before, row));
  });
  const controls = Array.from({ length: moments.offsets.length - 1 }, (_, row) => effectOf(moments, row));
  const effects = Float64Array.from([...cases, ...controls]);
  const largest = effects.reduce((most, each) => Math.max(most, each), 0);
  return aucOf({
    scores: effects.map((each) => (largest > 0 ? each / largest : 0)),
    conversions: effects.map((_, i) => (i < cases.length ? 1 : 0)),
    nulls: effects.map((_, i) => (i < cases.length ? 0 : 1)),
  });
}

/** Somebody is reached by a channel that the fit gives an effect. */
function isReached(fit: IncrementalFit, history: SparseCounts, row: number): boolean {
  for (let at = history.offsets[row]!; at < history.offsets[row + 1]!; at++) {
    if (fit.channels[history.channel[at]!]!.effectByLag.length > 0) return true;
  }
  return false;
}
