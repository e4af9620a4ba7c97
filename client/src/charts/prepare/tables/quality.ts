import type { ChannelQuality, Disagreement, JourneyScores } from "@touchline/server/contract";
import type { Words } from "../../../i18n/words.ts";
import { countCell, figureCell, moneyCell, percentCell } from "../cells.ts";
import type { ChartTable } from "../chart-model.ts";
import { idOfScore, nameScore } from "../quality-name.ts";

const numeric = (labels: readonly string[]) => labels.map((label) => ({ label, isNumeric: true }));

/** Credited revenue of two models, with what each channel cost. */
export function tabulateDisagreement(disagreement: Disagreement, words: Words): ChartTable {
  const { t } = words;
  const { a, b, rows, booked } = disagreement;
  return {
    columns: [
      { label: t("words.channel"), isNumeric: false },
      ...numeric([t(`models.${a}`), t(`models.${b}`), t("quality.difference"), t("words.spend")]),
    ],
    rows: rows.map((row) => ({
      id: row.channel ?? "",
      cells: [
        row.channel ?? t("quality.noChannel"),
        ...[row.a, row.b, row.difference, row.spend].map((amount) => moneyCell(amount, words)),
      ],
    })),
    total: [t("words.total"), moneyCell(booked, words), moneyCell(booked, words), "", ""],
  };
}

/** How well each model foretold the journeys that it had not seen, all digits. */
export function tabulateScores({ models, constant }: JourneyScores, words: Words): ChartTable {
  const { t, format } = words;
  const small = (value: number | null) => figureCell("number", value, (figure) => format.count(figure, 4));
  return {
    columns: [
      { label: t("quality.model"), isNumeric: false },
      ...numeric([
        ...[t("quality.gain"), t("exports.column.standardError"), t("quality.auc"), t("quality.logLikelihood")],
      ]),
    ],
    rows: [
      ...models.map((score) => ({
        id: idOfScore(score),
        cells: [
          ...[nameScore(score, words), small(score.gain), small(score.gainError)],
          ...[percentCell(score.auc, words), small(score.logLikelihood)],
        ],
      })),
      {
        id: "one-chance",
        cells: [t("quality.oneChance"), small(0), small(null), percentCell(0.5, words), small(constant)],
      },
    ],
  };
}

/** What is known of each channel, with the marks by name. */
export function tabulateFindings(channels: readonly ChannelQuality[], words: Words): ChartTable {
  const { t, format } = words;
  const level = channels.find(({ effect }) => effect !== null)?.effect?.level ?? 0.9;
  const percent = format.percent(level, 0);
  return {
    columns: [
      { label: t("words.channel"), isNumeric: false },
      ...numeric([
        ...[t("quality.touches"), t("quality.caused"), t("quality.lowest", { level: percent })],
        ...[t("quality.highest", { level: percent }), t("quality.coverage")],
      ]),
      { label: t("quality.marks"), isNumeric: false },
    ],
    rows: channels.map((channel) => ({
      id: channel.channel,
      cells: [
        ...[channel.channel, countCell(channel.touches, words), countCell(channel.effect?.conversions, words)],
        ...[countCell(channel.effect?.low, words), countCell(channel.effect?.high, words)],
        percentCell(channel.coverage, words, 0),
        channel.findings.map((finding) => t(`quality.finding.${finding}`)).join(", "),
      ],
    })),
  };
}
