import { ModelError } from "@touchline/solver";
import { platformClaims } from "@touchline/sql";
import type { z } from "zod";
import {
  type CompareModels,
  DEFAULT_LOOKBACK_DAYS,
  type ModelComparison,
  type ModelCredit,
  type ModelName,
} from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import type { Fit } from "./fit.ts";
import { type AttributionReport, describeRun } from "./report.ts";
import { type RunParameters, runParameters } from "./run-parameters.ts";
import { type AttributionRun, ensureRuns } from "./runs.ts";
import { trustOf } from "./trust.ts";

/** Several models on one range, side by side: in one pass over the journeys, where none of them has to refuse. */
export async function compareModels(
  workspace: Workspace,
  { range, models: names }: z.output<typeof CompareModels>,
): Promise<ModelComparison> {
  const plans = names.map((model) => runParameters({ ...range, model }));
  const { runs, refused } = await ensureWhatCan(workspace, plans);
  const models: ModelCredit[] = [];
  let booked = { conversions: "0", revenue: "0" };
  for (const { run, parameters } of runs) {
    const report = await describeRun(workspace, run, parameters);
    const { conversions, revenue } = report.totals;
    booked = { conversions, revenue };
    models.push(creditOf(parameters.model, report, run.fit));
  }
  const { currency } = await workspace.settings();
  const claims = await workspace.warehouse.ask(platformClaims, range);
  return { currency, lookbackDays: DEFAULT_LOOKBACK_DAYS, booked, models, claims, refused };
}

interface Found {
  readonly runs: readonly { run: AttributionRun; parameters: RunParameters }[];
  readonly refused: ModelComparison["refused"];
}

/** @throws what the last model refused with, where none has an answer */
export async function ensureWhatCan(workspace: Workspace, plans: readonly RunParameters[]): Promise<Found> {
  try {
    const runs = await ensureRuns(workspace, plans);
    return { runs: runs.map((run, i) => ({ run, parameters: plans[i]! })), refused: [] };
  } catch (error) {
    if (!isRefusal(error) || plans.length === 1) throw error;
    const found: Found[] = [];
    let refusal: unknown;
    for (const plan of plans) {
      try {
        found.push(await ensureWhatCan(workspace, [plan]));
      } catch (own) {
        if (!isRefusal(own)) throw own;
        refusal = own;
        found.push({ runs: [], refused: [{ model: plan.model, reason: own.message }] });
      }
    }
    const runs = found.flatMap((each) => each.runs);
    if (runs.length === 0) throw refusal;
    return { runs, refused: found.flatMap((each) => each.refused) };
  }
}

/** A model that has no answer for these journeys. A run that somebody cancelled is another matter: it names its cause. */
function isRefusal(error: unknown): error is Error {
  return error instanceof ModelError || (error instanceof UserError && error.cause === undefined);
}

function creditOf(model: ModelName, report: AttributionReport, fit: Fit): ModelCredit {
  const channels = report.channels.map(({ channel, conversions, revenue, spend, roas, ...trust }) => ({
    ...{ channel, conversions, revenue, spend, roas },
    ...trustOf(trust),
  }));
  const named = new Set(channels.map(({ channel }) => channel));
  const onlyFlagged = Object.entries(fit.channels)
    .filter(([channel, { flags }]) => flags.length > 0 && !named.has(channel))
    .map(([channel, found]) => ({
      ...{ channel, conversions: "0", revenue: "0", spend: null, roas: null },
      ...trustOf({ ...found, coverage: null }),
    }));
  return {
    model,
    run: report.run,
    channels: [...channels, ...onlyFlagged],
    noTouch: { conversions: report.baseline.conversions, revenue: report.baseline.revenue },
    warnings: [...report.warnings],
  };
}
