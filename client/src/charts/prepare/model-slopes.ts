import type { DateRange, ModelComparison, ModelName } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import type { ChartModel } from "./chart-model.ts";
import { creditOf, listChannels, type Measure, printMeasure, roundCredits, sortModels } from "./credit-measure.ts";

export interface SlopeLine {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  /** One value a model, in the order of `models`. */
  readonly values: readonly number[];
  readonly printed: readonly string[];
}

export interface ModelSlopes extends ChartModel {
  readonly sentence: string;
  readonly models: readonly { name: ModelName; label: string }[];
  readonly lines: readonly SlopeLine[];
  readonly domain: readonly [number, number];
}

/** A line drawn is a line labelled: beyond this many the labels could not stand beside their ends. */
const MOST_LINES = 10;

/** The channel whose credit depends most on the model, with the two models that see it most differently. */
function writeSentence(lines: readonly SlopeLine[], models: ModelSlopes["models"], { t }: Words): string {
  const spans = lines.map((line) => {
    const low = line.values.indexOf(Math.min(...line.values));
    const high = line.values.indexOf(Math.max(...line.values));
    return { line, low, high, width: (line.values[high] ?? 0) - (line.values[low] ?? 0) };
  });
  const widest = spans.sort((a, b) => b.width - a.width)[0];
  if (widest === undefined || widest.width <= 0) return t("attribution.slopeSentenceOne");
  const { line, low, high } = widest;
  return t("attribution.slopeSentence", {
    channel: strong(line.channel),
    low: strong(line.printed[low] ?? ""),
    lowModel: models[low]?.label ?? "",
    high: strong(line.printed[high] ?? ""),
    highModel: models[high]?.label ?? "",
  });
}

/** Positions are read, not lengths, so the scale need not start at zero: it holds all values with a little air. */
function slopeDomain(values: readonly number[]): [number, number] {
  const low = Math.min(...values, Number.POSITIVE_INFINITY);
  const high = Math.max(...values, 0);
  if (!(high > low)) return [0, Math.max(high, 1)];
  return [Math.max(0, low - (high - low) * 0.06), high + (high - low) * 0.02];
}

/** Credit of each channel from model to model. Conversions without a touch are the same under all of them and not drawn. */
export function prepareModelSlopes(
  comparison: ModelComparison,
  measure: Measure,
  range: DateRange,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): ModelSlopes {
  const { t, format } = words;
  const models = sortModels(comparison.models);
  const channels = listChannels(models);
  const labels = models.map((model) => ({ name: model.model, label: t(`models.${model.model}`) }));
  const rounded = models.map((model) => roundCredits(model, channels, measure));
  const lines = channels.map(
    (channel, index): SlopeLine => ({
      channel,
      hue: hues.get(channel),
      values: models.map((model) => Number(creditOf(model, channel)[measure])),
      printed: rounded.map((credits) => printMeasure(credits[index] ?? "0", measure, format)),
    }),
  );
  const sentence = writeSentence(lines, labels, words);
  const caption = measure === "revenue" ? "attribution.slopeCaptionRevenue" : "attribution.slopeCaptionConversions";
  return {
    label: plainText(sentence),
    caption: t(caption, { range: format.range(range.from, range.to) }),
    sentence,
    models: labels,
    lines: lines.slice(0, MOST_LINES),
    domain: slopeDomain(lines.flatMap((line) => line.values)),
    table: {
      columns: [
        { label: t("words.channel"), isNumeric: false },
        ...labels.map(({ label }) => ({ label, isNumeric: true })),
      ],
      rows: lines.map((line) => ({ id: line.channel, cells: [line.channel, ...line.printed] })),
    },
  };
}

/** From this width on, in pixels, all models stand side by side. */
export const ALL_MODELS_WIDTH = 620;

/** Narrow screens show the ends and the reference, so that labels keep their room. */
export function modelsForWidth(models: readonly { name: ModelName }[], width: number): number[] {
  const all = models.map((_, index) => index);
  if (width >= ALL_MODELS_WIDTH) return all;
  const wanted: ModelName[] = ["first", "last", "markov"];
  const some = all.filter((index) => wanted.includes(models[index]?.name ?? "linear"));
  return some.length >= 2 ? some : all;
}
