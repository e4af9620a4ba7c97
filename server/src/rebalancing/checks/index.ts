import { and, eq, gte } from "drizzle-orm";
import { fetchRun, reportRun } from "../../attribution/index.ts";
import { shiftDay } from "../../calendar-days.ts";
import type { RebalancingCheck } from "../../contract/index.ts";
import { proposals } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { RunContext } from "../run-context.ts";
import { judgeBlackout, judgeStanding } from "./calendar.ts";
import { judgeWatched } from "./judge-watched.ts";
import { judgeModel } from "./model-health.ts";
import { fetchWatched } from "./watched.ts";
import { checkOf } from "./words.ts";

/** Weeks of the reference and of what is held against it, in which approved plans explain a moved mix. */
const PLANNED_DAYS = 112;

/** Everything that is looked at before a model is fitted: one check a rule at least, so that what passed is told too. */
export async function checkData(context: RunContext): Promise<RebalancingCheck[]> {
  const { workspace, store, settings, now } = context;
  const { timeZone } = await workspace.settings();
  const watched = await fetchWatched(context);
  const since = new Date(now.getTime() - PLANNED_DAYS * 86_400_000);
  const [standing, plans, fittedFrom] = await Promise.all([
    judgeStanding(store, timeZone, now),
    store.count(proposals, and(eq(proposals.state, "approved"), gte(proposals.decidedAt, since))),
    fittedDay(context),
  ]);
  return [
    judgeBlackout(settings, timeZone, now),
    ...judgeWatched(watched, { guardRails: settings.guardRails, timeZone, fittedFrom, plans }),
    standing,
  ];
}

/** The first day that the last run's model stands on; null where there was none. */
async function fittedDay({ workspace, last, now }: RunContext): Promise<string | null> {
  if (last === null) return null;
  try {
    return String((await fetchRun(workspace, last.attributionRun)).from);
  } catch (error) {
    // It may have been pruned: then the year before is what it stood on.
    if (error instanceof UserError) return shiftDay(now.toISOString().slice(0, 10), -365);
    throw error;
  }
}

/** What is looked at once the model is fitted. */
export async function checkModel(
  { workspace, last }: RunContext,
  fitted: { readonly attributionRun: string },
): Promise<RebalancingCheck[]> {
  const first = [checkOf("model-health", "passed", { says: "first" })];
  if (last === null) return first;
  try {
    const [before, now] = [
      await reportRun(workspace, last.attributionRun),
      await reportRun(workspace, fitted.attributionRun),
    ];
    return judgeModel(before, now);
  } catch (error) {
    if (error instanceof UserError) return first;
    throw error;
  }
}
