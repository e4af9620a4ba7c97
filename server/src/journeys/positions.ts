import { stepPositions } from "@touchline/sql";
import type { z } from "zod";
import type { JourneyPositions, JourneyPositionsInput } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { figuresOf, parseStep, ratio, selectJourneys } from "./selection.ts";
import { fetchJourneySummary } from "./summary.ts";

/** What each channel or campaign does in journeys: opens, assists, closes, alone. */
export async function fetchJourneyPositions(
  workspace: Workspace,
  input: z.output<typeof JourneyPositionsInput>,
): Promise<JourneyPositions> {
  const isByCampaign = input.by === "campaign";
  const filter = await selectJourneys(workspace, input);
  const [rows, { total }] = await Promise.all([
    workspace.warehouse.ask(stepPositions, { ...filter, byCampaign: isByCampaign, limit: input.limit }),
    fetchJourneySummary(workspace, { ...input, convertedOnly: input.convertedOnly || isByCampaign }),
  ]);
  return {
    total,
    steps: rows[0]?.steps ?? 0,
    rows: rows.map((row) => ({
      ...{ step: parseStep(row.step), ...figuresOf(row) },
      opens: { conversions: row.opens, revenue: row.opensRevenue },
      assists: { conversions: row.assists, revenue: row.assistsRevenue },
      closes: { conversions: row.closes, revenue: row.closesRevenue },
      alone: { conversions: row.alone, revenue: row.aloneRevenue },
      assistRatio: ratio(row.assists, row.closes),
    })),
  };
}
