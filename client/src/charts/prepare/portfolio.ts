import type { Portfolio, PortfolioRow } from "@touchline/server/contract";
import { createFormat, type Format } from "../../format/format.ts";
import { strong, type Words } from "../../i18n/words.ts";
import type { PortfolioSort } from "../../pages/portfolio/portfolio-search.ts";
import { type Change, describeChange, relativeChange } from "./change.ts";
import type { Cell, ChartTable } from "./chart-model.ts";

type Ready = Extract<PortfolioRow, { state: "ready" }>;

/** A workspace in a line; `notice` stands in place of its figures. */
export interface PortfolioLine {
  readonly workspace: string;
  readonly notice: string | null;
  readonly isSimulated: boolean;
  readonly spend: string;
  readonly revenue: string;
  readonly change: Change | null;
  readonly daily: readonly (number | null)[];
  readonly trendLabel: string;
  readonly roas: string;
  readonly incremental: string | null;
  readonly pacing: string;
  readonly proposals: string;
  readonly health: { readonly tone: "act" | "watch" | "ok" | "unknown"; readonly word: string };
  readonly fresh: string;
}

export interface PreparedPortfolio {
  readonly headline: string;
  readonly sub: string;
  readonly lines: readonly PortfolioLine[];
  readonly totals: readonly {
    readonly label: string;
    readonly spend: string;
    readonly revenue: string;
    readonly roas: string;
  }[];
  readonly table: ChartTable;
}

const changeOf = ({ now, before }: Ready) =>
  relativeChange(Number(now.revenue), before === null ? null : Number(before.revenue));

/** The largest first; names from A on. What has no figure stands last, whichever way. */
const RANKS: Readonly<Record<PortfolioSort, (row: Ready) => number | null>> = {
  workspace: () => 0,
  spend: ({ now }) => Number(now.spend),
  revenue: ({ now }) => Number(now.revenue),
  change: changeOf,
  roas: ({ roas }) => roas,
  incremental: ({ incrementalRoas }) => incrementalRoas,
  health: ({ health }) => (health === null ? null : 1_000 * health.act + health.watch),
  fresh: ({ lastBookedDay }) => (lastBookedDay === null ? null : Date.parse(lastBookedDay)),
};

export function sortPortfolio(rows: readonly PortfolioRow[], sort: PortfolioSort, isTurned: boolean): PortfolioRow[] {
  const way = isTurned ? -1 : 1;
  const rankOf = (row: PortfolioRow) => (row.state === "ready" ? RANKS[sort](row) : null);
  return [...rows].sort((a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    if ((left === null) !== (right === null)) return left === null ? 1 : -1;
    const byRank = way * ((right ?? 0) - (left ?? 0));
    return byRank !== 0 ? byRank : (sort === "workspace" ? way : 1) * a.workspace.localeCompare(b.workspace);
  });
}

function wordHealth({ health, underway }: Ready, { t, format }: Words): PortfolioLine["health"] {
  if (health === null)
    return { tone: "unknown", word: t(underway.includes("health") ? "portfolio.underway" : "portfolio.partMissing") };
  const { act, watch } = health;
  if (act > 0) return { tone: "act", word: t("portfolio.healthAct", { number: format.count(act) }) };
  if (watch > 0) return { tone: "watch", word: t("portfolio.healthWatch", { number: format.count(watch) }) };
  return { tone: "ok", word: t("portfolio.healthFine") };
}

function wordPacing({ pacing }: Ready, { t }: Words): string {
  if (pacing === null) return t("portfolio.partMissing");
  return pacing.status === null ? t("portfolio.noPlan") : t(`pacing.status.${pacing.status}`);
}

const NOTICES = {
  "second-factor": "portfolio.secondFactor",
  failed: "portfolio.failed",
  empty: "portfolio.empty",
} as const;

const NO_FIGURES = {
  ...{ isSimulated: false, spend: "", revenue: "", change: null, daily: [], trendLabel: "", roas: "" },
  ...{ incremental: "", pacing: "", proposals: "", fresh: "" },
  health: { tone: "unknown", word: "" },
} as const;

function prepareLine(row: PortfolioRow, moneyIn: (currency: string) => Format, words: Words): PortfolioLine {
  const { t, format } = words;
  const { workspace } = row;
  if (row.state !== "ready") return { workspace, notice: t(NOTICES[row.state]), ...NO_FIGURES };
  const money = moneyIn(row.currency);
  const { proposals } = row;
  const waiting = { number: format.count(proposals ?? 0) };
  return {
    ...{ workspace, notice: null, isSimulated: row.simulated },
    ...{ spend: money.money(row.now.spend), revenue: money.money(row.now.revenue) },
    change: describeChange(changeOf(row), words),
    ...{ daily: row.daily, trendLabel: t("portfolio.trendLabel", { workspace }) },
    roas: row.roas === null ? "" : format.roas(row.roas),
    incremental: row.incrementalRoas === null ? null : format.roas(row.incrementalRoas),
    pacing: wordPacing(row, words),
    proposals:
      proposals === null || proposals === 0
        ? ""
        : t(proposals === 1 ? "portfolio.proposalOne" : "portfolio.proposalMany", waiting),
    health: wordHealth(row, words),
    fresh: row.lastBookedDay === null ? "" : format.date(row.lastBookedDay),
  };
}

function wordHeadline({ totals }: Portfolio, moneyIn: (currency: string) => Format, { t, format }: Words): string {
  const [first] = totals;
  if (first === undefined) return t("portfolio.headNone");
  const workspaces = totals.reduce((sum, each) => sum + each.workspaces, 0);
  const number = format.count(workspaces);
  if (totals.length > 1) return t("portfolio.headMany", { number, currencies: format.count(totals.length) });
  const money = moneyIn(first.currency);
  const before = first.before === null ? null : Number(first.before.revenue);
  const change = relativeChange(Number(first.now.revenue), before);
  const facts = { change: strong(format.percent(Math.abs(change ?? 0))) };
  return t(workspaces === 1 ? "portfolio.headSingle" : "portfolio.headOne", {
    ...{ revenue: strong(money.money(first.now.revenue)), spend: strong(money.money(first.now.spend)), number },
    change: change === null ? "" : t(change >= 0 ? "portfolio.headMore" : "portfolio.headLess", facts),
  });
}

function wordSub({ rows }: Portfolio, { t, format }: Words): string {
  const urgent = rows
    .flatMap((row) =>
      row.state === "ready" && row.health !== null ? [{ ...row.health, workspace: row.workspace }] : [],
    )
    .sort((a, b) => b.act - a.act)[0];
  if (urgent === undefined) return "";
  if (urgent.act === 0) return t("portfolio.asksNone");
  return t("portfolio.asks", { workspace: urgent.workspace, number: format.count(urgent.act) });
}

const EXPORTED = ["spend", "revenue", "change", "roas", "incremental", "pacing", "health", "fresh"] as const;
const TEXTUAL: ReadonlySet<string> = new Set(["pacing", "health", "fresh"]);

function exportRows(rows: readonly PortfolioRow[], lines: readonly PortfolioLine[], { t }: Words): ChartTable {
  return {
    columns: [
      { label: t("portfolio.column.workspace"), isNumeric: false },
      ...EXPORTED.map((column) => ({ label: t(`portfolio.column.${column}`), isNumeric: !TEXTUAL.has(column) })),
    ],
    rows: lines.map((line, i): ChartTable["rows"][number] => {
      const row = rows[i];
      if (row === undefined || row.state !== "ready")
        return { id: line.workspace, cells: [line.workspace, ...EXPORTED.map(() => "")] };
      const cell = (
        text: string,
        value: string | number | null,
        unit: "money" | "percent" | "ratio" | "date",
      ): Cell => ({
        ...{ text, value, unit },
      });
      return {
        id: line.workspace,
        cells: [
          line.workspace,
          ...[cell(line.spend, row.now.spend, "money"), cell(line.revenue, row.now.revenue, "money")],
          cell(line.change?.text ?? "", changeOf(row), "percent"),
          ...[cell(line.roas, row.roas, "ratio"), cell(line.incremental ?? "", row.incrementalRoas, "ratio")],
          ...[line.pacing, line.health.word, cell(line.fresh, row.lastBookedDay, "date")],
        ],
      };
    }),
  };
}

/** Every workspace of the reader in a line, and a total for each currency. */
export function preparePortfolio(
  portfolio: Portfolio,
  sort: PortfolioSort,
  isTurned: boolean,
  words: Words,
): PreparedPortfolio {
  const { t, format } = words;
  const formats = new Map<string, Format>();
  const moneyIn = (currency: string): Format => {
    const known = formats.get(currency) ?? createFormat(format.language, currency);
    formats.set(currency, known);
    return known;
  };
  const rows = sortPortfolio(portfolio.rows, sort, isTurned);
  const lines = rows.map((row) => prepareLine(row, moneyIn, words));
  return {
    headline: wordHeadline(portfolio, moneyIn, words),
    sub: wordSub(portfolio, words),
    lines,
    totals: portfolio.totals.map(({ currency, now }) => {
      const money = moneyIn(currency);
      const roas = Number(now.spend) > 0 ? format.roas(Number(now.revenue) / Number(now.spend)) : "";
      const label = t("portfolio.totalOf", { currency: money.currencyName === "" ? currency : money.currencyName });
      return { label, spend: money.money(now.spend), revenue: money.money(now.revenue), roas };
    }),
    table: exportRows(rows, lines, words),
  };
}
