import { bookedTotals, channelDelivery, conversionTypes, runCredit } from "@touchline/sql";
import type { z } from "zod";
import type { ChannelCredit, CompareModels, ModelComparison, ModelCredit } from "../contract/index.ts";
import { DEFAULT_LOOKBACK_DAYS } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { ensureRun, type RunParameters, runParameters } from "./runs.ts";

/** Credited revenue over spend; null where there is no spend to divide by. */
export function roasOf(revenue: string, spend: string | null): number | null {
  return spend === null || Number(spend) === 0 ? null : Number(revenue) / Number(spend);
}

export interface ChannelReport extends ChannelCredit {
  readonly campaign?: string;
  /** Touches that are seen over impressions and clicks delivered; null where the spend files carry neither. */
  readonly coverage: number | null;
}

/** The answer of `touchline attribute --json`. */
export interface AttributionReport {
  readonly run: string;
  readonly model: string;
  readonly from: string;
  readonly to: string;
  readonly dateBasis: string;
  readonly totals: { conversions: string; revenue: string };
  readonly baseline: { conversions: string; revenue: string };
  readonly channels: readonly (ChannelReport & { interval: null; flags: string[] })[];
  readonly warnings: readonly string[];
}

/** Adds spend and coverage to a run's credit; channels with spend and no credit stand there with zero. */
async function channelReports(
  workspace: Workspace,
  runId: string,
  parameters: RunParameters,
  byCampaign: boolean,
): Promise<ChannelReport[]> {
  const { timeZone } = await workspace.settings();
  const { from, to } = parameters;
  const [credits, deliveries] = await Promise.all([
    workspace.warehouse.ask(runCredit, { runId, byCampaign }),
    workspace.warehouse.ask(channelDelivery, { from, to, timeZone, byCampaign }),
  ]);
  const key = (row: { channel: string; campaign: string }) => JSON.stringify([row.channel, row.campaign]);
  const delivered = new Map(deliveries.map((row) => [key(row), row]));
  const credited = new Map(credits.map((row) => [key(row), row]));
  const rows = [
    ...new Map(
      [...deliveries, ...credits].map((row) => [key(row), { channel: row.channel, campaign: row.campaign }]),
    ).entries(),
  ];
  return rows
    .map(([id, { channel, campaign }]) => {
      const credit = credited.get(id);
      const delivery = delivered.get(id);
      const revenue = credit?.revenue ?? "0";
      const spend = delivery?.spend ?? null;
      return {
        channel,
        ...(byCampaign ? { campaign } : {}),
        conversions: credit?.conversions ?? "0",
        revenue,
        spend,
        roas: roasOf(revenue, spend),
        coverage: delivery?.delivered ? Math.min(1, delivery.touches / delivery.delivered) : null,
      };
    })
    .sort((a, b) => Number(b.conversions) - Number(a.conversions) || (a.channel < b.channel ? -1 : 1));
}

/** Conversions of several types are counted and credited together so far, and any of them ends a journey: that must be said. */
function mixedTypes(types: readonly string[]): string[] {
  if (types.length < 2) return [];
  return [
    `Conversions of ${types.length} types (${types.slice(0, 5).join(", ")}${types.length > 5 ? ", …" : ""}) are counted together, and each ends a journey: a touch before a lead gives nothing to the purchase after it. Import one type for each workspace to keep them apart.`,
  ];
}

/** One model on one range, ready to be printed. Channels and baseline add up exactly to the totals. */
export async function reportAttribution(
  workspace: Workspace,
  given: Pick<RunParameters, "model" | "from" | "to"> & Partial<RunParameters>,
  byCampaign = false,
): Promise<AttributionReport> {
  const parameters = runParameters(given);
  const { timeZone } = await workspace.settings();
  const run = await ensureRun(workspace, parameters);
  const { from, to, lookbackDays } = parameters;
  const [booked, types, channels] = await Promise.all([
    workspace.warehouse.askOne(bookedTotals, { from, to, lookbackDays, timeZone }),
    workspace.warehouse.ask(conversionTypes, { from, to, timeZone }),
    channelReports(workspace, run.runId, parameters, byCampaign),
  ]);
  return {
    run: run.runId,
    model: parameters.model,
    from,
    to,
    dateBasis: parameters.dateBasis,
    totals: { conversions: booked.conversions, revenue: booked.revenue },
    baseline: { conversions: booked.untouchedConversions, revenue: booked.untouchedRevenue },
    channels: channels.map((channel) => ({ ...channel, interval: null, flags: [] })),
    warnings: [...run.fit.warnings, ...mixedTypes(types.map(({ conversionType }) => conversionType))],
  };
}

/** Several models on one range, side by side. */
export async function compareModels(
  workspace: Workspace,
  input: z.output<typeof CompareModels>,
): Promise<ModelComparison> {
  const { range } = input;
  const models: ModelCredit[] = [];
  let booked = { conversions: "0", revenue: "0" };
  for (const model of input.models) {
    const report = await reportAttribution(workspace, { ...range, model });
    booked = report.totals;
    models.push({
      model,
      run: report.run,
      channels: report.channels.map(({ channel, conversions, revenue, spend, roas }) => ({
        channel,
        conversions,
        revenue,
        spend,
        roas,
      })),
      noTouch: report.baseline,
      warnings: [...report.warnings],
    });
  }
  const { currency } = await workspace.settings();
  return { currency, lookbackDays: DEFAULT_LOOKBACK_DAYS, booked, models };
}
