import type { GeoAnalysis } from "@touchline/server/contract";
import { plainText, strong, unitName, type Words } from "../../i18n/words.ts";
import { dayCell, figureCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { wordPanel, wordTimeBefore } from "./experiments-design.ts";
import { listNames, wordMetric } from "./experiments-names.ts";

type Method = GeoAnalysis["methods"][number];

export interface MethodRow {
  readonly method: Method["method"];
  readonly name: string;
  readonly lift: string;
  readonly liftInterval: string;
  readonly incremental: string;
  readonly incrementalInterval: string;
  readonly p: string;
  readonly byRegions: string;
  readonly fitError: string;
}

export interface GeoTestChartModel extends ChartModel {
  readonly sentence: string;
  readonly dates: readonly string[];
  readonly observed: readonly number[];
  readonly counterfactual: readonly number[];
  readonly difference: readonly number[];
  /** The first day of the test, by its place. */
  readonly firstDay: number;
  readonly levels: readonly [number, number];
  readonly differences: readonly [number, number];
  readonly methods: readonly MethodRow[];
  readonly facts: readonly string[];
  readonly cautions: readonly string[];
  print(value: number): string;
  readout(index: number): Readout;
}

/** Days before the test that are drawn: enough to see how well the two go together, few enough to see the test. */
const DRAWN_BEFORE = 90;

function sentenceOf(analysis: GeoAnalysis, found: Method, words: Words): string {
  const { t, format } = words;
  const { metric, channel, level } = analysis;
  const { low, high } = found.incrementalInterval;
  const said = {
    channel: strong(channel),
    regions: listNames(analysis.testRegions, words),
    incremental: strong(wordMetric(Math.abs(found.incremental), metric, words)),
    low: format.count(low),
    high: format.count(high),
    lift: format.percentChange(found.lift),
  };
  if (found.pValue > 1 - level) {
    return t("experiments.foundNothing", { ...said, incremental: wordMetric(found.incremental, metric, words) });
  }
  if (found.incremental < 0) return t("experiments.foundLess", said);
  const brought = t("experiments.found", { ...said, lift: format.percent(found.lift) });
  if (found.costPerIncremental !== null) {
    return `${brought} ${t("experiments.foundCost", { cost: strong(format.money(found.costPerIncremental, 2)) })}`;
  }
  if (found.incrementalRoas === null) return brought;
  return `${brought} ${t("experiments.foundReturn", { unit: unitName(words), roas: strong(format.roas(found.incrementalRoas)) })}`;
}

function methodRow(found: Method, { t, format }: Words): MethodRow {
  const shares = ({ low, high }: { low: number; high: number }) =>
    t("experiments.span", { low: format.percent(low), high: format.percent(high) });
  return {
    method: found.method,
    name: t(`experiments.geoMethods.${found.method}`),
    lift: format.percentChange(found.lift),
    liftInterval: shares(found.liftInterval),
    incremental: format.count(found.incremental),
    incrementalInterval: t("experiments.span", {
      low: format.count(found.incrementalInterval.low),
      high: format.count(found.incrementalInterval.high),
    }),
    p: format.count(found.pValue, 3),
    byRegions: found.jackknifeInterval === null ? t("experiments.none") : shares(found.jackknifeInterval),
    fitError: format.percent(found.fitError),
  };
}

/** Lowest and highest of some figures with a little air, zero within only where it is near. */
function airy(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = (most - least || Math.abs(most) || 1) * 0.08;
  return [least >= 0 ? Math.max(0, least - air) : least - air, most + air];
}

/** The test regions against what synthetic control says of them, before the test and during it. */
export function prepareGeoAnalysis(analysis: GeoAnalysis, words: Words): GeoTestChartModel {
  const { t, format } = words;
  const [found] = analysis.methods as [Method];
  const test = analysis.dates.indexOf(analysis.range.from);
  const from = Math.max(0, test - DRAWN_BEFORE);
  const dates = analysis.dates.slice(from);
  const observed = analysis.observed.slice(from);
  const counterfactual = found.counterfactual.slice(from);
  const difference = observed.map((value, day) => value - counterfactual[day]!);
  const sentence = sentenceOf(analysis, found, words);
  const print = (value: number) =>
    analysis.metric === "revenue" ? format.moneyShort(value) : format.countShort(value);
  const metricCell = (value: number | undefined) =>
    figureCell(analysis.metric === "revenue" ? "money" : "count", value, (figure) => full(Number(figure)));
  const full = (value: number) => (analysis.metric === "revenue" ? format.money(value) : format.count(value, 1));
  return {
    label: plainText(sentence),
    sentence,
    caption: t("experiments.chartCaption", {
      regions: listNames(analysis.testRegions, words),
      controls: listNames(
        found.weights.map(({ region, weight }) => `${region} (${format.percent(weight, 0)})`),
        words,
      ),
    }),
    dates,
    observed,
    counterfactual,
    difference,
    firstDay: test - from,
    levels: airy([...observed, ...counterfactual]),
    differences: airy([0, ...difference]),
    methods: analysis.methods.map((method) => methodRow(method, words)),
    facts: [wordTimeBefore(analysis.timeBefore, words), wordPanel(analysis.panel, words)],
    cautions: analysis.cautions.map((caution) => t(`experiments.cautions.${caution}`)),
    print,
    readout: (index) => ({
      title: format.weekday(dates[index] ?? analysis.range.from),
      lines: [
        { label: t("experiments.observed"), value: full(observed[index] ?? 0) },
        { label: t("experiments.counterfactual"), value: full(counterfactual[index] ?? 0) },
        { label: t("experiments.difference"), value: full(difference[index] ?? 0) },
      ],
    }),
    table: {
      columns: [
        { label: t("words.date"), isNumeric: false },
        { label: t("experiments.observed"), isNumeric: true },
        { label: t("experiments.counterfactual"), isNumeric: true },
        { label: t("experiments.difference"), isNumeric: true },
      ],
      rows: dates.map((date, day) => ({
        id: date,
        cells: [
          dayCell(date, words),
          ...[observed, counterfactual, difference].map((series) => metricCell(series[day])),
        ],
      })),
    },
  };
}
