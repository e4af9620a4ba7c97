import type { ModelComparison, ModelCredit, ModelName } from "@touchline/server/contract";
import { equalDecimals, sumDecimals } from "../../format/decimal.ts";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import {
  creditOf,
  listChannels,
  MEASURE_DIGITS,
  type Measure,
  REFERENCE_MODEL,
  roundCredits,
  roundShifts,
  sortModels,
} from "./credit-measure.ts";

export interface ModelCell {
  readonly value: string;
  readonly share: string;
  /** Length in [0, 1]: the share beside the largest one of the table. */
  readonly bar: number;
  /** In money, with its sign; null for the reference itself. */
  readonly shift: string | null;
  readonly direction: "up" | "down" | "same";
}

export interface ModelRow {
  readonly id: string;
  readonly label: string;
  readonly hue: HueSlot | undefined;
  readonly cells: readonly ModelCell[];
}

export interface ModelTable {
  readonly models: readonly { name: ModelName; label: string; isReference: boolean; isChosen: boolean }[];
  readonly rows: readonly ModelRow[];
  readonly noTouch: ModelRow;
  readonly totals: readonly string[];
  readonly reconciles: boolean;
  readonly reconciliation: string;
}

/** Models whose rows do not add up to what was booked, in conversions or in revenue. */
function findMisfits(comparison: ModelComparison): ModelCredit[] {
  return comparison.models.filter((model) =>
    (["revenue", "conversions"] as const).some((measure) => {
      const sum = sumDecimals([...model.channels.map((row) => row[measure]), model.noTouch[measure]]);
      return !equalDecimals(sum, comparison.booked[measure]);
    }),
  );
}

function cellsOfModel(
  model: ModelCredit,
  reference: ModelCredit | undefined,
  channels: readonly string[],
  measure: Measure,
  { format }: Words,
): ModelCell[] {
  const credits = [...channels.map((channel) => creditOf(model, channel)), model.noTouch];
  const printed = roundCredits(model, channels, measure);
  const shifts = reference === undefined || reference === model ? null : roundShifts(model, reference, channels);
  const total = Number(sumDecimals(credits.map((credit) => credit[measure])));
  return credits.map((credit, index) => {
    const shareOfTotal = total === 0 ? 0 : Number(credit[measure]) / total;
    const shift = shifts?.[index] ?? null;
    return {
      value: format.count(printed[index] ?? "0", MEASURE_DIGITS[measure]),
      share: format.percent(shareOfTotal),
      bar: shareOfTotal,
      shift: shift === null ? null : format.amountChange(shift),
      direction: shift === null || shift === 0 ? "same" : shift > 0 ? "up" : "down",
    };
  });
}

/**
 * Channel by model: credit, share of the total, and what it moves in money against last touch.
 * Law: every printed column adds up to its printed total.
 */
export function prepareModelTable(
  comparison: ModelComparison,
  measure: Measure,
  chosen: ModelName,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): ModelTable {
  const { t, format } = words;
  const models = sortModels(comparison.models);
  const reference = models.find((model) => model.model === REFERENCE_MODEL);
  const channels = listChannels(models);
  const shares = models.map((model) => cellsOfModel(model, reference, channels, measure, words));
  const largest = Math.max(1e-9, ...shares.flat().map((cell) => cell.bar));
  const columns = shares.map((column) => column.map((cell) => ({ ...cell, bar: cell.bar / largest })));
  const misfits = findMisfits(comparison);
  const booked = {
    revenue: format.money(comparison.booked.revenue, 2),
    conversions: format.count(
      comparison.booked.conversions,
      Number.isInteger(Number(comparison.booked.conversions)) ? 0 : 1,
    ),
  };
  const rowAt = (index: number): readonly ModelCell[] => columns.flatMap((column) => column[index] ?? []);
  return {
    models: models.map(({ model }) => ({
      name: model,
      label: t(`models.${model}`),
      isReference: model === REFERENCE_MODEL,
      isChosen: model === chosen,
    })),
    rows: channels.map((channel, index) => ({
      id: channel,
      label: channel,
      hue: hues.get(channel),
      cells: rowAt(index),
    })),
    noTouch: { id: "no-touch", label: t("words.noTouch"), hue: undefined, cells: rowAt(channels.length) },
    totals: models.map((model) =>
      format.count(
        sumDecimals([...model.channels.map((row) => row[measure]), model.noTouch[measure]]),
        MEASURE_DIGITS[measure],
      ),
    ),
    reconciles: misfits.length === 0,
    reconciliation:
      misfits.length === 0
        ? t("attribution.footerOk", booked)
        : t("attribution.footerOff", {
            ...booked,
            models: misfits.map((model) => t(`models.${model.model}`)).join(", "),
          }),
  };
}

/** The page's answer: who wins and who loses most when the chosen model replaces last touch. */
export function writeComparisonHeadline(comparison: ModelComparison, chosen: ModelName, words: Words): string {
  const { t, format } = words;
  const model = comparison.models.find((candidate) => candidate.model === chosen);
  const reference = comparison.models.find((candidate) => candidate.model === REFERENCE_MODEL);
  const channels = listChannels(comparison.models);
  const top = channels[0];
  if (model === undefined || reference === undefined || top === undefined) return t("attribution.headlineNone");
  if (chosen === REFERENCE_MODEL) {
    const first = [...reference.channels].sort((a, b) => Number(b.revenue) - Number(a.revenue))[0];
    const booked = Number(comparison.booked.revenue);
    return t("attribution.headlineLast", {
      channel: strong(first?.channel ?? top),
      revenue: strong(
        format.money(roundCredits(reference, channels, "revenue")[channels.indexOf(first?.channel ?? top)] ?? 0),
      ),
      share: format.percent(booked === 0 ? 0 : Number(first?.revenue ?? 0) / booked),
    });
  }
  const moved = roundShifts(model, reference, channels);
  const shifts = channels
    .map((channel, index) => ({ channel, shift: moved[index] ?? 0 }))
    .sort((a, b) => b.shift - a.shift);
  const winner = shifts[0];
  const loser = shifts.at(-1);
  const name = t(`models.${chosen}`);
  if (winner === undefined || loser === undefined || winner.shift <= 0)
    return t("attribution.headlineSame", { model: name });
  if (loser.shift >= 0) {
    return t("attribution.headlineGain", {
      model: name,
      channel: winner.channel,
      gain: strong(format.money(winner.shift)),
    });
  }
  return t("attribution.headlineBoth", {
    model: name,
    winner: winner.channel,
    gain: strong(format.money(winner.shift)),
    loser: loser.channel,
    loss: strong(format.money(-loser.shift)),
  });
}
