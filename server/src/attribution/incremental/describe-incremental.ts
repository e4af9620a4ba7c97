import type { CaptureSignature, IncrementalFit } from "@touchline/solver";
import { type Fit, fitOf } from "../fit.ts";
import type { KnownChannel } from "./channel-facts.ts";
import { LOW_COVERAGE, mayWorkUnseen } from "./coverage.ts";
import { type CreditedSeries, describeSeries, type SeriesDescription } from "./series/describe-series.ts";

export interface Described {
  readonly fit: IncrementalFit;
  readonly channels: readonly KnownChannel[];
  readonly signatures: readonly CaptureSignature[];
  /** Conversions that were credited in the range, by channel. */
  readonly credited: ReadonlyMap<string, number>;
  /** Booked conversions of the range. */
  readonly booked: number;
  /** What spend files say was delivered in the range; null where they say nothing. */
  readonly deliveries: readonly {
    readonly channel: string;
    readonly delivered: number | null;
    readonly touches: number;
  }[];
  readonly warnings: readonly string[];
  /** Channels that were fitted on daily figures; null where there is none. */
  readonly series: CreditedSeries | null;
}

/** How far a channel's effect for what it shows may lie above the usual one of channels that are seen. */
const UNSEEN_AT_MOST = 3;

/** Hardly any business sells more than this part through its marketing: then touches were recorded because of the purchase. */
const CREDITED_AT_MOST = 0.9;

/** Fewer conversions than this tell little, however they are looked at. */
const FEW_CONVERSIONS = 300;
const WIDE = 1;
/** Lift tests have moved a channel where its figure is so much another one. */
const MOVED = 0.05;
/** Effects are never negative, so that an interval hardly ever begins at 0: beginning near it says that there may be none. */
const LEAST_SURE = 0.25;

/** What is kept with the run: intervals and flags by channel, the effect by lag, and what to beware of. */
export function describeIncremental(described: Described): Fit {
  const { fit, channels, signatures, credited, warnings } = described;
  const { level } = fit;
  const unseen = unseenConversions(described);
  const touched = touchIntervals(described);
  const series = described.series === null ? NO_SERIES : describeSeries(described.series, touched, level);
  for (const channel of series.settled) unseen.delete(channel);
  const isAllCredited = creditedIn(described) > CREDITED_AT_MOST * described.booked;
  return fitOf({
    warnings: [
      ...warnings,
      ...warningsOf(fit, channels, signatures),
      ...series.warnings,
      ...warningOfUnseen([...unseen.keys()]),
      ...warningOfAll(isAllCredited),
    ],
    channels: {
      ...Object.fromEntries(
        fit.channels.map((effect, i) => {
          const credit = credited.get(effect.channel) ?? 0;
          const hidden = unseen.get(effect.channel);
          const { low, high } = touched.get(effect.channel)!;
          const interval = { level, low, high: Math.max(high, hidden ?? 0) };
          const found = flagsOf(effect, channels[i]!, signatures[i]!);
          const flags =
            isAllCredited && credit > 0 && !found.includes("not-identified") ? [...found, "not-identified"] : found;
          return [effect.channel, { interval, flags: hidden === undefined ? flags : [...flags, "low-coverage"] }];
        }),
      ),
      ...series.channels,
    },
    figures: {
      fittedConversions: fit.conversions,
      overdispersion: fit.overdispersion,
      converged: fit.converged,
      usedTests: [...fit.usedTests, ...series.usedTests],
      ...(series.kept === null ? {} : { series: series.kept }),
      effects: fit.channels.map(
        ({ channel, perTouch, halfLifeDays, effectByLag, selected, intended, calibration, isTested }) => ({
          ...{ channel, perTouch, halfLifeDays, effectByLag, selected, intended, calibration, isTested },
        }),
      ),
      signatures: signatures.map(({ channel, ...rest }) => ({ channel: channels[channel]!.channel, ...rest })),
      rates: {
        ...{ lag: fit.rates, strata: fit.stratumRates, selection: fit.selectionRates },
        ...{ marks: fit.markWeights, markEdges: fit.markEdges, intent: fit.intentRates },
      },
    },
  });
}

const NO_SERIES: SeriesDescription = { channels: {}, settled: [], warnings: [], kept: null, usedTests: [] };

/**
 * By channel: the interval of what its touches get. The fit counts the fitted days, the credit the days of the range: it goes with the
 * credit. A channel that is held has none: its interval goes with the credit of all, and ends at what nobody else is credited with.
 */
function touchIntervals({
  fit,
  credited,
  series,
  booked,
}: Described): Map<string, { readonly low: number; readonly high: number }> {
  const ownCredit = (channel: string) => (credited.get(channel) ?? 0) - (series?.added.get(channel)?.conversions ?? 0);
  const fitted = fit.channels.reduce((sum, { conversions }) => sum + conversions, 0);
  const own = fit.channels.reduce((sum, { channel }) => sum + ownCredit(channel), 0);
  const shareOfFit = fitted > 0 ? own / fitted : 1;
  const left = Math.max(0, booked - creditedIn({ credited }));
  return new Map(
    fit.channels.map(({ channel, conversions, low, high }) => {
      if (conversions > 0) {
        const scale = ownCredit(channel) / conversions;
        return [channel, { low: low * scale, high: high * scale }];
      }
      return [channel, { low: Math.min(low * shareOfFit, left), high: Math.min(high * shareOfFit, left) }];
    }),
  );
}

/** Channels of which little is seen, with what the rest could have caused at most. */
function unseenConversions({
  fit,
  channels,
  signatures,
  deliveries,
  booked,
  credited,
}: Described): Map<string, number> {
  const shown = fit.channels
    .filter((_, i) => channels[i]!.isShown && !channels[i]!.isOwned && !signatures[i]!.isFlagged)
    .map(({ perTouch }) => perTouch)
    .sort((a, b) => a - b);
  const usual = shown[Math.floor(shown.length / 2)] ?? 0;
  const baseline = booked - creditedIn({ credited });
  const isClicked = new Set(channels.filter(mayWorkUnseen).map(({ channel }) => channel));
  return new Map(
    deliveries.flatMap(({ channel, delivered, touches }): [string, number][] =>
      isClicked.has(channel) && delivered !== null && delivered > 0 && touches < LOW_COVERAGE * delivered
        ? [[channel, Math.min(baseline / 2, UNSEEN_AT_MOST * usual * (delivered - touches))]]
        : [],
    ),
  );
}

function creditedIn({ credited }: Pick<Described, "credited">): number {
  return [...credited.values()].reduce((sum, each) => sum + each, 0);
}

function warningOfAll(isAllCredited: boolean): string[] {
  if (!isAllCredited) return [];
  return [
    `More than ${100 * CREDITED_AT_MOST} % of all conversions are credited and hardly any come by themselves: that is rarely so. Were touches recorded only of people who bought, or because they bought? Then this says nothing of what they caused.`,
  ];
}

function warningOfUnseen(channels: readonly string[]): string[] {
  if (channels.length === 0) return [];
  return [
    `${channels.join(", ")}: only clicks are seen, less than ${100 * LOW_COVERAGE} % of what was delivered. What the rest caused is in the baseline; the interval says how much that may be. A lift test tells.`,
  ];
}

function flagsOf(
  effect: IncrementalFit["channels"][number],
  { isOwned }: KnownChannel,
  { isFlagged }: CaptureSignature,
): string[] {
  if (isOwned) return ["owned"];
  if (isFlagged) return effect.isTested ? ["demand-capture", "calibrated"] : ["demand-capture"];
  const flags: string[] = [];
  if (
    effect.low < LEAST_SURE * effect.conversions ||
    effect.low <= 0 ||
    effect.high - effect.low > 2 * WIDE * Math.max(effect.conversions, 1)
  )
    flags.push("not-identified");
  if (Math.abs(effect.calibration - 1) > MOVED) flags.push("calibrated");
  return flags;
}

function warningsOf(
  { conversions, converged, channels: effects }: IncrementalFit,
  channels: readonly KnownChannel[],
  signatures: readonly CaptureSignature[],
): string[] {
  const flagged = channels.flatMap(({ channel }, i) =>
    signatures[i]!.isFlagged && !effects[i]!.isTested ? [channel] : [],
  );
  const warnings: string[] = [];
  if (conversions < FEW_CONVERSIONS)
    warnings.push(
      `Only ${conversions} ${conversions === 1 ? "conversion" : "conversions"} of people who were reached: the effects are mostly what was assumed before; look at the intervals.`,
    );
  if (!converged) warnings.push("The first fit did not settle: the figures may change with a little more data.");
  if (flagged.length > 0)
    warnings.push(
      `${flagged.join(", ")}: nearly all that follows these touches follows within hours, as with searches for the brand by people who are about to buy. No credit is given until a lift test says otherwise; up to 30 % may be their own.`,
    );
  return warnings;
}
