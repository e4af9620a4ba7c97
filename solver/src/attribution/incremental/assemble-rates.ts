import type { RateData } from "./additive-rates.ts";
import { LAG_BINS, LAG_CURVES, LAG_EDGES_DAYS } from "./lag-curves.ts";
import {
  AFTERMATH_EDGES_DAYS,
  type IncrementalStatistics,
  type ReachedPeople,
  SIZE_CLASSES,
  sizeClassOf,
} from "./statistics.ts";

/**
 * How the terms of the rate lie in memory.
 *
 *     0 .. sizes-1                     base rate of people by how many touches they had
 *     sizes .. strata-1                what classes of intent add to it
 *     strata .. strata+n-1             selection: a person's touches of channel c over the whole window
 *     strata+n+c*bins .. +bins-1       effect of channel c by lag bin
 */
export interface RateLayout {
  /** Indices of the channels that are fitted, in the order of their terms. */
  readonly fitted: readonly number[];
  /** Strata by size. */
  readonly sizes: number;
  /** With the classes of intent behind them. */
  readonly strata: number;
  /** By size class. */
  readonly stratumOf: Uint8Array;
  readonly effectsFrom: number;
  readonly terms: number;
  /** First day of the window whose conversions count: the touches of the days before are known. */
  readonly firstDay: number;
}

export interface AssembledRates {
  readonly data: RateData;
  readonly layout: RateLayout;
  /** buckets x terms, with season 1. */
  readonly bucketExposure: Float64Array;
  /** Of each row. */
  readonly bucket: Uint8Array;
}

const STRATA = 6;
const BURN_IN_DAYS = 30;
/**
 * What follows a purchase says little of the buyer (thank-you mails, ads that pause): touches of these days are left out
 * of a converter's history, and the rest is scaled up for the days that are missing.
 */
const AFTERMATH_DAYS = 7;

/** How strongly somebody's recent past says that they are about to buy: classes, 0 for not at all. */
export interface IntentClasses {
  /** Of each conversion. */
  readonly ofConversion: Uint8Array;
  /** Part of reached people's time that is spent in each class from 1 on. */
  readonly shareOfTime: Float64Array;
}

/** Terms, rows and exposure of the model, from the counts. @param fitted channels whose touches can have effects */
export function assembleRates(
  statistics: IncrementalStatistics,
  people: ReachedPeople,
  fitted: readonly number[],
  intent: IntentClasses = { ofConversion: new Uint8Array(0), shareOfTime: new Float64Array(0) },
): AssembledRates {
  const { days, conversions, channels, buckets } = statistics;
  const firstDay = Math.min(BURN_IN_DAYS, Math.floor(days / 5));
  const place = new Int16Array(channels.length).fill(-1);
  fitted.forEach((channel, i) => {
    place[channel] = i;
  });
  const { stratumOf, strata: sizes } = cutStrata(people, buckets);
  const strata = sizes + intent.shareOfTime.length;
  const effectsFrom = strata + fitted.length;
  const terms = effectsFrom + fitted.length * LAG_BINS;
  const layout: RateLayout = { fitted, sizes, strata, stratumOf, effectsFrom, terms, firstDay };
  const rows = collectRows(statistics, layout, place, intent);
  const hours = hourProfile(conversions.hour, rows.kept);
  const window = days - firstDay;
  const exposure = new Float64Array(terms * window);
  const bucketExposure = new Float64Array(buckets * terms);
  addPeople(people, layout, buckets, window, exposure, bucketExposure);
  addIntent(people, layout, intent, buckets, window, exposure, bucketExposure);
  addTouches(statistics, layout, hours, exposure, bucketExposure);
  const { shapes, parameters } = pilotShapes(layout);
  const data: RateData = {
    offsets: rows.offsets,
    term: rows.term,
    amount: rows.amount,
    weight: new Float64Array(rows.kept.length).fill(1),
    day: Uint16Array.from(rows.kept, (row) => conversions.day[row]! - firstDay),
    hourFactor: Float32Array.from(rows.kept, (row) => hours[conversions.hour[row]!]!),
    days: window,
    exposure,
    terms,
    shapes,
    parameters,
  };
  return { data, layout, bucketExposure, bucket: Uint8Array.from(rows.kept, (row) => conversions.bucket[row]!) };
}

/** Classes of people in a few strata of about equal size. */
function cutStrata(people: ReachedPeople, buckets: number): { stratumOf: Uint8Array; strata: number } {
  const size = new Float64Array(SIZE_CLASSES);
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let c = 0; c < SIZE_CLASSES; c++) size[c]! += people.people[bucket * SIZE_CLASSES + c]!;
  }
  const total = size.reduce((sum, each) => sum + each, 0);
  const stratumOf = new Uint8Array(SIZE_CLASSES);
  let below = 0;
  let strata = 0;
  let filled = 0;
  for (let c = 0; c < SIZE_CLASSES; c++) {
    stratumOf[c] = strata;
    below += size[c]!;
    filled += size[c]!;
    const isFull = below >= ((strata + 1) * total) / STRATA && filled > 0;
    if (isFull && below < total) {
      strata++;
      filled = 0;
    }
  }
  return { stratumOf, strata: strata + 1 };
}

interface CollectedRows {
  readonly kept: Uint32Array;
  readonly offsets: Uint32Array;
  readonly term: Uint16Array;
  readonly amount: Float32Array;
}

/** The terms of each conversion of somebody who was reached, after the burn-in. */
function collectRows(
  statistics: IncrementalStatistics,
  layout: RateLayout,
  place: Int16Array,
  intent: IntentClasses,
): CollectedRows {
  const { conversions, days } = statistics;
  const { history, before, after } = conversions;
  const { sizes, strata, stratumOf, effectsFrom, fitted, firstDay } = layout;
  const kept: number[] = [];
  const offsets: number[] = [0];
  const term: number[] = [];
  const amount: number[] = [];
  const counts = new Float64Array(fitted.length);
  const effects = new Float64Array(fitted.length * LAG_BINS);
  const aftermathBins = AFTERMATH_EDGES_DAYS.findIndex((edge) => edge >= AFTERMATH_DAYS);
  for (let row = 0; row < conversions.day.length; row++) {
    const day = conversions.day[row]!;
    if (day < firstDay) continue;
    counts.fill(0);
    let touches = 0;
    for (let at = history.offsets[row]!; at < history.offsets[row + 1]!; at++) {
      const i = place[history.channel[at]!]!;
      if (i < 0) continue;
      counts[i]! += history.count[at]!;
      touches += history.count[at]!;
    }
    if (touches === 0) continue;
    for (let at = after.offsets[row]!; at < after.offsets[row + 1]!; at++) {
      const i = place[after.channel[at]!]!;
      if (i >= 0 && after.bin[at]! < aftermathBins) counts[i]! -= after.count[at]!;
    }
    const scale = days / (days - Math.min(AFTERMATH_DAYS, days - day - 0.5));
    kept.push(row);
    term.push(stratumOf[sizeClassOf(touches)]!);
    amount.push(1);
    const intentClass = intent.ofConversion[row] ?? 0;
    if (intentClass > 0) {
      term.push(sizes + intentClass - 1);
      amount.push(1);
    }
    for (let i = 0; i < fitted.length; i++) {
      if (counts[i]! <= 0) continue;
      term.push(strata + i);
      amount.push(counts[i]! * scale);
    }
    effects.fill(0);
    for (let at = before.offsets[row]!; at < before.offsets[row + 1]!; at++) {
      const i = place[before.channel[at]!]!;
      if (i >= 0) effects[i * LAG_BINS + before.bin[at]!]! += before.count[at]!;
    }
    for (let e = 0; e < effects.length; e++) {
      if (effects[e] === 0) continue;
      term.push(effectsFrom + e);
      amount.push(effects[e]!);
    }
    offsets.push(term.length);
  }
  return {
    kept: Uint32Array.from(kept),
    offsets: Uint32Array.from(offsets),
    term: Uint16Array.from(term),
    amount: Float32Array.from(amount),
  };
}

/** Conversions of an hour of the day against an average hour; mean 1. */
function hourProfile(hour: Uint8Array, kept: Uint32Array): Float64Array {
  const profile = new Float64Array(24).fill(PRIOR_HOUR);
  for (const row of kept) profile[hour[row]!]! += 1;
  const mean = (kept.length + 24 * PRIOR_HOUR) / 24;
  return profile.map((each) => each / mean);
}
const PRIOR_HOUR = 1;

function addPeople(
  { people, touches }: ReachedPeople,
  { strata, stratumOf, fitted, terms }: RateLayout,
  buckets: number,
  window: number,
  exposure: Float64Array,
  bucketExposure: Float64Array,
): void {
  const channels = touches.length / buckets;
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let c = 0; c < SIZE_CLASSES; c++) {
      const each = people[bucket * SIZE_CLASSES + c]!;
      bucketExposure[bucket * terms + stratumOf[c]!]! += each * window;
      for (let day = 0; day < window; day++) exposure[stratumOf[c]! * window + day]! += each;
    }
    fitted.forEach((channel, i) => {
      const each = touches[bucket * channels + channel]!;
      bucketExposure[bucket * terms + strata + i]! += each * window;
      for (let day = 0; day < window; day++) exposure[(strata + i) * window + day]! += each;
    });
  }
}

function addIntent(
  { people }: ReachedPeople,
  { sizes, terms }: RateLayout,
  { shareOfTime }: IntentClasses,
  buckets: number,
  window: number,
  exposure: Float64Array,
  bucketExposure: Float64Array,
): void {
  shareOfTime.forEach((share, i) => {
    for (let bucket = 0; bucket < buckets; bucket++) {
      let reached = 0;
      for (let c = 0; c < SIZE_CLASSES; c++) reached += people[bucket * SIZE_CLASSES + c]!;
      bucketExposure[bucket * terms + sizes + i]! += reached * share * window;
      for (let day = 0; day < window; day++) exposure[(sizes + i) * window + day]! += reached * share;
    }
  });
}

/** Time that people spent in each lag bin after touches, inside the days that count, weighted with the hours' demand. */
function addTouches(
  { channels, days, buckets, touchesByDay, touchesByHour }: IncrementalStatistics,
  { fitted, effectsFrom, terms, firstDay }: RateLayout,
  hours: Float64Array,
  exposure: Float64Array,
  bucketExposure: Float64Array,
): void {
  const window = days - firstDay;
  fitted.forEach((channel, i) => {
    const spread = spreadByBin(touchesByHour.subarray(channel * 24, channel * 24 + 24), hours);
    for (let bin = 0; bin < LAG_BINS; bin++) {
      const term = effectsFrom + i * LAG_BINS + bin;
      const shares = spread[bin]!;
      for (let day = 0; day < days; day++) {
        let inside = 0;
        let all = 0;
        for (let bucket = 0; bucket < buckets; bucket++) {
          all += touchesByDay[(bucket * channels.length + channel) * days + day]!;
        }
        for (let later = 0; later < shares.length; later++) {
          const at = day + later - firstDay;
          if (at < 0 || at >= window) continue;
          inside += shares[later]!;
          exposure[term * window + at]! += all * shares[later]!;
        }
        for (let bucket = 0; bucket < buckets && inside > 0; bucket++) {
          bucketExposure[bucket * terms + term]! +=
            inside * touchesByDay[(bucket * channels.length + channel) * days + day]!;
        }
      }
    }
  });
}

/** For each bin: demand-weighted days that fall on the day of the touch, the day after, and so on. */
function spreadByBin(touchHours: Float64Array, hours: Float64Array): Float64Array[] {
  const touches = touchHours.reduce((sum, each) => sum + each, 0);
  const passed = new Float64Array(25);
  for (let hour = 0; hour < 24; hour++) passed[hour + 1] = passed[hour]! + hours[hour]! / 24;
  const passedBy = (time: number): number => {
    const hour = Math.min(23, Math.floor(time * 24));
    return passed[hour]! + (passed[hour + 1]! - passed[hour]!) * (time * 24 - hour);
  };
  return Array.from({ length: LAG_BINS }, (_, bin) => {
    const from = LAG_EDGES_DAYS[bin]!;
    const to = LAG_EDGES_DAYS[bin + 1]!;
    const shares = new Float64Array(Math.ceil(to) + 2);
    for (let hour = 0; hour < 24; hour++) {
      const weight = touches > 0 ? touchHours[hour]! / touches : 0;
      if (weight === 0) continue;
      const start = (hour + 0.5) / 24 + from;
      const end = (hour + 0.5) / 24 + to;
      for (let day = Math.floor(start); day <= Math.floor(end); day++) {
        const low = Math.max(start, day);
        const high = Math.min(end, day + 1);
        if (high > low) shares[day]! += weight * (passedBy(high - day) - passedBy(low - day));
      }
    }
    return shares;
  });
}

const PILOT_HALF_LIVES = [1 / 24, 4 / 24, 0.5, 1.5, 4, 10, 25];

/** For the first fit: each channel's effect is a mixture of a few exponential curves. */
function pilotShapes({ effectsFrom, fitted, terms }: RateLayout): { shapes: Float64Array; parameters: number } {
  const parameters = effectsFrom + fitted.length * PILOT_HALF_LIVES.length;
  const shapes = new Float64Array(terms * parameters);
  for (let term = 0; term < effectsFrom; term++) shapes[term * parameters + term] = 1;
  const densities = PILOT_HALF_LIVES.map((half) => nearestCurve(half));
  for (let i = 0; i < fitted.length; i++) {
    densities.forEach((density, p) => {
      for (let bin = 0; bin < LAG_BINS; bin++) {
        shapes[(effectsFrom + i * LAG_BINS + bin) * parameters + effectsFrom + i * PILOT_HALF_LIVES.length + p] =
          density[bin]!;
      }
    });
  }
  return { shapes, parameters };
}

function nearestCurve(halfLifeDays: number): Float64Array {
  const gap = (other: number): number => Math.abs(Math.log(other / halfLifeDays));
  return LAG_CURVES.reduce((best, curve) => (gap(curve.halfLifeDays) < gap(best.halfLifeDays) ? curve : best)).density;
}
