import type { RoiReport } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { moneyCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";

export const MONTH_SERIES = ["spend", "attributedRevenue", "incrementalRevenue"] as const;

export interface MonthsChart extends ChartModel {
  readonly months: readonly { readonly month: string; readonly label: string; readonly values: readonly number[] }[];
  readonly names: readonly string[];
  readonly domain: readonly [number, number];
  readout(index: number): Readout;
}

/** Spend, attributed and incremental revenue of each month, from zero. */
export function prepareMonths({ months }: RoiReport, words: Words): MonthsChart {
  const { t, format } = words;
  const names = MONTH_SERIES.map((key) => t(`reports.column.${key}`));
  const shown = months.map((each) => ({
    ...{ month: each.month, label: format.month(each.month) },
    values: MONTH_SERIES.map((key) => Number(each[key])),
  }));
  return {
    ...{ months: shown, names },
    domain: zeroBasedDomain(Math.max(0, ...shown.flatMap(({ values }) => values))),
    label: t("reports.monthsLabel", { count: months.length }),
    caption: t("reports.monthsCaption"),
    readout: (index) => ({
      title: shown[index]?.label ?? "",
      lines: names.map((label, at) => ({ label, value: format.money(shown[index]?.values[at] ?? 0) })),
    }),
    table: {
      columns: [
        { label: t("reports.column.month"), isNumeric: false },
        ...names.map((label) => ({ label, isNumeric: true })),
      ],
      rows: months.map((each) => ({
        id: each.month,
        cells: [format.month(each.month), ...MONTH_SERIES.map((key) => moneyCell(each[key], words, 2))],
      })),
    },
  };
}
