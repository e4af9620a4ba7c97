import type { TestSuggestions } from "@touchline/server/contract";
import { findText, strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";

export interface SuggestedRow {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly spend: string;
  readonly mean: string;
  readonly reference: string;
  readonly value: string;
  /** Of the largest value. */
  readonly bar: number;
  readonly isHeld: boolean;
}

export interface SuggestedTests {
  readonly sentence: string;
  readonly why: string;
  readonly rows: readonly SuggestedRow[];
}

/** Of the spend of a channel: below it a test would change next to nothing. */
const LEAST_WORTH = 0.001;

/** Channels by what a test of them would be worth; without a value they stand by their spend, and that is said. */
export function prepareSuggestions(
  answer: TestSuggestions,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): SuggestedTests {
  const { t, format } = words;
  const { model, channels, movableShare, testPrecision } = answer;
  const first = channels[0];
  const isSettled = channels.every(({ value, spend }) => (value ?? 0) < LEAST_WORTH * spend);
  const most = isSettled ? 0 : Math.max(0, ...channels.map(({ value }) => value ?? 0));
  const name = model === null ? "" : (findText(t, `models.${model}`) ?? model);
  const sentence =
    first === undefined
      ? t("experiments.suggestNone")
      : first.value === null
        ? t("experiments.suggestUnknown", { model: name })
        : isSettled
          ? t("experiments.suggestSettled", { channel: first.channel })
          : t("experiments.suggestSentence", {
              channel: strong(first.channel),
              value: strong(format.money(first.value)),
            });
  return {
    sentence,
    why: t("experiments.suggestWhy", {
      share: format.percent(movableShare, 0),
      precision: format.percent(testPrecision, 0),
    }),
    rows: channels.map((row) => ({
      channel: row.channel,
      hue: hues.get(row.channel),
      spend: format.amount(row.spend),
      mean:
        row.mean === null
          ? t("experiments.none")
          : `${format.roas(row.mean)}${row.standardError === null ? "" : ` ± ${format.roas(row.standardError)}`}`,
      reference: format.roas(row.reference),
      value: row.value === null ? t("experiments.none") : format.amount(row.value),
      bar: row.value === null || most === 0 ? 0 : row.value / most,
      isHeld: row.isHeld,
    })),
  };
}
