import type { JourneyBucket, JourneySummary } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { countCell, moneyCell, percentCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { printShare, shortDuration, wordDuration } from "./journey-step.ts";

export interface LengthBar {
  readonly id: number;
  readonly label: string;
  readonly conversions: number;
  /** Of all conversions. */
  readonly share: number;
}

export interface LengthsChart extends ChartModel {
  readonly sentence: string;
  readonly bars: readonly LengthBar[];
  /** Of the shares. */
  readonly domain: readonly [number, number];
  readout(index: number): Readout;
}

type Name = (bucket: JourneyBucket) => string;

function nameTime(words: Words): Name {
  const print = (seconds: number) => shortDuration(seconds, words);
  return ({ low, high }) => {
    if (high === null) return words.t("journeys.more", { low: print(low) });
    if (low === 0) return words.t("journeys.under", { high: print(high) });
    return words.t("journeys.span", { low: print(low), high: print(high) });
  };
}

function nameTouches({ t, format }: Words): Name {
  return ({ low, high }) => {
    if (high === null) return t("journeys.more", { low: format.count(low) });
    if (high - low === 1) return format.count(low);
    return t("journeys.span", { low: format.count(low), high: format.count(high - 1) });
  };
}

/** The parts that both histograms share. Law: the shares add up to one where anything converted. */
function prepareBars(buckets: readonly JourneyBucket[], head: string, name: Name, isOfAll: boolean, words: Words) {
  const { t, format } = words;
  const total = buckets.reduce((sum, { conversions }) => sum + conversions, 0);
  const bars = buckets.map(
    (bucket): LengthBar => ({
      id: bucket.low,
      label: name(bucket),
      conversions: bucket.conversions,
      share: total === 0 ? 0 : bucket.conversions / total,
    }),
  );
  let below = 0;
  const upTo = bars.map(({ conversions }) => {
    below += conversions;
    return total === 0 ? null : below / total;
  });
  const rate = (index: number) => printShare(buckets[index]?.conversionRate ?? null, words);
  const columns = ["words.conversions", "words.share", "journeys.cumulative"] as const;
  return {
    bars,
    domain: zeroBasedDomain(Math.max(0, ...bars.map(({ share }) => share))),
    isEmpty: total === 0,
    readout: (index: number): Readout => ({
      title: bars[index]?.label ?? "",
      lines: [
        { label: t("words.conversions"), value: format.count(bars[index]?.conversions ?? 0) },
        { label: t("words.share"), value: printShare(bars[index]?.share ?? null, words) },
        { label: t("journeys.cumulative"), value: printShare(upTo[index] ?? null, words) },
        ...(isOfAll ? [{ label: t("journeys.rate"), value: rate(index) }] : []),
      ],
    }),
    table: {
      columns: [
        { label: head, isNumeric: false },
        ...columns.map((key) => ({ label: t(key), isNumeric: true })),
        { label: t("words.revenue"), isNumeric: true },
        ...(isOfAll ? [{ label: t("journeys.rate"), isNumeric: true }] : []),
      ],
      rows: bars.map((bar, index) => ({
        id: String(bar.id),
        cells: [
          ...[bar.label, countCell(bar.conversions, words), percentCell(bar.share, words)],
          ...[percentCell(upTo[index], words), moneyCell(buckets[index]?.revenue ?? "0", words)],
          ...(isOfAll ? [percentCell(buckets[index]?.conversionRate, words)] : []),
        ],
      })),
    },
  };
}

/** How long conversions take from the first touch. */
export function prepareTimeToConversion(
  buckets: readonly JourneyBucket[],
  { time, total, withinHour, withinDay }: JourneySummary,
  words: Words,
): LengthsChart {
  const { t } = words;
  const parts = prepareBars(buckets, t("journeys.time"), nameTime(words), false, words);
  const print = (seconds: number | null) => wordDuration(seconds ?? 0, words);
  const share = (conversions: number) => printShare(conversions / Math.max(1, total.conversions), words);
  const sentence = parts.isEmpty
    ? t("journeys.lengthNone")
    : t("journeys.timeSentence", {
        hour: strong(share(withinHour)),
        day: strong(share(withinDay)),
        p90: strong(print(time.p90)),
      });
  const caption = t("journeys.timeCaption", { q25: print(time.q25), median: print(time.median), q75: print(time.q75) });
  return { ...parts, sentence, label: plainText(sentence), caption: parts.isEmpty ? sentence : caption };
}

/** How many touches conversions take; the readout adds how often journeys of that length convert. */
export function prepareTouchesToConversion(
  buckets: readonly JourneyBucket[],
  { touches }: JourneySummary,
  words: Words,
): LengthsChart {
  const { t, format } = words;
  const isMixed = buckets.some(({ unconverted }) => unconverted > 0);
  const parts = prepareBars(buckets, t("journeys.touches"), nameTouches(words), isMixed, words);
  const print = (count: number | null) => format.count(count ?? 0);
  const sentence = parts.isEmpty
    ? t("journeys.lengthNone")
    : t("journeys.touchesSentence", {
        one: strong(printShare(parts.bars[0]?.share ?? null, words)),
        p90: strong(print(touches.p90)),
      });
  const caption = t("journeys.touchesCaption", {
    ...{ q25: print(touches.q25), median: print(touches.median), q75: print(touches.q75) },
  });
  return { ...parts, sentence, label: plainText(sentence), caption: parts.isEmpty ? sentence : caption };
}
