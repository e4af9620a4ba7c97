import type { Credit, ModelCredit, ModelName } from "@touchline/server/contract";
import { roundToAddUp, sumDecimals } from "../../format/decimal.ts";
import type { Format } from "../../format/format.ts";

/** What credit is counted in. */
export const MEASURES = ["revenue", "conversions"] as const;
export type Measure = (typeof MEASURES)[number];

/** From "who opens" to "who closes", then the models that weigh whole paths: neighbours are alike, so lines cross least. */
export const MODEL_ORDER = [
  "first",
  "first-paid",
  "position-based",
  "w-shaped",
  "linear",
  "shapley-ordered",
  "time-decay",
  "last",
  "last-non-direct",
  "last-click",
  "last-paid",
  "markov",
  "shapley",
  "logistic",
  "incremental",
] as const satisfies readonly ModelName[];

/** What the other models are compared with: the one that most reports are written in. */
export const REFERENCE_MODEL: ModelName = "last";

export function printMeasure(value: number | string, measure: Measure, format: Format): string {
  return measure === "revenue" ? format.money(value) : format.count(value, MEASURE_DIGITS.conversions);
}

const NOTHING: Credit = { conversions: "0", revenue: "0" };

export function creditOf(model: ModelCredit, channel: string): Credit {
  return model.channels.find((row) => row.channel === channel) ?? NOTHING;
}

export function sortModels(models: readonly ModelCredit[]): ModelCredit[] {
  return [...models].sort((a, b) => MODEL_ORDER.indexOf(a.model) - MODEL_ORDER.indexOf(b.model));
}

/**
 * Every channel that any model names, the most credited first (summed over models, so that no model decides the order).
 * @param others what stands for several channels: always the last
 */
export function listChannels(models: readonly ModelCredit[], others: string | null = null): string[] {
  const names = new Set(models.flatMap((model) => model.channels.map((row) => row.channel)));
  const weight = (channel: string) => Number(sumDecimals(models.map((model) => creditOf(model, channel).revenue)));
  return [...names]
    .map((name) => ({ name, weight: weight(name) }))
    .sort((a, b) => Number(a.name === others) - Number(b.name === others) || b.weight - a.weight)
    .map(({ name }) => name);
}

/** How many decimals credit is shown with. */
export const MEASURE_DIGITS: Readonly<Record<Measure, number>> = { revenue: 0, conversions: 1 };

/**
 * The credit of each channel and, last, of the conversions without a touch, rounded so that they add up to the total. Sentences,
 * labels and tables all print these, so that no figure differs by one from the same figure elsewhere on the page.
 */
export function roundCredits(model: ModelCredit, channels: readonly string[], measure: Measure): string[] {
  const credits = [...channels.map((channel) => creditOf(model, channel)), model.noTouch];
  return roundToAddUp(
    credits.map((credit) => credit[measure]),
    MEASURE_DIGITS[measure],
  );
}

/**
 * What a model moves by channel and, last, to or from the conversions without one, in whole money, against the reference: the
 * difference of the figures that are shown.
 */
export function roundShifts(model: ModelCredit, reference: ModelCredit, channels: readonly string[]): number[] {
  const there = roundCredits(reference, channels, "revenue");
  return roundCredits(model, channels, "revenue").map(
    (revenue, index) => Number(revenue) - Number(there[index] ?? "0"),
  );
}
