import { ModelError } from "../model-error.ts";

/** Chances and what the journeys did, one entry a path; both counts weigh. */
export interface ScoredJourneys {
  readonly scores: Float64Array;
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
}

/**
 * Chance that a random converted journey has a higher score than a random unconverted one, ties counted half: 0.5 where
 * scores say nothing, 1 where they separate all.
 * @returns null where there are no converted or no unconverted journeys
 * Law: any rising function of the scores gives the same.
 */
export function aucOf(scored: ScoredJourneys): number | null {
  const { scores, conversions, nulls } = checked(scored);
  const ascending = rowsByScore(scores);
  let nullsBelow = 0;
  let allConversions = 0;
  let won = 0;
  for (let at = 0; at < ascending.length; ) {
    const score = scores[ascending[at]!]!;
    let [tiedConversions, tiedNulls] = [0, 0];
    for (; at < ascending.length && scores[ascending[at]!] === score; at++) {
      tiedConversions += conversions[ascending[at]!]!;
      tiedNulls += nulls[ascending[at]!]!;
    }
    won += tiedConversions * (nullsBelow + tiedNulls / 2);
    nullsBelow += tiedNulls;
    allConversions += tiedConversions;
  }
  return allConversions === 0 || nullsBelow === 0 ? null : won / allConversions / nullsBelow;
}

/** Log-likelihood of what the journeys did under the scores: in all, and of one journey on average (null without any). */
export function logLikelihoodOf(scored: ScoredJourneys): { total: number; perJourney: number | null } {
  const { scores, conversions, nulls } = checked(scored);
  let total = 0;
  let journeys = 0;
  scores.forEach((score, row) => {
    if (conversions[row]! > 0) total += conversions[row]! * Math.log(score);
    if (nulls[row]! > 0) total += nulls[row]! * Math.log1p(-score);
    journeys += conversions[row]! + nulls[row]!;
  });
  return { total, perJourney: journeys > 0 ? total / journeys : null };
}

export interface CalibrationBin {
  /** Lowest and highest score in it. */
  readonly from: number;
  readonly to: number;
  readonly journeys: number;
  readonly conversions: number;
  /** Mean score: what was foretold; and the part that converted: what came. */
  readonly foretold: number;
  readonly observed: number;
}

const BINS = 10;

/**
 * Journeys by tenths of their score: what was foretold beside what came. Paths of one score stay together, so there can be
 * fewer than ten bins, and they are of equal size only roughly.
 * Law: journeys and conversions add up to all.
 */
export function calibrationDeciles(scored: ScoredJourneys): CalibrationBin[] {
  const { scores, conversions, nulls } = checked(scored);
  const ascending = rowsByScore(scores).filter((row) => conversions[row]! + nulls[row]! > 0);
  const journeys = ascending.reduce((sum, row) => sum + conversions[row]! + nulls[row]!, 0);
  const bins: { rows: number[]; tenth: number }[] = [];
  let before = 0;
  for (let at = 0; at < ascending.length; ) {
    const tied: number[] = [];
    let weight = 0;
    for (; at < ascending.length && (tied.length === 0 || scores[ascending[at]!] === scores[tied[0]!]); at++) {
      tied.push(ascending[at]!);
      weight += conversions[ascending[at]!]! + nulls[ascending[at]!]!;
    }
    const tenth = Math.min(BINS - 1, Math.floor((BINS * (before + weight / 2)) / journeys));
    before += weight;
    const last = bins.at(-1);
    if (last?.tenth === tenth) for (const row of tied) last.rows.push(row);
    else bins.push({ rows: tied, tenth });
  }
  return bins.map(({ rows }) => summarise(rows, { scores, conversions, nulls }));
}

function summarise(rows: readonly number[], { scores, conversions, nulls }: ScoredJourneys): CalibrationBin {
  let [journeys, converted, foretold] = [0, 0, 0];
  for (const row of rows) {
    const weight = conversions[row]! + nulls[row]!;
    journeys += weight;
    converted += conversions[row]!;
    foretold += weight * scores[row]!;
  }
  return {
    from: scores[rows[0]!]!,
    to: scores[rows.at(-1)!]!,
    journeys,
    conversions: converted,
    foretold: foretold / journeys,
    observed: converted / journeys,
  };
}

function rowsByScore(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
}

function checked(scored: ScoredJourneys): ScoredJourneys {
  const { scores, conversions, nulls } = scored;
  if (scores.length !== conversions.length || scores.length !== nulls.length) {
    throw new ModelError(`${scores.length} scores were given for ${conversions.length} paths.`);
  }
  if (scores.some((score) => !(score >= 0 && score <= 1)))
    throw new ModelError("A score is no chance between 0 and 1.");
  return scored;
}
