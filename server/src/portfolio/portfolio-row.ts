import { dailyBookings, dataWatermark, paidCredit, rangeTotals, runsOver, workspaceExtent } from "@touchline/sql";
import type { requireMember } from "../accounts/index.ts";
import { listDays } from "../calendar-days.ts";
import type { PortfolioInput, PortfolioPart, PortfolioRow } from "../contract/index.ts";
import { countChecks, rememberHealth } from "../health/index.ts";
import { log } from "../log.ts";
import { fetchPacing } from "../pacing/index.ts";
import { proposalsWaitingFor } from "../proposals/index.ts";
import { roasOf } from "../roas.ts";
import { settleWithin } from "../settle-within.ts";
import type { Workspace } from "../workspace.ts";

/** What a part may take of a row's time: there may be fifty rows. */
const PATIENCE_MS = 400;

type Ready = Extract<PortfolioRow, { state: "ready" }>;

/** One workspace in a line. Nothing is fitted for it: what takes a run stands there where there is one. */
export async function readPortfolioRow(
  { member, store }: Awaited<ReturnType<typeof requireMember>>,
  workspace: Workspace,
  { range, compare }: PortfolioInput,
  now: Date,
): Promise<PortfolioRow> {
  const { currency, timeZone, simulated } = await workspace.settings();
  const { warehouse, liveUntilMs } = workspace;
  const named = { workspace: workspace.id, role: member.role };
  const [extent, { lastImportAt }] = await Promise.all([
    warehouse.askOne(workspaceExtent, { timeZone }),
    warehouse.askOne(dataWatermark, { liveUntilMs }),
  ]);
  const { firstDay, lastDay, lastBookedDay } = extent;
  if (firstDay === "" || lastDay === "") return { state: "empty", ...named };
  const [underway, failed]: PortfolioPart[][] = [[], []];
  const take = async <T>(part: PortfolioPart, work: Promise<T>): Promise<T | null> => {
    const settled = await settleWithin(work, PATIENCE_MS);
    if (settled.kind === "ready") return settled.value;
    (settled.kind === "failed" ? failed! : underway!).push(part);
    if (settled.kind === "failed")
      log.warn({ err: settled.error, part, workspace: workspace.id }, "a part of the portfolio failed");
    return null;
  };
  const isCompared = compare !== null && firstDay <= compare.from;
  const [totals, before, bookings, health, pacing, proposals, incrementalRoas] = await Promise.all([
    warehouse.askOne(rangeTotals, { ...range, timeZone }),
    isCompared ? warehouse.askOne(rangeTotals, { ...compare, timeZone }) : null,
    warehouse.ask(dailyBookings, { ...range, timeZone }),
    take("health", rememberHealth(workspace, now)),
    take("pacing", fetchPacing({ workspace, store }, { month: null, on: null }, now)),
    take("proposals", proposalsWaitingFor(store, member)),
    take("incremental", fetchIncrementalRoas(workspace, range)),
  ]);
  const booked = new Map(bookings.map(({ date, revenue }) => [date, Number(revenue)]));
  const row: Ready = {
    ...{ state: "ready", ...named, currency, simulated, days: { from: firstDay, to: lastDay } },
    ...{ now: totals, before, roas: roasOf(totals.revenue, totals.spend), incrementalRoas },
    daily: listDays(range.from, range.to).map((date) => booked.get(date) ?? null),
    pacing: pacing === null ? null : { status: pacing.total.status, isCertain: pacing.total.isCertain },
    proposals: proposals?.length ?? null,
    health: health === null ? null : countChecks(health),
    lastBookedDay: lastBookedDay === "" ? null : lastBookedDay,
    ...{ lastImportAt, underway: underway!, failed: failed! },
  };
  return row;
}

async function fetchIncrementalRoas(workspace: Workspace, range: PortfolioInput["range"]): Promise<number | null> {
  const watermark = await workspace.watermark();
  const [run] = await workspace.warehouse.ask(runsOver, { model: "incremental", ...range, watermark });
  if (run === undefined) return null;
  const { revenue, cost } = await workspace.warehouse.askOne(paidCredit, { runId: run.runId, ...range });
  return roasOf(revenue, cost);
}
