import type { Disagreement } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";

export interface GapRow {
  readonly id: string;
  readonly label: string;
  readonly hue: HueSlot | undefined;
  readonly isChannel: boolean;
  readonly a: string;
  readonly b: string;
  readonly difference: string;
  /** Against the widest gap, from -1 to 1. */
  readonly bar: number;
  readonly spend: string;
}

export interface GapTable {
  readonly sentence: string;
  readonly a: string;
  readonly b: string;
  readonly rows: readonly GapRow[];
  readonly total: string;
}

function writeSentence({ a, b, moved, booked, rows }: Disagreement, { t, format }: Words): string {
  const names = { a: t(`models.${a}`), b: t(`models.${b}`) };
  const widest = rows.find(({ channel }) => channel !== null);
  if (Number(moved) === 0) return t("quality.disagreeSame", names);
  return [
    t("quality.disagreeSentence", {
      ...{ ...names, moved: strong(format.money(moved)) },
      share: format.percent(Number(booked) > 0 ? Number(moved) / Number(booked) : 0, 0),
    }),
    ...(widest?.channel == null
      ? []
      : [
          t("quality.disagreeMost", {
            channel: widest.channel,
            difference: strong(format.moneyChange(widest.difference)),
          }),
        ]),
  ].join(" ");
}

/** Credited revenue of two models side by side, the widest gap first. */
export function prepareDisagreement(
  disagreement: Disagreement,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): GapTable {
  const { t, format } = words;
  const widest = Math.max(1e-9, ...disagreement.rows.map(({ difference }) => Math.abs(Number(difference))));
  return {
    sentence: writeSentence(disagreement, words),
    a: t(`models.${disagreement.a}`),
    b: t(`models.${disagreement.b}`),
    rows: disagreement.rows.map((row) => ({
      id: row.channel ?? "",
      label: row.channel ?? t("quality.noChannel"),
      hue: row.channel === null ? undefined : hues.get(row.channel),
      isChannel: row.channel !== null,
      ...{ a: format.amount(row.a), b: format.amount(row.b), difference: format.amountChange(row.difference) },
      bar: Number(row.difference) / widest,
      spend: row.spend === null ? "–" : format.amount(row.spend),
    })),
    total: format.amount(disagreement.booked),
  };
}
