import type { Experiments, GeoDesignAnswer, TestSuggestions } from "@touchline/server/contract";
import type { Words } from "../../../i18n/words.ts";
import { countCell, figureCell, moneyCell, percentCell, ratioCell } from "../cells.ts";
import type { ChartTable } from "../chart-model.ts";
import { prepareTests } from "../experiments.ts";

const numeric = (labels: readonly string[]) => labels.map((label) => ({ label, isNumeric: true }));
const plain = (labels: readonly string[]) => labels.map((label) => ({ label, isNumeric: false }));

/** Every lift test beside the model's figure. */
export function tabulateTests(answer: Experiments, words: Words): ChartTable {
  const { t, format } = words;
  const shown = prepareTests(answer, new Map(), words).rows;
  const level = format.percent(0.9, 0);
  return {
    columns: [
      ...plain([
        t("experiments.test"),
        t("words.channel"),
        t("exports.column.kind"),
        t("exports.column.from"),
        t("exports.column.to"),
      ]),
      ...numeric([
        ...[t("words.spend"), t("experiments.incremental"), t("quality.lowest", { level })],
        ...[t("quality.highest", { level }), t("experiments.cost"), t("experiments.model"), t("exports.column.gap")],
      ]),
      ...plain([t("experiments.verdict")]),
    ],
    rows: answer.experiments.map((test, index) => ({
      id: test.experimentId,
      cells: [
        ...[test.experimentId, test.channel, shown[index]?.method ?? test.method],
        { unit: "date", value: test.startDate, text: format.date(test.startDate) },
        { unit: "date", value: test.endDate, text: format.date(test.endDate) },
        ...[moneyCell(test.spend, words), countCell(test.incrementalConversions, words)],
        ...[countCell(test.interval.low, words), countCell(test.interval.high, words)],
        ...[moneyCell(test.costPerIncremental, words, 2), countCell(test.model?.conversions, words, 1)],
        figureCell("number", test.gap, (gap) => format.count(gap, 2)),
        shown[index]?.verdict ?? "",
      ],
    })),
  };
}

/** What a test of each channel would be worth. */
export function tabulateSuggestions({ channels }: TestSuggestions, words: Words): ChartTable {
  const { t } = words;
  return {
    columns: [
      ...plain([t("words.channel")]),
      ...numeric([
        ...[t("words.spend"), t("exports.column.mean"), t("exports.column.standardError")],
        ...[t("exports.column.reference"), t("exports.column.value")],
      ]),
    ],
    rows: channels.map((row) => ({
      id: row.channel,
      cells: [
        ...[row.channel, moneyCell(row.spend, words), ratioCell(row.mean, words)],
        ...[ratioCell(row.standardError, words), ratioCell(row.reference, words), moneyCell(row.value, words)],
      ],
    })),
  };
}

/** Groups of regions, the best first. */
export function tabulateDesigns({ designs }: GeoDesignAnswer, words: Words): ChartTable {
  const { t } = words;
  return {
    columns: [
      ...plain([t("exports.column.regions")]),
      ...numeric([
        ...[t("words.share"), t("experiments.smallest"), t("experiments.falseAlarms"), t("experiments.fitError")],
      ]),
    ],
    rows: designs.map((design) => ({
      id: design.testRegions.join("|"),
      cells: [
        design.testRegions.join(", "),
        ...[design.share, design.detectableLift, design.falseAlarms, design.fitError].map((share) =>
          percentCell(share, words),
        ),
      ],
    })),
  };
}
