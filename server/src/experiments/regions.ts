import { bookedDays, bookingsByRegion } from "@touchline/sql";
import { shiftDay } from "../calendar-days.ts";
import type { GeoRegions } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { HISTORY_DAYS, panelOf } from "./panel.ts";

/** The regions that booked conversions name, with their share of those of the last half year; none where no booking names one. */
export async function fetchRegions(workspace: Workspace): Promise<GeoRegions> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const [extent] = await warehouse.ask(bookedDays, { timeZone });
  if (extent === undefined) return { regions: [], history: null };
  const oldest = shiftDay(extent.to, 1 - HISTORY_DAYS);
  const history = { from: oldest > extent.from ? oldest : extent.from, to: extent.to };
  const rows = await warehouse.ask(bookingsByRegion, { ...history, timeZone, conversionType: "" });
  const days = rows.map(({ date, region, conversions }) => ({ date, region, value: Number(conversions) }));
  const { regions, values, dates } = panelOf(days, history);
  const all = days.reduce((sum, { value }) => sum + value, 0);
  return {
    history,
    regions: regions.map((region, i) => {
      const own = values.subarray(i * dates.length, (i + 1) * dates.length).reduce((sum, value) => sum + value, 0);
      return { region, share: own / all };
    }),
  };
}
