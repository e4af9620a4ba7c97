import { workspaceExtent } from "@touchline/sql";
import { ensureWhatCan, runParameters } from "../../attribution/index.ts";
import {
  type DateRange,
  DEFAULT_LOOKBACK_DAYS,
  type ModelName,
  type ReportLevel,
  type RoiReport,
  type RoiReportInput,
  type RoiRow,
} from "../../contract/index.ts";
import { sumOf } from "../../exact.ts";
import type { WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import { VERSION } from "../../version.ts";
import type { Workspace } from "../../workspace.ts";
import { countedIn, readLateData } from "../late/index.ts";
import { readFinance } from "../ledger/index.ts";
import { comparedRange, monthsOf } from "./compared-range.ts";
import { describeSide } from "./describe-side.ts";
import { exactRows, inOrder, type KeyOf, keyOfLevel, keysOf, keyText, type RowKey } from "./exact-rows.ts";
import { notesOf } from "./notes.ts";
import { readPlanned } from "./plan-of-days.ts";
import { readSide, type Side } from "./read-side.ts";
import { reconcile } from "./reconcile.ts";
import { shareOut } from "./share-out.ts";

/** What "attributed" means where nobody chose: a rule that anybody can work out again. */
const USUAL_MODEL: ModelName = "linear";

/**
 * The ROI report of some days, held against the books. It stands on attribution runs that are kept, so that the same data gives the same
 * figures.
 * @throws UserError when there is nothing booked and nothing spent yet
 */
export async function buildRoiReport(
  workspace: Workspace,
  store: WorkspaceStore,
  { range, level, model = USUAL_MODEL, compare }: RoiReportInput,
  now: Date,
): Promise<RoiReport> {
  const [{ currency, timeZone }, finance, watermark] = await Promise.all([
    workspace.settings(),
    readFinance(store),
    workspace.watermark(),
  ]);
  const before = await knownRange(workspace, timeZone, comparedRange(range, compare));
  const ranges = before === null ? [range] : [range, before];
  const models = [...new Set<ModelName>([model, "incremental"])];
  const { runs, refused } = await ensureWhatCan(
    workspace,
    ranges.flatMap((days) => models.map((of) => runParameters({ ...days, model: of }))),
  );
  const isThere = (days: DateRange) =>
    runs.some(({ parameters: { model: of, from, to } }) => of === model && from === days.from && to === days.to);
  if (!isThere(range)) await ensureWhatCan(workspace, [runParameters({ ...range, model })]);
  const read = (days: DateRange) =>
    readSide(workspace, runs, { range: days, model, byCampaign: level === "campaign", finance });
  const compared = before !== null && isThere(before) ? before : null;
  const [side, earlier, planned, late] = await Promise.all([
    read(range),
    compared === null ? null : read(compared),
    readPlanned(store, range),
    readLateData(workspace, store),
  ]);
  const plannedBefore = compared === null ? [] : await readPlanned(store, compared);
  const sides = prepareSides({ side, earlier, planned, plannedBefore, level, marginShare: finance.marginShare });
  const described = describeSide(side, sides.rows, level === "channel");
  const { lines, currencies } = await reconcile(workspace, side, described);
  const isRefused = side.incremental === null;
  const booked = sumOf(side.booked.map(({ revenue }) => revenue));
  const inRange = new Set(monthsOf(range));
  return {
    ...{ workspace: workspace.id, currency, timeZone, range, before: compared, level, model },
    ...{ lookbackDays: DEFAULT_LOOKBACK_DAYS, dateBasis: "conversion", taxBasis: finance.taxBasis },
    runs: { attributed: side.attributed.report.run, incremental: side.incremental?.report.run ?? "" },
    ...{ watermark, codeVersion: VERSION, closed: null, writtenAt: now.toISOString() },
    rows: sides.keys
      .map((key, i): RoiRow => ({ ...key, figures: described.rows[i]!, before: sides.before?.rows[i] ?? null }))
      .sort((a, b) => bySize(level, a, b)),
    total: described.total,
    totalBefore: sides.before?.total ?? null,
    baseline: {
      ...described.baseline,
      share: Number(booked) > 0 ? Number(described.baseline.revenue) / Number(booked) : null,
    },
    reconciliation: [...lines, ...late.lines],
    adjustments: countedIn(late, range),
    currencies,
    notes: notesOf({
      ...{ side, level, finance, timeZone, now, withoutInterval: described.withoutInterval },
      refused: isRefused ? (refused.find((each) => each.model === "incremental")?.reason ?? "") : null,
      closed: late.closed.filter((month) => inRange.has(month)),
    }),
    months: chartMonths(side, described.total),
  };
}

/** Days before the data begins would read as days of nothing. */
async function knownRange(workspace: Workspace, timeZone: string, range: DateRange | null): Promise<DateRange | null> {
  const { firstDay } = await workspace.warehouse.askOne(workspaceExtent, { timeZone });
  if (firstDay === "") throw new UserError("there is nothing to report on yet: import conversions and spend first");
  return range !== null && firstDay <= range.from ? range : null;
}

interface Prepared {
  readonly side: Side;
  readonly earlier: Side | null;
  readonly planned: Awaited<ReturnType<typeof readPlanned>>;
  readonly plannedBefore: Awaited<ReturnType<typeof readPlanned>>;
  readonly level: ReportLevel;
  readonly marginShare: number | null;
}

/** Both sides have the same rows: a channel that is on one of them only stands there with nothing on the other. */
function prepareSides({ side, earlier, planned, plannedBefore, level, marginShare }: Prepared) {
  const keyOf = keyOfLevel(level);
  const keyBefore = earlier === null || level !== "month" ? keyOf : monthInPlace(side.range, earlier.range);
  const all: RowKey[] = [
    ...keysOf(side, keyOf, planned),
    ...(earlier === null ? [] : keysOf(earlier, keyBefore, plannedBefore)),
    ...(level === "month" ? monthsOf(side.range).map((name) => ({ name, campaign: null })) : []),
  ];
  const keys = [...new Map(all.map((key) => [keyText(key), key])).values()].sort(inOrder);
  const rows = exactRows(side, { keys, keyOf, planned, marginShare });
  if (earlier === null) return { keys, rows, before: null };
  const rowsBefore = exactRows(earlier, { keys, keyOf: keyBefore, planned: plannedBefore, marginShare });
  return { keys, rows, before: describeSide(earlier, rowsBefore, level === "channel") };
}

/** Months are compared by their place: the first with the first. Days of one month more go with the last. */
function monthInPlace(range: DateRange, before: DateRange): KeyOf {
  const [months, earlier] = [monthsOf(range), monthsOf(before)];
  return ({ month }) => ({
    name: months[Math.min(Math.max(0, earlier.indexOf(month)), months.length - 1)]!,
    campaign: null,
  });
}

/** Months by the calendar; others by what they cost, and what costs nothing by what it brought. */
function bySize(level: ReportLevel, a: RoiRow, b: RoiRow): number {
  if (level === "month") return inOrder(a, b);
  const [left, right] = [a.figures, b.figures];
  return (
    Number(right.spend) - Number(left.spend) ||
    Number(right.attributedRevenue) - Number(left.attributedRevenue) ||
    inOrder(a, b)
  );
}

/** By month, adding up to the report's totals. */
function chartMonths(side: Side, total: RoiReport["total"]): RoiReport["months"] {
  const months = monthsOf(side.range);
  const share = (of: string, rows: readonly { readonly month: string; readonly amount: string }[]) =>
    shareOut(
      of,
      months.map((month) => sumOf(rows.filter((row) => row.month === month).map(({ amount }) => amount))),
      2,
    );
  const revenueOf = (rows: readonly { readonly month: string; readonly revenue: string }[]) =>
    rows.map(({ month, revenue }) => ({ month, amount: revenue }));
  const spend = share(
    total.spend,
    side.spend.map((row) => ({ month: row.month, amount: row.spend })),
  );
  const attributed = share(total.attributedRevenue, revenueOf(side.attributed.credit));
  const incremental = share(total.incrementalRevenue, revenueOf(side.incremental?.credit ?? []));
  return months.map((month, i) => ({
    ...{ month, spend: spend[i]!, attributedRevenue: attributed[i]!, incrementalRevenue: incremental[i]! },
  }));
}
