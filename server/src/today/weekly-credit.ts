import { runCreditByWeek, runsOver } from "@touchline/sql";
import { ensureRun, Fit, runParameters } from "../attribution/index.ts";
import { shiftDay } from "../calendar-days.ts";
import type { TodayBrief } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";

/** Days that the model is fitted on where nobody has asked for a run yet: the weeks of the charts. */
const FITTED_DAYS = 91;

export interface WeeklyCredit {
  readonly run: NonNullable<TodayBrief["run"]>;
  /** Revenue by channel, then by Monday. */
  readonly byChannel: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By channel, the ends of the interval over the credit itself, at 90 %; absent where the model gives none. */
  readonly relative: ReadonlyMap<string, { readonly low: number; readonly high: number }>;
}

/**
 * The incremental model's credit of the weeks, from the best run there is; null where there is none. Nothing is computed for it.
 * @param week the last complete one
 */
export async function fetchWeeklyCredit(
  workspace: Workspace,
  week: { readonly from: string; readonly to: string },
): Promise<WeeklyCredit | null> {
  const { warehouse } = workspace;
  const watermark = await workspace.watermark();
  const [found] = await warehouse.ask(runsOver, { model: "incremental", ...week, watermark });
  if (found === undefined) return null;
  const rows = await warehouse.ask(runCreditByWeek, { runId: found.runId });
  const byChannel = new Map<string, Map<string, string>>();
  // A week that the run begins or ends in is not whole.
  const conversions = new Map<string, number>();
  for (const row of rows) {
    conversions.set(row.channel, (conversions.get(row.channel) ?? 0) + Number(row.conversions));
    if (row.week < found.from || shiftDay(row.week, 6) > found.to) continue;
    byChannel.set(row.channel, (byChannel.get(row.channel) ?? new Map<string, string>()).set(row.week, row.revenue));
  }
  const { channels } = Fit.parse(JSON.parse(found.fit));
  const relative = Object.entries(channels).flatMap(([channel, { interval }]) => {
    const credited = conversions.get(channel) ?? 0;
    if (interval === null || credited <= 0) return [];
    return [[channel, { low: interval.low / credited, high: interval.high / credited }] as const];
  });
  return {
    run: {
      ...{ run: found.runId, model: "incremental", range: { from: found.from, to: found.to } },
      ...{ computedAt: new Date(found.finishedAt).toISOString(), lookbackDays: found.lookbackDays },
      isOfPresentData: found.isOfData,
    },
    byChannel,
    relative: new Map(relative),
  };
}

/** Workspaces and data for which the model failed: it is not tried again until the data has changed. */
const failed = new Set<string>();
const MOST_FAILURES = 1_000;

/**
 * Fits the incremental model on the weeks of the charts, beside everything else, where the present data has no run over them.
 * @returns what is known of it now
 */
export async function keepCreditFresh(
  workspace: Workspace,
  credit: WeeklyCredit | null,
  week: { readonly from: string; readonly to: string },
  firstDay: string,
): Promise<"ready" | "underway" | "failed"> {
  if (credit?.run.isOfPresentData === true) return "ready";
  const key = JSON.stringify(["today's credit", workspace.id, week.to, await workspace.watermark()]);
  if (failed.has(key)) return "failed";
  const from = shiftDay(week.to, 1 - FITTED_DAYS);
  const parameters = runParameters({ model: "incremental", from: from < firstDay ? firstDay : from, to: week.to });
  workspace
    .once(key, () => ensureRun(workspace, parameters))
    .catch(() => {
      if (failed.size >= MOST_FAILURES) failed.clear();
      failed.add(key);
    });
  return "underway";
}
