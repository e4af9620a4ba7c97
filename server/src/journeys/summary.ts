import { journeyTotals, workspaceExtent } from "@touchline/sql";
import type { z } from "zod";
import { shiftDay } from "../calendar-days.ts";
import type { JourneySelection, JourneySummary, Spread } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { figuresOf, selectJourneys } from "./selection.ts";

/** How many journeys, what they brought, and how long and how many touches a conversion takes. */
export async function fetchJourneySummary(
  workspace: Workspace,
  selection: z.output<typeof JourneySelection>,
): Promise<JourneySummary> {
  const filter = await selectJourneys(workspace, selection);
  const { currency } = await workspace.settings();
  const { lastDay, lastBookedDay } = await workspace.warehouse.askOne(workspaceExtent, { timeZone: filter.timeZone });
  // Spend may be known of days to come; what has happened is known up to the last booking.
  const lastKnown = [lastBookedDay, lastDay, filter.to].find((day) => day !== "") ?? filter.to;
  const openFrom = shiftDay(lastKnown, 1 - filter.lookbackDays);
  const { undecided, withinHour, withinDay, seconds, touches, ...total } = await workspace.warehouse.askOne(
    journeyTotals,
    {
      ...filter,
      openFrom,
    },
  );
  return {
    ...{ currency, lookbackDays: filter.lookbackDays, undecided, withinHour, withinDay },
    total: figuresOf(total),
    time: spreadOf(seconds, total.converted),
    touches: spreadOf(touches, total.converted),
  };
}

/** The engine's quantiles of nothing are a zero. */
function spreadOf(quantiles: readonly (number | null)[], converted: number): Spread {
  const [q25, median, q75, p90] = converted === 0 ? [] : quantiles;
  return { q25: q25 ?? null, median: median ?? null, q75: q75 ?? null, p90: p90 ?? null };
}
