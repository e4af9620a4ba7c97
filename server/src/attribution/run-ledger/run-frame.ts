import {
  channelDelivery,
  conversionTypes,
  runStatistics,
  runsById,
  saveRunStatistics,
  uncreditedTotals,
} from "@touchline/sql";
import { z } from "zod";
import type { Workspace } from "../../workspace.ts";
import { type RunParameters, scopeOf } from "../run-parameters.ts";

/** What a run's report shows beside its credit: what was booked, spent and delivered, on the data that the run stands on. */
const RunFrame = z.object({
  totals: z.object({
    ...{ conversions: z.string(), revenue: z.string(), margin: z.string(), withMargin: z.number() },
    ...{ uncreditedConversions: z.string(), uncreditedRevenue: z.string(), uncreditedMargin: z.string() },
  }),
  types: z.array(z.string()),
  deliveries: z.array(
    z.object({
      ...{ channel: z.string(), campaign: z.string(), spend: z.string().nullable() },
      ...{ delivered: z.number().nullable(), touches: z.number() },
    }),
  ),
});
type RunFrame = z.infer<typeof RunFrame>;

/**
 * The frame of a run: as it was kept, or worked out, and kept where the data is still the one that the run stands on. So the first
 * report decides what all later ones say.
 */
export async function frameOf(
  workspace: Workspace,
  runId: string,
  parameters: RunParameters,
  byCampaign: boolean,
): Promise<RunFrame & { isOfRun: boolean }> {
  const { warehouse } = workspace;
  const name = byCampaign ? "frame-by-campaign" : "frame";
  const [kept] = await warehouse.ask(runStatistics, { runId, names: [name] });
  if (kept !== undefined) return { ...RunFrame.parse(JSON.parse(kept.value)), isOfRun: true };
  const isOfRun = await standsOnPresentData(workspace, runId);
  const { timeZone } = await workspace.settings();
  const { from, to } = parameters;
  const [totals, types, deliveries] = await Promise.all([
    warehouse.askOne(uncreditedTotals, { ...scopeOf(parameters, timeZone), runId }),
    warehouse.ask(conversionTypes, { from, to, timeZone }),
    warehouse.ask(channelDelivery, { from, to, timeZone, byCampaign }),
  ]);
  const frame = { totals, types: types.map(({ conversionType }) => conversionType), deliveries };
  if (isOfRun) await saveRunStatistics(warehouse, runId, { [name]: JSON.stringify(frame) });
  return { ...frame, isOfRun };
}

/** True where nothing was imported, erased or linked since the run: a run's watermark begins with the data's. */
export async function standsOnPresentData(workspace: Workspace, runId: string): Promise<boolean> {
  const [run] = await workspace.warehouse.ask(runsById, { runIds: [runId] });
  const data = await workspace.watermark();
  return run !== undefined && (run.watermark === data || run.watermark.startsWith(`${data}, `));
}
