import { commonPeriod, DAYS_PER_PERIOD, type Plan, type ScenarioComparison } from "@touchline/server/contract";
import { subtractDecimals, sumDecimals } from "../../../format/decimal.ts";
import type { Words } from "../../../i18n/words.ts";
import { moneyCell, percentCell, ratioCell } from "../cells.ts";
import type { ChartTable } from "../chart-model.ts";
import { wordReason } from "../plan-reason.ts";

const numeric = (labels: readonly string[]) => labels.map((label) => ({ label, isNumeric: true }));

/** The split of a plan beside today's, with what the curves expect of it and why. */
export function tabulateMoves(plan: Plan, words: Words): ChartTable {
  const { t } = words;
  const frame = { goal: plan.expected.goal.goal, period: plan.period };
  const today = sumDecimals(plan.allocation.map(({ current }) => current));
  const planned = sumDecimals(plan.allocation.map(({ recommended }) => recommended));
  return {
    columns: [
      { label: t("words.channel"), isNumeric: false },
      ...numeric([
        ...[
          t("planner.today"),
          t("exports.column.recommended"),
          t("words.difference"),
          t("exports.column.changeShare"),
        ],
        ...[t("exports.column.revenueToday"), t("exports.column.revenuePlanned"), t("exports.column.marginal")],
      ]),
      { label: t("exports.column.why"), isNumeric: false },
    ],
    rows: plan.allocation.map((row) => ({
      id: row.channel,
      cells: [
        ...[row.channel, moneyCell(row.current, words), moneyCell(row.recommended, words)],
        moneyCell(subtractDecimals(row.recommended, row.current), words),
        percentCell(Number(row.current) === 0 ? null : Number(row.recommended) / Number(row.current) - 1, words),
        ...[moneyCell(row.revenue?.current, words), moneyCell(row.revenue?.recommended, words)],
        ...[ratioCell(row.marginalRoas, words), wordReason(row.why, frame, words)],
      ],
    })),
    total: [
      ...[t("words.total"), moneyCell(today, words), moneyCell(planned, words)],
      ...[moneyCell(subtractDecimals(planned, today), words), "", "", "", "", ""],
    ],
  };
}

/** Spend by channel of each scenario, saved and on the data of now, in one period. */
export function tabulateScenarios({ scenarios, channels }: ScenarioComparison, words: Words): ChartTable {
  const { t } = words;
  const days = DAYS_PER_PERIOD[commonPeriod(scenarios.map(({ scenario }) => scenario.plan.period))];
  const columns = scenarios.flatMap(({ scenario, today }, index) => [
    { label: scenario.name, index, isNow: false },
    ...(today === null ? [] : [{ label: t("scenarios.sideNow", { name: scenario.name }), index, isNow: true }]),
  ]);
  return {
    columns: [{ label: t("words.channel"), isNumeric: false }, ...numeric(columns.map(({ label }) => label))],
    rows: channels.map((row) => ({
      id: row.channel,
      cells: [
        row.channel,
        ...columns.map(({ index, isNow }) => {
          const spend = isNow ? row.today[index] : row.saved[index];
          return moneyCell(spend == null ? null : spend * days, words);
        }),
      ],
    })),
  };
}
