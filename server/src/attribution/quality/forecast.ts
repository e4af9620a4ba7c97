import { effectsByDay, type ForetoldDay, forecastWeek, type IncrementalFit } from "@touchline/solver";
import { dailyBookings, workspaceExtent } from "@touchline/sql";
import { countDays, listDays, shiftDay } from "../../calendar-days.ts";
import type { DateRange, ForecastQuality, ForecastWeek } from "../../contract/index.ts";
import type { Workspace } from "../../workspace.ts";
import { fetchStatistics } from "../incremental/fetch-statistics.ts";
import { fitOnScope } from "./fit-people.ts";
import { type QualityScope, qualityScope, qualityStatistics, rememberFor } from "./quality-scope.ts";

const WEEK = 7;
/** A forecast begins with four weeks of bookings behind it, after the days that the fit leaves out at its beginning. */
const FEWEST_DAYS = 35;
const WEEKS = 4;
/** Bookings of all days, below which a week is a guess. */
const FEWEST_BOOKINGS = 50;
/** A fit a week is made where that is quick. */
const MANY_CONVERSIONS = 50_000;
const LEVEL = 0.9;

/** The last weeks of the range, each foretold by a fit that knows nothing of it but its touches. */
export function judgeForecast(workspace: Workspace, range: DateRange): Promise<ForecastQuality> {
  return rememberFor(workspace, "forecast", range, async () => {
    const { timeZone } = await workspace.settings();
    const { lastBookedDay } = await workspace.warehouse.askOne(workspaceExtent, { timeZone });
    // Spend and touches may reach further than the books: a week without its bookings cannot be judged.
    const to = lastBookedDay !== "" && lastBookedDay < range.to ? lastBookedDay : range.to;
    if (to < range.from) return { level: LEVEL, weeks: [] };
    const scope = await qualityScope(workspace, { from: range.from, to });
    const days = countDays(scope.fit.from, to);
    if (days < FEWEST_DAYS + WEEK) return { level: LEVEL, weeks: [] };
    return { level: LEVEL, weeks: await foretellWeeks(workspace, scope, days) };
  });
}

async function foretellWeeks(workspace: Workspace, scope: QualityScope, days: number): Promise<ForecastWeek[]> {
  const statistics = await qualityStatistics(workspace, scope);
  const booked = await bookedByDay(workspace, scope);
  if (booked.reduce((sum, each) => sum + each, 0) < FEWEST_BOOKINGS) return [];
  const wanted = statistics.conversions.day.length > MANY_CONVERSIONS ? 1 : WEEKS;
  const weeks: ForecastWeek[] = [];
  for (let back = 1; back <= wanted && days - back * WEEK >= FEWEST_DAYS; back++) {
    const weekFrom = days - back * WEEK;
    const before = { ...scope.fit, to: shiftDay(scope.fit.from, weekFrom - 1) };
    const fit = await fitOnScope(workspace, before, await fetchStatistics(workspace, before), scope.channels);
    if (fit === null) break;
    const week = forecastWeek({
      ...{ booked, weekFrom, effects: effectsByDay(statistics, fit), effectError: effectErrorOf(fit) },
      ...{ demand: Float64Array.from(fit.season), knownFrom: fit.firstDay },
    });
    if (week === null) break;
    const dates = listDays(scope.fit.from, scope.fit.to).slice(weekFrom, weekFrom + WEEK);
    const seen = booked.subarray(weekFrom, weekFrom + WEEK);
    weeks.push({
      ...{ from: dates[0]!, to: dates[WEEK - 1]!, ...figuresOf(week), seen: seen.reduce((sum, each) => sum + each, 0) },
      days: week.days.map((day, i) => ({ date: dates[i]!, ...figuresOf(day), seen: seen[i]! })),
    });
  }
  return weeks;
}

function figuresOf({ expected, low, high, ofTouches, withoutTouches }: ForetoldDay): ForetoldDay {
  return { expected, low, high, ofTouches, withoutTouches };
}

async function bookedByDay(workspace: Workspace, { fit, timeZone }: QualityScope): Promise<Float64Array> {
  const { from, to } = fit;
  const booked = new Float64Array(countDays(from, to));
  for (const { date, conversions } of await workspace.warehouse.ask(dailyBookings, { from, to, timeZone })) {
    booked[countDays(from, date) - 1] = Number(conversions);
  }
  return booked;
}

/** Half of an interval in its standard deviations, at the level of the fits' intervals. */
const Z_90 = 1.6449;

/** Of all effects together, as a part of them; channels are taken as independent. */
function effectErrorOf({ channels }: IncrementalFit): number {
  const fitted = channels.filter(({ conversions }) => conversions > 0);
  const variance = fitted.reduce((sum, { low, high }) => sum + ((high - low) / (2 * Z_90)) ** 2, 0);
  const conversions = fitted.reduce((sum, channel) => sum + channel.conversions, 0);
  return conversions > 0 ? Math.sqrt(variance) / conversions : 0;
}
