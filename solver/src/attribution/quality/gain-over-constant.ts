import { sumOf } from "../compensated-sum.ts";
import type { ScoredJourneys } from "../score-quality.ts";

/**
 * What chances gain over the one chance that all journeys have alike, in log-likelihood of a journey on average, with the standard
 * error of that mean. Zero or less: whoever knows the journey foretells its end no better than whoever does not.
 * @param constant the part of the training journeys that converted
 * @returns null without journeys
 */
export function gainOverConstant(
  { scores, conversions, nulls }: ScoredJourneys,
  constant: number,
): { gain: number; error: number } | null {
  const journeys = sumOf(conversions) + sumOf(nulls);
  if (journeys === 0) return null;
  let sum = 0;
  let squares = 0;
  const add = (count: number, difference: number): void => {
    sum += count * difference;
    squares += count * difference ** 2;
  };
  scores.forEach((score, row) => {
    if (conversions[row]! > 0) add(conversions[row]!, Math.log(score / constant));
    if (nulls[row]! > 0) add(nulls[row]!, Math.log1p(-score) - Math.log1p(-constant));
  });
  const gain = sum / journeys;
  return { gain, error: Math.sqrt(Math.max(0, squares / journeys - gain ** 2) / journeys) };
}

/** Standard error of an AUC where scores say nothing (the rank sum's, without ties: with ties it is smaller). */
export function aucErrorWithoutSignal(conversions: number, nulls: number): number | null {
  if (conversions === 0 || nulls === 0) return null;
  return Math.sqrt((conversions + nulls + 1) / (12 * conversions * nulls));
}
