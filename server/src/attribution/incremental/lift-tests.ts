import type { LiftTest } from "@touchline/solver";
import { channelDelivery, listExperiments } from "@touchline/sql";
import { countDays } from "../../calendar-days.ts";
import type { Workspace } from "../../workspace.ts";
import type { FitScope } from "./fetch-statistics.ts";

export interface UsableTests {
  readonly tests: readonly LiftTest[];
  /** Why a test of a channel was left out. */
  readonly leftOut: readonly { readonly channel: string; readonly text: string }[];
}

/**
 * The lift tests that lie inside the window and measured what the run credits; why the others were left out.
 * @param owned channels of own visits, which cause nothing: what a test says of them changes nothing
 * @param booked conversions of the window
 */
export async function fetchLiftTests(
  { warehouse }: Workspace,
  scope: FitScope,
  owned: readonly boolean[],
  booked: number,
): Promise<UsableTests> {
  const tests: LiftTest[] = [];
  const leftOut: { channel: string; text: string }[] = [];
  for (const row of await warehouse.ask(listExperiments, {})) {
    const { experimentId, channel, startDate, endDate, conversionType, standardError, incrementalConversions } = row;
    const leaveOut = (why: string) =>
      leftOut.push({ channel, text: `The lift test ${experimentId} was left out: ${why}.` });
    const place = scope.channels.indexOf(channel);
    const types = scope.conversionTypes;
    if (place < 0) leaveOut(`the channel "${channel}" has no touches`);
    else if (owned[place]) leaveOut(`"${channel}" is own visits, which cause nothing`);
    else if (startDate < scope.from || endDate > scope.to)
      leaveOut(`its days ${startDate} to ${endDate} are not all inside ${scope.from} to ${scope.to}`);
    else if (conversionType !== "" && types.length > 0 && !types.includes(conversionType))
      leaveOut(`it measured conversions of the type "${conversionType}"`);
    else if (!(standardError > 0)) leaveOut("it has no standard error");
    else if (incrementalConversions - 2 * standardError > booked)
      leaveOut(`it claims ${incrementalConversions} conversions, more than the ${booked} that are booked in all`);
    else {
      tests.push({
        id: experimentId,
        channel: place,
        firstDay: countDays(scope.from, startDate) - 1,
        lastDay: countDays(scope.from, endDate) - 1,
        incremental: incrementalConversions,
        standardError,
        part: partOf(row, await spentOn(warehouse, channel, startDate, endDate, scope.timeZone)),
      });
    }
  }
  return { tests, leftOut };
}

async function spentOn(
  warehouse: Workspace["warehouse"],
  channel: string,
  from: string,
  to: string,
  timeZone: string,
): Promise<number> {
  const rows = await warehouse.ask(channelDelivery, { from, to, timeZone, byCampaign: false });
  return Number(rows.find((row) => row.channel === channel)?.spend ?? 0);
}

interface TestedSpend {
  readonly spend: string;
  readonly spendControl: string | null;
  readonly spendTest: string | null;
}

/** Part of the channel's spend of these days that the test was about; all of it where nothing says how much was spent. */
export function partOf({ spend, spendControl, spendTest }: TestedSpend, spent: number): number {
  const isStep = spendControl !== null && spendTest !== null;
  const tested = isStep ? Math.abs(Number(spendTest) - Number(spendControl)) : Number(spend);
  return tested > 0 && spent > 0 ? Math.min(1, tested / spent) : 1;
}
