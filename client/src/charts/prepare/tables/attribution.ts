import type { ModelComparison } from "@touchline/server/contract";
import type { Words } from "../../../i18n/words.ts";
import { figureCell, moneyCell } from "../cells.ts";
import { intervalOf } from "../channel-trust.ts";
import type { Cell, ChartTable, FigureCell } from "../chart-model.ts";
import { creditOf, listChannels, MEASURE_DIGITS, type Measure, sortModels } from "../credit-measure.ts";

/** Channel by model with every digit of the credit, the interval of the model that has one, what platforms claim, and spend. */
export function tabulateModels(
  comparison: ModelComparison,
  measure: Measure,
  words: Words,
  others: string | null = null,
): ChartTable {
  const { t, format } = words;
  const models = sortModels(comparison.models);
  const trusted = models.find(({ model }) => model === "incremental")?.channels ?? [];
  const level = format.percent(trusted.find(({ interval }) => interval !== null)?.interval?.level ?? 0.9, 0);
  const figure = (value: number | string | null | undefined): FigureCell =>
    figureCell(measure === "revenue" ? "money" : "count", value, (credit) =>
      format.count(credit, MEASURE_DIGITS[measure]),
    );
  const besides = (channel: string): Cell[] => {
    const row = trusted.find((each) => each.channel === channel);
    const span = row === undefined ? null : intervalOf(row, measure, comparison.booked);
    const claim = comparison.claims.find((each) => each.channel === channel)?.[measure];
    const spend = models.flatMap((model) => model.channels.find((each) => each.channel === channel)?.spend ?? [])[0];
    return [figure(span?.low), figure(span?.high), figure(claim), moneyCell(spend, words)];
  };
  const nothing = ["", "", "", ""];
  return {
    columns: [
      { label: t("words.channel"), isNumeric: false },
      ...[
        ...models.map(({ model }) => t(`models.${model}`)),
        ...(["lowest", "highest"] as const).map(
          (end) => `${t("models.incremental")}, ${t(`quality.${end}`, { level })}`,
        ),
        ...[t("attribution.claims"), t("words.spend")],
      ].map((label) => ({ label, isNumeric: true })),
    ],
    rows: [
      ...listChannels(models, others).map((channel) => ({
        id: channel,
        cells: [channel, ...models.map((model) => figure(creditOf(model, channel)[measure])), ...besides(channel)],
      })),
      {
        id: "no-touch",
        cells: [
          t(trusted.length > 0 ? "attribution.noTouchRow" : "words.noTouch"),
          ...models.map((model) => figure(model.noTouch[measure])),
          ...nothing,
        ],
      },
    ],
    total: [t("words.total"), ...models.map(() => figure(comparison.booked[measure])), ...nothing],
  };
}
