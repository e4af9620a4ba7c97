import type { RegionPanel } from "@touchline/solver";
import { bookedDays, bookingsByRegion } from "@touchline/sql";
import { countDays, listDays, shiftDay } from "../calendar-days.ts";
import type { GeoMetric } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

/** A panel with its days, and how much of the metric it leaves out. */
export interface DatedPanel extends RegionPanel {
  readonly dates: readonly string[];
  /** Share of the metric that names no region, or one of the smallest. */
  readonly leftOut: number;
}

export interface RegionDay {
  readonly date: string;
  readonly region: string;
  readonly value: number;
}

/** What a year ago moved alike may not any more: half a year shows a season and is recent. */
export const HISTORY_DAYS = 182;
/** Beyond these the smallest ones are noise, and cost time. */
const MOST_REGIONS = 250;

/** Rows of a day and region as a panel over every day of the range: a day without a row is one on which nothing was sold. */
export function panelOf(rows: readonly RegionDay[], range: { from: string; to: string }): DatedPanel {
  const dates = listDays(range.from, range.to);
  const inRange = rows.filter(({ date }) => range.from <= date && date <= range.to);
  const totals = new Map<string, number>();
  let all = 0;
  for (const { region, value } of inRange) {
    all += value;
    if (region !== "") totals.set(region, (totals.get(region) ?? 0) + value);
  }
  const largest = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_REGIONS);
  const regions = largest.map(([region]) => region).sort(new Intl.Collator("en", { numeric: true }).compare);
  const kept = largest.reduce((sum, [, total]) => sum + total, 0);
  const place = new Map(regions.map((region, i) => [region, i]));
  const values = new Float64Array(regions.length * dates.length);
  for (const { date, region, value } of inRange) {
    const at = place.get(region);
    if (at !== undefined) values[at * dates.length + countDays(range.from, date) - 1]! += value;
  }
  return { regions, days: dates.length, values, dates, leftOut: all > 0 ? Math.max(0, 1 - kept / all) : 0 };
}

interface PanelQuestion {
  readonly metric: GeoMetric;
  readonly conversionType: string;
  /** Last day of the panel; the last booked one where none is said. */
  readonly to?: string | undefined;
  /** Days before this one are history; the end where none is said. */
  readonly before?: string | undefined;
}

/**
 * Booked conversions or revenue by region and day of the workspace.
 * @throws UserError where no booking names a region
 */
export async function fetchPanel(workspace: Workspace, asked: PanelQuestion): Promise<DatedPanel> {
  const { metric, conversionType } = asked;
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const [extent] = await warehouse.ask(bookedDays, { timeZone });
  if (extent === undefined) throw new UserError("no conversions were imported: touchline import conversions FILE");
  const to = asked.to === undefined || asked.to > extent.to ? extent.to : asked.to;
  const oldest = shiftDay(asked.before ?? shiftDay(to, 1), -HISTORY_DAYS);
  const from = oldest > extent.from ? oldest : extent.from;
  if (asked.to !== undefined && asked.to > extent.to) {
    throw new UserError(`conversions are booked until ${extent.to}: the test until ${asked.to} cannot be analysed yet`);
  }
  const rows = from > to ? [] : await warehouse.ask(bookingsByRegion, { from, to, timeZone, conversionType });
  const panel = panelOf(
    rows.map((row) => ({ date: row.date, region: row.region, value: Number(row[metric]) })),
    { from, to },
  );
  if (panel.regions.length === 0) {
    throw new UserError(
      `no conversion booked from ${from} to ${to}${conversionType === "" ? "" : ` of the type ${conversionType}`} names a region: import conversions with the column region, or give the figures with touchline experiments --panel FILE`,
    );
  }
  return panel;
}

/** Places of regions in a panel. @throws UserError that lists what there is */
export function placesOf(panel: RegionPanel, names: readonly string[]): number[] {
  const lower = new Map(panel.regions.map((region, i) => [region.toLowerCase(), i]));
  return [...new Set(names)].map((name) => {
    const at = lower.get(name.trim().toLowerCase());
    if (at !== undefined) return at;
    const some = panel.regions.slice(0, 10).join(", ");
    throw new UserError(
      `the figures know no region "${name}"; they have ${some}${panel.regions.length > 10 ? ", …" : ""}`,
    );
  });
}
