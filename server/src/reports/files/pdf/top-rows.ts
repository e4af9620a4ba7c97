import type { Adjustment, RoiFigures, RoiReport, RoiRow } from "../../../contract/index.ts";
import { sumKnown, sumOf } from "../../../exact.ts";
import { withRatios } from "../../ratios.ts";
import { fill } from "../words/index.ts";
import type { Page } from "./cover.ts";

/** A page and a half: longer tables are for spreadsheets, which have every row. */
const MOST_ROWS = 40;

interface Shown<T> {
  readonly items: readonly T[];
  /** What was left out, said below the heading; "" where nothing was. */
  readonly said: string;
}

/** What a closing shows is signed as it stands: every row, on as many pages as they take. */
const isShownWhole = ({ closed }: RoiReport, length: number) => closed !== null || length <= MOST_ROWS;

/**
 * The rows with the largest spend, and the others together in one.
 * Law: what is shown adds up to the total of the report, to the cent.
 */
export function topRows({ report, words, print }: Page): Shown<RoiRow> {
  const { rows, level } = report;
  if (level === "month" || isShownWhole(report, rows.length)) return { items: rows, said: "" };
  const bySpend = rows.toSorted((a, b) => Number(b.figures.spend) - Number(a.figures.spend));
  const others = bySpend.slice(MOST_ROWS);
  const before = others.flatMap((row) => (row.before === null ? [] : [row.before]));
  const together: RoiRow = {
    name: fill(words.top.others, { count: print.count(others.length) }),
    campaign: level === "campaign" ? "" : null,
    figures: addUp(others.map(({ figures }) => figures)),
    before: before.length === 0 ? null : addUp(before),
  };
  const said = fill(words.top.rows, { shown: print.count(MOST_ROWS), all: print.count(rows.length) });
  return { items: [...bySpend.slice(0, MOST_ROWS), together], said };
}

/** Intervals and days of payback do not add up: together there are none. */
function addUp(rows: readonly RoiFigures[]): RoiFigures {
  type Known = "margin" | "presentValue" | "budget" | "committed" | "invoiced";
  const known = (name: Known) => sumKnown(rows.map((row) => row[name]));
  type Counted = "attributedConversions" | "incrementalConversions" | "attributedRevenue" | "incrementalRevenue";
  const sum = (name: Counted | "spend") => sumOf(rows.map((row) => row[name]));
  return withRatios({
    ...{ spend: sum("spend"), attributedConversions: sum("attributedConversions") },
    ...{ attributedRevenue: sum("attributedRevenue"), incrementalConversions: sum("incrementalConversions") },
    ...{ incrementalRevenue: sum("incrementalRevenue"), incrementalLow: null, incrementalHigh: null },
    ...{ margin: known("margin"), presentValue: known("presentValue"), paybackDays: null },
    ...{ budget: known("budget"), committed: known("committed"), invoiced: known("invoiced") },
  });
}

/** The largest adjustments in their order, and the others together, a row a kind: conversions and money do not add up. */
export function topAdjustments({ report, words, print }: Page): Shown<Adjustment> {
  const { adjustments } = report;
  if (isShownWhole(report, adjustments.length)) return { items: adjustments, said: "" };
  const bySize = adjustments.toSorted((a, b) => Math.abs(Number(b.amount)) - Math.abs(Number(a.amount)));
  const largest = new Set(bySize.slice(0, MOST_ROWS));
  const others = adjustments.filter((each) => !largest.has(each));
  const together = [...new Set(others.map(({ kind }) => kind))].map((kind): Adjustment => {
    const own = others.filter((each) => each.kind === kind);
    return {
      ...{ month: "", countedIn: "", kind, channel: fill(words.top.others, { count: print.count(own.length) }) },
      amount: sumOf(own.map(({ amount }) => amount)),
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
    };
  });
  const said = fill(words.top.adjustments, { shown: print.count(MOST_ROWS), all: print.count(adjustments.length) });
  return { items: [...adjustments.filter((each) => largest.has(each)), ...together], said };
}
