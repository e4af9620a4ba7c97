import { breakdownSpend, dailyBookings, listExperiments, seriesContext } from "@touchline/sql";
import { countDays, shiftDay } from "../calendar-days.ts";
import type { DateRange, MovementAnswer } from "../contract/index.ts";
import { sumOf } from "../exact.ts";
import type { Workspace } from "../workspace.ts";
import type { AskedMovement } from "./movement.ts";
import { firstDayOf } from "./scoped-runs.ts";

type Facts = MovementAnswer["facts"];

const MOST_CAMPAIGNS = 5;
const MOST_CONTEXT = 6;
/** 52 weeks: Mondays beside Mondays. */
const YEAR_OF_WEEKDAYS = 364;

/** What happened beside: nobody says that it is the reason. */
export async function gatherFacts(workspace: Workspace, input: AskedMovement): Promise<Facts> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const { range, compare, channel, campaign } = input;
  const level = {
    ...{ level: "campaign" as const, inChannel: channel !== null, channelName: channel ?? "" },
    ...{ inCampaign: campaign !== null, campaignName: campaign ?? "" },
  };
  const [now, before, contextNow, contextBefore, tests, booked, bookedBefore, season] = await Promise.all([
    warehouse.ask(breakdownSpend, { ...level, ...range }),
    warehouse.ask(breakdownSpend, { ...level, ...compare }),
    warehouse.ask(seriesContext, range),
    warehouse.ask(seriesContext, compare),
    warehouse.ask(listExperiments, {}),
    bookedIn(workspace, range, timeZone),
    bookedIn(workspace, compare, timeZone),
    seasonOf(workspace, input, timeZone),
  ]);
  return {
    started: onlyIn(now, before),
    stopped: onlyIn(before, now),
    context: differingContext(contextBefore, contextNow),
    gaps: { before: gapsIn(before, compare), now: gapsIn(now, range) },
    tests: tests
      .filter((test) => (channel === null || test.channel === channel) && touches(test, range, compare))
      .map((test) => ({ name: test.experimentId, channel: test.channel, from: test.startDate, to: test.endDate })),
    season,
    booked: { before: bookedBefore, now: booked },
  };
}

interface SpendRow {
  readonly channel: string;
  readonly campaign: string;
  readonly spend: string;
  readonly days: number;
}

function onlyIn(these: readonly SpendRow[], those: readonly SpendRow[]): Facts["started"] {
  const keyOf = ({ channel, campaign }: SpendRow) => JSON.stringify([channel, campaign]);
  const paid = new Set(those.filter(({ spend }) => Number(spend) > 0).map(keyOf));
  return these
    .filter((row) => Number(row.spend) > 0 && !paid.has(keyOf(row)))
    .sort((a, b) => Number(b.spend) - Number(a.spend))
    .slice(0, MOST_CAMPAIGNS)
    .map(({ channel, campaign, spend }) => ({ channel, campaign, spend }));
}

/** Days that the campaign with most of them lacks. */
function gapsIn(rows: readonly SpendRow[], { from, to }: DateRange): number {
  const most = Math.max(0, ...rows.map(({ days }) => days));
  return most === 0 ? 0 : countDays(from, to) - most;
}

const touches = ({ startDate, endDate }: { startDate: string; endDate: string }, ...ranges: DateRange[]) =>
  ranges.some(({ from, to }) => startDate <= to && endDate >= from);

function differingContext(
  before: readonly { readonly name: string; readonly value: number }[],
  now: readonly { readonly name: string; readonly value: number }[],
): Facts["context"] {
  const meanOf = (rows: typeof now, name: string) => {
    const values = rows.filter((row) => row.name === name).map(({ value }) => value);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const sizeOf = ({ before: was, now: is }: Facts["context"][number]) =>
    was === null || is === null ? 1 : Math.abs(is - was) / Math.max(Math.abs(is), Math.abs(was));
  return [...new Set([...before, ...now].map(({ name }) => name))]
    .map((name) => ({ name, before: meanOf(before, name), now: meanOf(now, name) }))
    .filter((each) => each.before !== each.now)
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_CONTEXT);
}

async function bookedIn({ warehouse }: Workspace, range: DateRange, timeZone: string): Promise<string> {
  const days = await warehouse.ask(dailyBookings, { ...range, timeZone });
  return sumOf(days.map(({ revenue }) => revenue));
}

/** How booked revenue moved a year before between the same weekdays; null where the data does not reach back. */
async function seasonOf(
  workspace: Workspace,
  { range, compare }: AskedMovement,
  timeZone: string,
): Promise<number | null> {
  const yearBefore = ({ from, to }: DateRange) => ({
    from: shiftDay(from, -YEAR_OF_WEEKDAYS),
    to: shiftDay(to, -YEAR_OF_WEEKDAYS),
  });
  const firstDay = await firstDayOf(workspace);
  const earliest =
    yearBefore(compare).from < yearBefore(range).from ? yearBefore(compare).from : yearBefore(range).from;
  if (firstDay === "" || firstDay > earliest) return null;
  const [now, before] = await Promise.all([
    bookedIn(workspace, yearBefore(range), timeZone),
    bookedIn(workspace, yearBefore(compare), timeZone),
  ]);
  return Number(before) > 0 ? Number(now) / Number(before) - 1 : null;
}
