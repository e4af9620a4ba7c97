import {
  dailyBookings,
  dailySpend,
  dailySpendTotals,
  dataWatermark,
  rangeTotals,
  runCreditByDay,
  workspaceChannels,
  workspaceExtent,
} from "@touchline/sql";
import type { z } from "zod";
import { reportAttribution, roasOf, runParameters, trustOf } from "../attribution/index.ts";
import { countDays, shiftDay } from "../calendar-days.ts";
import type { DateRange, Overview, OverviewInput, Totals, WorkspaceStatus } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { joinChannelDays, joinDays } from "./join-days.ts";

/** What the workspace holds. */
export async function fetchWorkspaceStatus(workspace: Workspace): Promise<WorkspaceStatus> {
  const settings = await workspace.settings();
  const { warehouse } = workspace;
  const [extent, channels, { lastImportAt }] = await Promise.all([
    warehouse.askOne(workspaceExtent, { timeZone: settings.timeZone }),
    warehouse.ask(workspaceChannels, {}),
    warehouse.askOne(dataWatermark, { liveWindowSeconds: workspace.liveWindowSeconds }),
  ]);
  const { firstDay, lastDay, lastBookedDay, ...rows } = extent;
  const to = lastBookedDay === "" ? lastDay : lastBookedDay;
  return {
    workspace: workspace.id,
    ...settings,
    days: firstDay === "" || to === "" ? null : { from: firstDay, to },
    rows,
    lastImportAt,
    channels: channels.map(({ channel }) => channel),
  };
}

async function fetchTotals(workspace: Workspace, range: DateRange, timeZone: string): Promise<Totals> {
  const totals = await workspace.warehouse.askOne(rangeTotals, { ...range, timeZone });
  return { ...totals, roas: roasOf(totals.revenue, totals.spend) };
}

/** Booked totals by day, spend and credited revenue by channel, and the same totals for the range before. */
export async function fetchOverview(
  workspace: Workspace,
  { range, model }: z.output<typeof OverviewInput>,
): Promise<Overview> {
  const { warehouse } = workspace;
  const { currency, timeZone } = await workspace.settings();
  const parameters = runParameters({ ...range, model });
  const length = countDays(range.from, range.to);
  const before = { from: shiftDay(range.from, -length), to: shiftDay(range.from, -1) };
  const { firstDay } = await warehouse.askOne(workspaceExtent, { timeZone });
  const report = await reportAttribution(workspace, parameters);
  const [totals, previous, spend, spendTotals, bookings, credit] = await Promise.all([
    fetchTotals(workspace, range, timeZone),
    firstDay !== "" && firstDay <= before.from ? fetchTotals(workspace, before, timeZone) : null,
    warehouse.ask(dailySpend, range),
    warehouse.ask(dailySpendTotals, range),
    warehouse.ask(dailyBookings, { ...range, timeZone }),
    warehouse.ask(runCreditByDay, { runId: report.run }),
  ]);
  return {
    currency,
    totals,
    previous,
    daily: joinDays(spendTotals, bookings),
    channels: report.channels.map(({ channel, spend: cost, conversions, revenue, roas, ...trust }) => ({
      ...{ channel, spend: cost, conversions, revenue, roas },
      ...trustOf(trust),
    })),
    noTouch: report.baseline,
    dailyByChannel: joinChannelDays(spend, credit),
  };
}
