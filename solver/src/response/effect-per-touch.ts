import { drawNormal } from "../draw-normal.ts";
import { meanOf } from "../mean-of.ts";
import { sum } from "../sum.ts";

/** One channel, one entry a day in the order of the days; only days whose conversions have had the time to come. */
export interface EffectObservations {
  readonly touches: Float64Array;
  /** Credited to the touches of the day. */
  readonly revenue: Float64Array;
  /** Touches of the channel that somebody had in the week before a touch, on average. */
  readonly frequency: number;
}

/** What a touch brings. */
export interface TouchEffect {
  /** Revenue of a touch in an ordinary time, at the volume of the last weeks; 0 where nothing is credited. */
  readonly revenuePerTouch: number;
  /** Touches a day that this holds for. */
  readonly usualVolume: number;
  /** By how much per cent a touch brings less when there are one per cent more of them; 0 or above. */
  readonly wear: number;
  /** How far the wear could be another one: normal around `wearCentre`, cut off at 0. */
  readonly wearCentre: number;
  readonly wearDeviation: number;
}

export interface EffectsFit {
  /** By how much per cent a touch brings more in a time of one per cent more demand; the same for all channels. */
  readonly seasonPower: number;
  readonly channels: readonly TouchEffect[];
}

const BLOCK_DAYS = 7;
/** People tire of what they saw in the last days. */
const TIRING_DAYS = 7;
const RECENT_DAYS = 28;
const SEASON_POWER = { centre: 0.5, deviation: 0.25 };
/**
 * Credit hardly shows how effects fall with volume, since volume moves with much else: what is assumed weighs most. Who saw the
 * channel once in the week before is taken to react by 7 % less, give or take 10, and the more touches there are, the more such people.
 */
const TIRED = { centre: 0.07, deviation: 0.1, least: 0.01, most: 0.3 };
const POWER_STEPS = 12;
const WEAR_STEPS = 12;

/**
 * Fits revenue = touches x effect x demand^power x (volume / usual volume)^-wear by days: the power is learnt from all channels
 * together, effect and wear from each, with volume the mean of the day and the seven before. Wear is shrunk hard to what people's
 * tiring would make of the frequency, hardly any where few see a channel twice.
 * @param demand by day, mean near 1
 * Law: revenue in another currency scales the effects and nothing else.
 */
export function fitEffects(channels: readonly EffectObservations[], demand: Float64Array): EffectsFit {
  const logDemand = demand.map(Math.log);
  const seasonPower = fitSeasonPower(channels, logDemand);
  const raised = logDemand.map((each) => Math.exp(seasonPower * each));
  const mean = meanOf(raised);
  const season = raised.map((each) => each / mean);
  return { seasonPower, channels: channels.map((channel) => fitEffect(channel, season)) };
}

/** A wear that the data leave possible. Law: never below 0. */
export function drawWear({ wearCentre, wearDeviation }: TouchEffect, random: () => number): number {
  return Math.max(0, wearCentre + wearDeviation * drawNormal(random));
}

function fitSeasonPower(channels: readonly EffectObservations[], logDemand: Float64Array): number {
  let power = SEASON_POWER.centre;
  for (let step = 0; step < POWER_STEPS; step++) {
    let gradient = (SEASON_POWER.centre - power) / SEASON_POWER.deviation ** 2;
    let information = SEASON_POWER.deviation ** -2;
    for (const { touches, revenue } of channels) {
      const told = tellPower(
        revenue,
        touches.map((count, day) => count * Math.exp(power * logDemand[day]!)),
        logDemand,
      );
      if (told === null) continue;
      gradient += told.gradient;
      information += told.information;
    }
    power += gradient / information;
  }
  return power;
}

function fitEffect({ touches, revenue, frequency }: EffectObservations, season: Float64Array): TouchEffect {
  const volume = touches.map((_, day) => meanOf(touches.subarray(Math.max(0, day - TIRING_DAYS), day + 1)));
  const usualVolume = meanOf(touches.slice(-RECENT_DAYS)) || meanOf(touches);
  const logVolume = volume.map((each) => (each > 0 ? Math.log(each / usualVolume) : 0));
  const lessVolume = logVolume.map((each) => -each);
  const wearAt = (wear: number) => touches.map((each, day) => each * season[day]! * Math.exp(-wear * logVolume[day]!));
  const assumed = Math.min(TIRED.most, TIRED.centre * frequency);
  const precision = (TIRED.least + Math.min(TIRED.most, TIRED.deviation * frequency)) ** -2;
  let wear = assumed;
  let information = precision;
  for (let step = 0; step < WEAR_STEPS; step++) {
    const told = tellPower(revenue, wearAt(wear), lessVolume);
    if (told === null) break;
    information = precision + told.information;
    wear += ((assumed - wear) * precision + told.gradient) / information;
  }
  const wearDeviation = information ** -0.5;
  const kept = meanAboveZero(wear, wearDeviation);
  const expected = sum(wearAt(kept));
  return {
    revenuePerTouch: expected > 0 ? Math.max(0, sum(revenue) / expected) : 0,
    ...{ usualVolume, wear: kept, wearCentre: wear, wearDeviation },
  };
}

/**
 * What revenue by day says of the power of a cause, the level left open: gradient and information of the log-likelihood at the
 * power that the expectation has now.
 * @param expected up to a factor
 * @param logCause logarithm of the cause
 * @returns null where nothing is expected or nothing came
 */
function tellPower(
  revenue: Float64Array,
  expected: Float64Array,
  logCause: Float64Array,
): { gradient: number; information: number } | null {
  const scale = sum(revenue) / sum(expected);
  if (!(scale > 0) || !Number.isFinite(scale)) return null;
  const means = expected.map((each) => each * scale);
  const scatter = scatterOf(revenue, means);
  const centre = sum(expected.map((each, day) => each * logCause[day]!)) / sum(expected);
  let gradient = 0;
  let information = 0;
  for (const [day, mean] of means.entries()) {
    const distance = logCause[day]! - centre;
    gradient += ((revenue[day]! - mean) * distance) / scatter;
    information += (mean * distance * distance) / scatter;
  }
  return { gradient, information };
}

/** Variance of sums of blocks over their mean, so that days that go together count as they do. */
function scatterOf(revenue: Float64Array, expected: Float64Array): number {
  let squares = 0;
  let means = 0;
  for (let from = 0; from < revenue.length; from += BLOCK_DAYS) {
    const to = Math.min(revenue.length, from + BLOCK_DAYS);
    const mean = sum(expected.subarray(from, to));
    squares += (sum(revenue.subarray(from, to)) - mean) ** 2;
    means += mean;
  }
  // Where nothing scatters, rounding still does.
  return Math.max(squares / means, 1e-9 * means);
}

const NORMAL_POINTS = 200;

/** Mean of what `drawWear` draws: a normal number, or 0 where it is below. */
function meanAboveZero(centre: number, deviation: number): number {
  let sum = 0;
  let weights = 0;
  for (let i = 0; i < NORMAL_POINTS; i++) {
    const z = -5 + (10 * (i + 0.5)) / NORMAL_POINTS;
    const weight = Math.exp((-z * z) / 2);
    sum += weight * Math.max(0, centre + deviation * z);
    weights += weight;
  }
  return sum / weights;
}
