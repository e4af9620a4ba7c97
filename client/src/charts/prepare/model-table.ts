import type { ModelComparison, ModelCredit, ModelName } from "@touchline/server/contract";
import { equalDecimals, sumDecimals } from "../../format/decimal.ts";
import type { Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { intervalOf, type Span, type TrustFlag, wordFlags } from "./channel-trust.ts";
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
  /** Printed; empty where the incremental model gives none. */
  readonly interval: string;
  readonly flags: readonly TrustFlag[];
}

export interface ModelTable {
  readonly models: readonly { name: ModelName; label: string; isReference: boolean; isChosen: boolean }[];
  readonly rows: readonly ModelRow[];
  readonly noTouch: ModelRow;
  /** The head of the column of intervals; null where no model gives any. */
  readonly intervalLabel: string | null;
  readonly hasFlags: boolean;
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

/** The model that says how sure it is. */
const TRUSTED_MODEL: ModelName = "incremental";

function printInterval(span: Span | null, measure: Measure, { t, format }: Words): string {
  if (span === null) return "";
  const print = (value: number) => format.count(value, MEASURE_DIGITS[measure]);
  return t("attribution.range", { low: print(span.low), high: print(span.high) });
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
    const moved = shifts?.[index] ?? null;
    // Most models leave the conversions without a touch alone: nothing to tell.
    const shift = index === channels.length && moved === 0 ? null : moved;
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
  others: string | null = null,
): ModelTable {
  const { t, format } = words;
  const models = sortModels(comparison.models);
  const reference = models.find((model) => model.model === REFERENCE_MODEL);
  const channels = listChannels(models, others);
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
  const trusted = models.find(({ model }) => model === TRUSTED_MODEL)?.channels ?? [];
  const rows = channels.map((channel, index): ModelRow => {
    const row = trusted.find((candidate) => candidate.channel === channel);
    return {
      id: channel,
      label: channel,
      hue: hues.get(channel),
      cells: rowAt(index),
      interval: row === undefined ? "" : printInterval(intervalOf(row, measure, comparison.booked), measure, words),
      flags: row === undefined ? [] : wordFlags(row, words),
    };
  });
  const level = trusted.find(({ interval }) => interval !== null)?.interval?.level;
  return {
    models: models.map(({ model }) => ({
      name: model,
      label: t(`models.${model}`),
      isReference: model === REFERENCE_MODEL,
      isChosen: model === chosen,
    })),
    rows,
    noTouch: {
      id: "no-touch",
      label: t(trusted.length > 0 ? "attribution.noTouchRow" : "words.noTouch"),
      hue: undefined,
      cells: rowAt(channels.length),
      interval: "",
      flags: [],
    },
    intervalLabel: level === undefined ? null : t("attribution.interval", { level: format.percent(level, 0) }),
    hasFlags: rows.some(({ flags }) => flags.length > 0),
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
