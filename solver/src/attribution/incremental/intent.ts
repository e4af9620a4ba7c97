import type { IntentClasses } from "./assemble-rates.ts";
import { LAG_BINS, LAG_EDGES_DAYS } from "./lag-curves.ts";
import type { ConversionRows, SparseCounts } from "./statistics.ts";

/** What people's past looks like around touches and at moments when nothing happens. */
export interface IntentStatistics {
  /** Channels whose touches are own visits: they mark intent and cause nothing. */
  readonly visits: readonly number[];
  /** By channel, of sampled touches: how many, and own visits before them. */
  readonly touches: Float64Array;
  /** In the three days before, without the last two hours. */
  readonly visitsNear: Float64Array;
  /** 10 to 30 days before. */
  readonly visitsFar: Float64Array;
  /** Random moments of reached people. */
  readonly moments: { readonly hour: Uint8Array; readonly before: SparseCounts };
}

const NEAR_DAYS = 3 - 2 / 24;
const FAR_DAYS = 20;
/** Weights below this cannot be told from chance. */
const LEAST_WEIGHT = 0.1;
const MOST_WEIGHT = 3;
const FEWEST_VISITS = 30;
/** How many deviations the visits before touches must lie above the usual: visits come in clusters, so more than for single events. */
const CLEARLY = 5;
const CLASSES = 10;
/** How long a mark of intent counts. */
const FADES_IN_DAYS = 2;
/** Visits of the last hours belong to the purchase itself, whatever caused it: they would take credit from the cause. */
const CLOSING_BIN = LAG_EDGES_DAYS.indexOf(8 / 24);
const LEAST_MARK = 0.03;

/**
 * How far touches of each channel mark intent, against an own visit (weight 1): touches that are aimed at people who are about to
 * buy have own visits before them, touches that are aimed at nobody in particular have no more than usual. What the person
 * usually does (weeks before) is taken off, so that steady visitors mark nothing.
 * @returns by channel; null where own visits are too few to tell, or no channel is aimed
 */
export function weighMarks(intent: IntentStatistics): Float64Array | null {
  const excess = intent.touches.map((touches, channel) =>
    touches > 0
      ? intent.visitsNear[channel]! / touches / NEAR_DAYS - intent.visitsFar[channel]! / touches / FAR_DAYS
      : 0,
  );
  const sumOf = (counts: Float64Array): number => intent.visits.reduce((sum, channel) => sum + counts[channel]!, 0);
  const visits = sumOf(intent.touches);
  if (visits === 0 || !isClear(sumOf(intent.visitsNear), sumOf(intent.visitsFar))) return null;
  const ofVisit = sumOf(excess.map((each, channel) => each * intent.touches[channel]!)) / visits;
  const isVisit = new Set(intent.visits);
  const weights = excess.map((each, channel) => {
    if (isVisit.has(channel)) return 1;
    const weight = Math.min(MOST_WEIGHT, each / ofVisit);
    return weight >= LEAST_WEIGHT && isClear(intent.visitsNear[channel]!, intent.visitsFar[channel]!) ? weight : 0;
  });
  const isAimed = weights.some((weight, channel) => weight > 0 && !isVisit.has(channel));
  return isAimed ? weights : null;
}

/** More visits near than the usual rate explains. */
function isClear(near: number, far: number): boolean {
  const usual = (far * NEAR_DAYS) / FAR_DAYS;
  const deviation = Math.sqrt(near + (usual * NEAR_DAYS) / FAR_DAYS);
  return near >= FEWEST_VISITS && near - usual > CLEARLY * deviation;
}

/**
 * Sorts conversions and random moments into classes by the marks of the days before, fading: how likely somebody of that past
 * is to buy anyway is then learnt by class, and the effect of a touch from people of one class whose marks are of another kind.
 */
export function classifyIntent(
  conversions: ConversionRows,
  intent: IntentStatistics,
  weights: Float64Array,
): IntentClasses & { readonly edges: readonly number[]; readonly markWeights: Float64Array } {
  const isVisit = new Set(intent.visits);
  const markWeights = Float64Array.from({ length: weights.length * LAG_BINS }, (_, at) => {
    const channel = Math.floor(at / LAG_BINS);
    const bin = at % LAG_BINS;
    return isVisit.has(channel) && bin < CLOSING_BIN ? 0 : weights[channel]! * FADING[bin]!;
  });
  const marksOf = (rows: SparseCounts, row: number): number => {
    let marks = 0;
    for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
      marks += markWeights[rows.channel[at]! * LAG_BINS + rows.bin[at]!]! * rows.count[at]!;
    }
    return marks;
  };
  const ofConversions = Float64Array.from(conversions.day, (_, row) => marksOf(conversions.before, row));
  const marked = ofConversions.filter((marks) => marks > LEAST_MARK).sort();
  const edges = Array.from({ length: CLASSES }, (_, i) =>
    i === 0 ? LEAST_MARK : (marked[Math.floor((marked.length * i) / CLASSES)] ?? LEAST_MARK),
  );
  const classOf = (marks: number): number => edges.reduce((n, edge) => n + (marks > edge ? 1 : 0), 0);
  const hours = new Float64Array(24).fill(1);
  for (const hour of conversions.hour) hours[hour]! += 1;
  const { moments } = intent;
  const shareOfTime = new Float64Array(CLASSES);
  let total = 0;
  for (let moment = 0; moment < moments.hour.length; moment++) {
    const demand = hours[moments.hour[moment]!]!;
    total += demand;
    const found = classOf(marksOf(moments.before, moment));
    if (found > 0) shareOfTime[found - 1]! += demand;
  }
  return {
    edges,
    markWeights,
    ofConversion: Uint8Array.from(ofConversions, classOf),
    // A class that no moment fell into has still some time: half a moment.
    shareOfTime: shareOfTime.map((each) => Math.max(each, (0.5 * total) / moments.hour.length) / total),
  };
}

const FADING = LAG_EDGES_DAYS.slice(0, -1).map((from, bin) =>
  Math.exp(-(from + LAG_EDGES_DAYS[bin + 1]!) / 2 / FADES_IN_DAYS),
);
