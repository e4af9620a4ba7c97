import type { RebalancingOutcomes, RebalancingWeek } from "@touchline/server/contract";
import { scaleLinear } from "d3";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { moneyCell } from "./cells.ts";
import type { Cell, ChartModel, Readout } from "./chart-model.ts";

type Range = NonNullable<RebalancingWeek["realised"]>;

export interface PromisedWeek {
  readonly from: string;
  readonly promised: Range;
  /** Null while nobody can tell. */
  readonly realised: Range | null;
}

/** Weeks of approved plans: what was promised as a band, what came as dots. */
export interface PromisedChart extends ChartModel {
  readonly sentence: string;
  readonly weeks: readonly PromisedWeek[];
  readonly domain: readonly [number, number];
  readout(index: number): Readout;
}

/** What can be claimed, before anything else. */
function wordEarned({ earned }: RebalancingOutcomes, { t, format }: Words): string {
  if (earned.weeks === 0) return t("rebalancing.chart.sentenceNone");
  const isLoss = earned.conservative < 0;
  const figures = {
    earned: strong(format.money(Math.abs(earned.conservative))),
    middle: format.moneyChange(earned.middle),
    weeks: format.count(earned.weeks),
  };
  if (isLoss) return t("rebalancing.chart.sentenceLoss", figures);
  return t(earned.weeks === 1 ? "rebalancing.chart.sentenceOne" : "rebalancing.chart.sentence", figures);
}

function domainOf(weeks: readonly PromisedWeek[]): readonly [number, number] {
  const ends = weeks.flatMap(({ promised, realised }) => [
    ...[promised.low, promised.high, realised?.low ?? 0, realised?.high ?? 0],
  ]);
  const [low = 0, high = 1] = scaleLinear([Math.min(0, ...ends), Math.max(1, ...ends)], [0, 1])
    .nice(6)
    .domain();
  return [low, high];
}

function tableOf(outcomes: RebalancingOutcomes, words: Words): PromisedChart["table"] {
  const { t, format } = words;
  const figures = ["promised", "realised"] as const;
  const labels = figures.flatMap((figure) => {
    const name = t(`rebalancing.chart.${figure}`);
    return [name, `${name}, ${t("rebalancing.chart.low")}`, `${name}, ${t("rebalancing.chart.high")}`];
  });
  const cells = (range: Range | null): Cell[] =>
    (["gain", "low", "high"] as const).map((end) => moneyCell(range?.[end], words));
  return {
    columns: [
      { label: t("rebalancing.timeline.week"), isNumeric: false },
      ...[...labels, t("rebalancing.chart.control")].map((label) => ({ label, isNumeric: true })),
    ],
    rows: outcomes.weeks
      .filter(({ promised }) => promised !== null)
      .map((week) => ({
        id: week.from,
        cells: [
          { text: format.range(week.from, week.to), value: week.from, unit: "date" },
          ...cells(week.promised),
          ...cells(week.realised),
          moneyCell(week.control?.spend, words),
        ],
      })),
  };
}

/** Null where no plan was approved yet. */
export function preparePromisedWeeks(outcomes: RebalancingOutcomes, words: Words): PromisedChart | null {
  const { t, format } = words;
  const weeks = outcomes.weeks.flatMap(({ from, promised, realised }) =>
    promised === null ? [] : [{ from, promised, realised }],
  );
  if (weeks.length === 0) return null;
  const sentence = wordEarned(outcomes, words);
  const print = ({ gain, low, high }: Range) =>
    t("rebalancing.timeline.range", {
      ...{ gain: format.moneyChange(gain), low: format.moneyChange(low), high: format.moneyChange(high) },
    });
  return {
    ...{ sentence, label: plainText(sentence), caption: t("rebalancing.chart.caption"), weeks },
    ...{ domain: domainOf(weeks), table: tableOf(outcomes, words) },
    readout: (index) => {
      const week = weeks[index];
      if (week === undefined) return { title: "", lines: [] };
      const realised = week.realised === null ? t("rebalancing.timeline.immature") : print(week.realised);
      return {
        title: format.date(week.from),
        lines: [
          { label: t("rebalancing.chart.promised"), value: print(week.promised) },
          { label: t("rebalancing.chart.realised"), value: realised },
        ],
      };
    },
  };
}
