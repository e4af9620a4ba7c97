import { type AssembledRates, assembleRates } from "../incremental/assemble-rates.ts";
import type { IncrementalFit } from "../incremental/fit-incremental.ts";
import { LAG_BINS } from "../incremental/lag-curves.ts";
import { type IncrementalStatistics, SIZE_CLASSES, sizeClassOf } from "../incremental/statistics.ts";
import type { PeopleAndStatistics } from "./part-of-people.ts";

/** How well the incremental model, fitted on some people, foretells the conversions of others; gains are of one conversion. */
interface RateScore {
  /** Of the people that were held out, and how many the model expected. */
  readonly conversions: number;
  readonly expected: number;
  /** Log-likelihood gained over one rate for everybody that was reached, times the same demand by day. */
  readonly gain: number;
  readonly gainError: number;
  /** Log-likelihood gained over knowing who the people are, and not when their touches came: what the effects by lag add. */
  readonly timingGain: number;
  readonly timingGainError: number;
}

/** As in the fit: what selection takes away leaves a part of what the positive terms make. */
const LEAST_PART = 0.2;
const LEAST_RATE = 1e-12;

/**
 * Poisson log-likelihood of the conversions of held-out people under rates that were fitted on others. Demand by day and hour
 * multiplies every rate that is compared, so that it drops out of the gains.
 * @param fit of the training people, without lift tests: these move effects and leave the base as it was
 * @param fitted channels that can have effects, as in the fit
 * @returns null where nobody of the held-out people converted
 * Law: a fit without effects and without differences between people gains nothing.
 */
export function scoreRates(
  train: PeopleAndStatistics,
  heldOut: PeopleAndStatistics,
  fit: IncrementalFit,
  fitted: readonly number[],
): RateScore | null {
  const rows = assembleRates(heldOut.statistics, heldOut.people, fitted);
  const conversions = rows.data.weight.length;
  const trained = assembleRates(train.statistics, train.people, fitted).data.weight.length;
  if (conversions === 0 || trained === 0) return null;
  // Exposure of the held-out touches at the hours of the training conversions: nothing of what is scored is known before.
  const exposed = assembleRates(
    { ...heldOut.statistics, conversions: train.statistics.conversions },
    heldOut.people,
    fitted,
  );
  const season = fit.season.reduce((sum, each) => sum + each, 0);
  const ofPeople = { train: peopleRate(train, fit) * season, heldOut: peopleRate(heldOut, fit) * season };
  const expected = ofPeople.heldOut + expectedEffects(exposed, fit);
  const evenly = trained / ofPeople.train;
  const constant = trained / (countPeople(train) * season);
  const ratesOf = rateOfRows(rows, heldOut.statistics, fit);
  const [overConstant, overPeople] = [new Float64Array(conversions), new Float64Array(conversions)];
  for (let row = 0; row < conversions; row++) {
    const { all, people } = ratesOf(row);
    overConstant[row] = Math.log(all / constant);
    overPeople[row] = Math.log(all / (evenly * people));
  }
  const [gain, gainError] = gainOf(overConstant, expected - constant * countPeople(heldOut) * season, fit);
  const [timingGain, timingGainError] = gainOf(overPeople, expected - evenly * ofPeople.heldOut, fit);
  return { conversions, expected, gain, gainError, timingGain, timingGainError };
}

/** Mean gain of a row and its standard error: a sum over Poisson events has its squares as variance, and more where they come together. */
function gainOf(logRatios: Float64Array, moreExpected: number, { overdispersion }: IncrementalFit): [number, number] {
  let sum = 0;
  let squares = 0;
  for (const each of logRatios) {
    sum += each;
    squares += each * each;
  }
  return [(sum - moreExpected) / logRatios.length, Math.sqrt(overdispersion * squares) / logRatios.length];
}

function countPeople({ people }: PeopleAndStatistics): number {
  return people.people.reduce((sum, each) => sum + each, 0);
}

/** What the people are expected to buy in a day whatever their touches did, at a demand of 1. */
function peopleRate(
  { people: { people, touches }, statistics: { buckets, channels } }: PeopleAndStatistics,
  fit: IncrementalFit,
) {
  let rate = 0;
  people.forEach((each, at) => {
    rate += each * fit.stratumRates[at % SIZE_CLASSES]!;
  });
  for (let at = 0; at < buckets * channels.length; at++)
    rate += touches[at]! * fit.selectionRates[at % channels.length]!;
  return rate;
}

function expectedEffects({ data, layout }: AssembledRates, fit: IncrementalFit): number {
  let sum = 0;
  layout.fitted.forEach((channel, i) => {
    for (let bin = 0; bin < LAG_BINS; bin++) {
      const rate = fit.rates[channel * LAG_BINS + bin]!;
      const term = layout.effectsFrom + i * LAG_BINS + bin;
      for (let day = 0; day < data.days; day++) sum += rate * data.exposure[term * data.days + day]! * fit.season[day]!;
    }
  });
  return sum;
}

/** Rates at the moment of each kept conversion: of all terms, and of the person alone. */
function rateOfRows({ data, layout }: AssembledRates, statistics: IncrementalStatistics, fit: IncrementalFit) {
  const { strata, effectsFrom, fitted } = layout;
  const classes = sizeClasses(statistics, fitted, layout.firstDay);
  return (row: number): { all: number; people: number } => {
    const stratum = fit.stratumRates[classes[row]!]!;
    let people = stratum;
    let positive = stratum;
    let effects = 0;
    // The first entry of a row is its stratum.
    for (let at = data.offsets[row]! + 1; at < data.offsets[row + 1]!; at++) {
      const term = data.term[at]!;
      if (term < effectsFrom) {
        const part = fit.selectionRates[fitted[term - strata]!]! * data.amount[at]!;
        people += part;
        positive += Math.max(0, part);
      } else {
        const place = term - effectsFrom;
        const channel = fitted[Math.floor(place / LAG_BINS)]!;
        effects += fit.rates[channel * LAG_BINS + (place % LAG_BINS)]! * data.amount[at]!;
      }
    }
    return {
      all: Math.max(LEAST_RATE, LEAST_PART * (positive + effects), people + effects),
      people: Math.max(LEAST_RATE, LEAST_PART * positive, people),
    };
  };
}

/** Size class of whoever made each conversion that counts: the rows that `assembleRates` keeps, in its order. */
function sizeClasses({ conversions }: IncrementalStatistics, fitted: readonly number[], firstDay: number): Uint8Array {
  const isFitted = new Set(fitted);
  const classes: number[] = [];
  for (let row = 0; row < conversions.day.length; row++) {
    if (conversions.day[row]! < firstDay) continue;
    let touches = 0;
    for (let at = conversions.history.offsets[row]!; at < conversions.history.offsets[row + 1]!; at++) {
      if (isFitted.has(conversions.history.channel[at]!)) touches += conversions.history.count[at]!;
    }
    if (touches > 0) classes.push(sizeClassOf(touches));
  }
  return Uint8Array.from(classes);
}
