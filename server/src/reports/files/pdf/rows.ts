import type { Content } from "pdfmake/interfaces";
import type { RoiFigures } from "../../../contract/index.ts";
import { type FileCell, type FileTable, figuresTable, monthsTable } from "../tables.ts";
import { fill } from "../words/index.ts";
import { returnsChart } from "./charts.ts";
import { caption, heading, type Page, section } from "./cover.ts";
import { drawTable } from "./table.ts";
import { topRows } from "./top-rows.ts";

/** Campaigns take the place of a name with their channel below it. */
function withCampaigns(table: FileTable, isByCampaign: boolean): FileTable {
  if (!isByCampaign) return table;
  const join = (cells: readonly FileCell[]): FileCell[] => {
    const [channel, campaign, ...figures] = cells;
    const name = campaign?.value === "" || campaign === undefined ? channel! : campaign;
    const below = name === channel ? "" : `\n${channel!.value}`;
    return [{ unit: "text", value: `${name.value}${below}` }, ...figures];
  };
  const [, campaign, ...columns] = table.columns;
  return { columns: [campaign!, ...columns], rows: table.rows.map(join), total: table.total && join(table.total) };
}

/** Low and high ends in one column: a width less, and nobody reads one without the other. */
function intervalColumn(table: FileTable, { words, print }: Page): FileTable {
  const low = table.columns.findIndex(({ key }) => key === "incrementalLow");
  if (low === -1) return table;
  const join = (cells: readonly FileCell[]): FileCell[] => {
    const [from, to] = [cells[low]!, cells[low + 1]!];
    const text =
      from.value === null || to.value === null
        ? "–"
        : `${print.count(String(from.value))} – ${print.count(String(to.value))}`;
    return [...cells.slice(0, low), { unit: "text", value: text }, ...cells.slice(low + 2)];
  };
  const column = { key: "interval", label: words.columns.interval, unit: "text" as const, totalBy: null };
  return {
    columns: [...table.columns.slice(0, low), column, ...table.columns.slice(low + 2)],
    rows: table.rows.map(join),
    total: table.total && join(table.total),
  };
}

/** Columns that say nothing of any row are left out on paper. */
function withoutEmpty(table: FileTable): FileTable {
  const isSaid = table.columns.map((_, at) =>
    [...table.rows, ...(table.total ? [table.total] : [])].some((cells) => cells[at]!.value !== null),
  );
  const pick = <T>(items: readonly T[]) => items.filter((_, at) => isSaid[at]);
  return { columns: pick(table.columns), rows: table.rows.map(pick), total: table.total && pick(table.total) };
}

type Key = keyof RoiFigures | string;

function part(page: Page, title: string, keys: readonly Key[]): Content[] {
  const { report, words, print } = page;
  const isByCampaign = report.level === "campaign";
  const { items: rows, said } = topRows(page);
  const table = withCampaigns(figuresTable(report, words, { keys, rows }), isByCampaign);
  const shown = withoutEmpty(intervalColumn(table, page));
  const unit = [report.currency, words.tax[report.taxBasis]].filter((text) => text !== "").join(", ");
  const below = [unit, said].filter((text) => text !== "").join(". ");
  return shown.columns.length < 2 ? [] : [section(title, below, shown.rows.length, drawTable(shown, print))];
}

/** What each row returned, cost and was planned at: as many tables as fit beside each other on paper. */
export function rowPages(page: Page): Content[] {
  const { report, words, print } = page;
  const { parts, charts } = words;
  const returns = returnsChart(report, print);
  const said =
    returns === null
      ? []
      : [
          returns.hasIntervals ? charts.iroasCaption : charts.iroasPlain,
          ...(returns.shown === returns.all
            ? []
            : [fill(charts.iroasMost, { shown: returns.shown, all: returns.all })]),
        ];
  const hasPlan = [report.total, ...report.rows.map(({ figures }) => figures)].some(
    ({ budget, committed, invoiced }) => budget !== null || committed !== null || invoiced !== null,
  );
  const before = report.before === null ? "" : print.range(report.before);
  return [
    ...(returns === null
      ? []
      : [
          heading(charts.iroas),
          caption(said.join(" ")),
          { svg: returns.svg, margin: [0, 6, 0, 10] as [number, number, number, number] },
        ]),
    ...part(page, parts.figures, [
      ...["spend", "attributedRevenue", "roas", "incrementalRevenue", "incrementalLow", "incrementalHigh", "iroas"],
    ]),
    ...part(page, parts.conversions, [
      ...["attributedConversions", "cpa", "incrementalConversions", "margin", "presentValue", "paybackDays"],
    ]),
    ...(hasPlan ? part(page, parts.budget, ["spend", "budget", "budgetDifference", "committed", "invoiced"]) : []),
    ...(report.totalBefore === null
      ? []
      : part(page, fill(parts.compared, { range: before }), [
          ...["spend", "spendBefore", "spendChange", "incrementalRevenue", "incrementalRevenueBefore"],
          ...["revenueChange", "iroasBefore"],
        ])),
    ...(report.months.length < 2 || report.level === "month"
      ? []
      : [section(parts.months, "", report.months.length, drawTable(monthsTable(report, words), print))]),
  ];
}
