import { bookedDays, bookingsByType, workspaceChannels } from "@touchline/sql";
import type { ExperimentEntry } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import type { KnownFacts } from "./judge-experiment.ts";

type Dated = Pick<ExperimentEntry, "startDate" | "endDate" | "conversionType">;

/** The day that it is where the workspace counts its days. */
function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date());
}

/** What tests are held against, asked once for all of them. */
export async function fetchKnownFacts(
  workspace: Workspace,
  tests: readonly Dated[],
): Promise<(test: Dated) => KnownFacts> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const from = tests.map(({ startDate }) => startDate).reduce((a, b) => (a < b ? a : b), "2099-12-31");
  const to = tests.map(({ endDate }) => endDate).reduce((a, b) => (a > b ? a : b), "2000-01-01");
  const [channels, [extent], bookings] = await Promise.all([
    warehouse.ask(workspaceChannels, {}),
    warehouse.ask(bookedDays, { timeZone }),
    from > to ? [] : warehouse.ask(bookingsByType, { from, to, timeZone }),
  ]);
  const names = channels.map(({ channel }) => channel);
  const today = todayIn(timeZone);
  return ({ startDate, endDate, conversionType }) => ({
    channels: names,
    bookedDays: extent ?? null,
    today,
    booked: bookings
      .filter(({ date }) => startDate <= date && date <= endDate)
      .filter((row) => conversionType === "" || row.conversionType === conversionType)
      .reduce((sum, { conversions }) => sum + Number(conversions), 0),
  });
}
