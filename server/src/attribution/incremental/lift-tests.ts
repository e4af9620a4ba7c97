import type { LiftTest } from "@touchline/solver";
import { listExperiments } from "@touchline/sql";
import { countDays } from "../../calendar-days.ts";
import type { Workspace } from "../../workspace.ts";
import type { FitScope } from "./fetch-statistics.ts";

export interface UsableTests {
  readonly tests: readonly LiftTest[];
  readonly warnings: readonly string[];
}

/** The lift tests that lie inside the window and measured what the run credits; why the others were left out. */
export async function fetchLiftTests({ warehouse }: Workspace, scope: FitScope, booked: number): Promise<UsableTests> {
  const tests: LiftTest[] = [];
  const warnings: string[] = [];
  for (const row of await warehouse.ask(listExperiments, {})) {
    const { experimentId, channel, startDate, endDate, conversionType, standardError, incrementalConversions } = row;
    const leaveOut = (why: string) => warnings.push(`The lift test ${experimentId} was left out: ${why}.`);
    const place = scope.channels.indexOf(channel);
    const types = scope.conversionTypes;
    if (place < 0) leaveOut(`the channel "${channel}" has no touches`);
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
        part: partOf(row.spendControl, row.spendTest),
      });
    }
  }
  return { tests, warnings };
}

/** Part of the spend that test and control differed by; all of it where the test does not say. */
function partOf(control: string | null, test: string | null): number {
  const most = Math.max(Number(control ?? 0), Number(test ?? 0));
  if (control === null || test === null || most <= 0) return 1;
  return Math.abs(Number(test) - Number(control)) / most;
}
