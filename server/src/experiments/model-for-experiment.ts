import { newestRunOver, runCreditByDay, spendByRegion } from "@touchline/sql";
import { Fit } from "../attribution/index.ts";
import type { Experiment, ExperimentEntry } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";

/** Two-sided quantiles of the normal distribution by level. */
const QUANTILES: Readonly<Record<string, number>> = { "0.8": 1.2816, "0.9": 1.6449, "0.95": 1.96, "0.99": 2.5758 };

type IntervalOfConversions = Fit["channels"][string]["interval"];

/** Standard error over the figure itself, from the interval of a channel's conversions; null where there is none. */
export function relativeError(interval: IntervalOfConversions | undefined, conversions: number): number | null {
  if (interval === null || interval === undefined || conversions <= 0) return null;
  const quantile = QUANTILES[String(interval.level)] ?? 1.6449;
  return (interval.high - interval.low) / (2 * quantile * conversions);
}

/**
 * What the incremental model says of the channel on the days of the test, for the part of its spend that the test was about. It stands on
 * the newest run that covers these days; null where there is none, or where the test is about the step between two levels of spend, which
 * credit says nothing of.
 */
export async function modelForExperiment(
  workspace: Workspace,
  experiment: Pick<ExperimentEntry, "channel" | "startDate" | "endDate" | "spend"> & { readonly estimand: string },
): Promise<Experiment["model"]> {
  const { warehouse } = workspace;
  const { channel, startDate: from, endDate: to } = experiment;
  if (experiment.estimand === "marginal") return null;
  const [run] = await warehouse.ask(newestRunOver, { model: "incremental", coveredFrom: from, coveredTo: to });
  if (run === undefined) return null;
  const [days, spends] = await Promise.all([
    warehouse.ask(runCreditByDay, { runId: run.runId }),
    warehouse.ask(spendByRegion, { channel, from, to }),
  ]);
  const ofChannel = days.filter((day) => day.channel === channel);
  const known = Fit.parse(JSON.parse(run.fit)).channels[channel];
  // A channel that the run knows nothing of was not seen, which is not the same as no effect.
  if (ofChannel.length === 0 && known === undefined) return null;
  const sum = (rows: readonly { conversions: string }[]) => rows.reduce((all, row) => all + Number(row.conversions), 0);
  const spent = spends.reduce((all, { spend }) => all + Number(spend), 0);
  const spendShare = spent > 0 ? Math.min(1, Number(experiment.spend) / spent) : 1;
  const conversions = spendShare * sum(ofChannel.filter(({ date }) => from <= date && date <= to));
  const relative = relativeError(known?.interval, sum(ofChannel));
  return { run: run.runId, conversions, standardError: relative === null ? null : relative * conversions, spendShare };
}
