import { campaignEnds, contextSpans, listExperiments, workspaceExtent } from "@touchline/sql";
import type { Annotation, DateRange } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";

/** Days at both edges of the data in which campaigns are not seen to begin or to stop. */
const GRACE_DAYS = 14;

/** What the data tell about the days of a range by themselves. */
export async function gatherEvents(workspace: Workspace, range: DateRange): Promise<Annotation[]> {
  const [events, tests] = await Promise.all([
    workspace.remember(`events of days ${await workspace.watermark()}`, () => eventsOfData(workspace)),
    // Tests that are entered by hand change no watermark.
    liftTests(workspace),
  ]);
  return [...events, ...tests].filter(({ from, to }) => from <= range.to && to >= range.from);
}

async function liftTests({ warehouse }: Workspace): Promise<Annotation[]> {
  const tests = await warehouse.ask(listExperiments, {});
  return tests.map(({ experimentId, channel, startDate, endDate }) => ({
    ...{ kind: "test", id: `test ${experimentId}`, from: startDate, to: endDate },
    ...{ experiment: experimentId, channel },
  }));
}

/** Of all days: where campaigns begin is a question to every touch, so it is asked once for the data as they are. */
async function eventsOfData(workspace: Workspace): Promise<Annotation[]> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const { firstDay, lastBookedDay, lastDay } = await warehouse.askOne(workspaceExtent, { timeZone });
  if (firstDay === "" || lastDay === "") return [];
  const edges = { firstDay, lastDay: lastBookedDay === "" ? lastDay : lastBookedDay, grace: GRACE_DAYS };
  const [campaigns, context] = await Promise.all([
    warehouse.ask(campaignEnds, { timeZone, ...edges }),
    warehouse.ask(contextSpans, {}),
  ]);
  return [
    ...campaigns.map(({ kind, date, channel, names, campaigns: count }) => ({
      ...{ kind, id: `${kind} ${date} ${channel}`, from: date, to: date },
      ...{ channel, names, count },
    })),
    ...context.map(({ name, from, to, value, before, isFlag }): Annotation => {
      if (isFlag === 1 || before === null) return { kind: "context", id: `context ${from} ${name}`, from, to, name };
      return { kind: "change", id: `change ${from} ${name}`, from, to: from, name, before, after: value };
    }),
  ];
}
