import { type CreditAttribute, runsById, workspaceExtent } from "@touchline/sql";
import {
  type AttributionReport,
  describeRun,
  ensureWhatCan,
  type Fit,
  type RunParameters,
  runParameters,
} from "../attribution/index.ts";
import {
  type DateRange,
  DEFAULT_LOOKBACK_DAYS,
  DEFAULT_MODEL,
  type ModelName,
  type ResultOrigin,
  type ResultScope,
} from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";

/** A run with its report by channel, and what its fit says of channels. */
export interface ScopedRun {
  readonly report: AttributionReport;
  readonly fit: Fit;
}

/** The runs of one range. */
export interface RunsOfRange {
  readonly range: DateRange;
  readonly chosen: ScopedRun;
  /** Null where the incremental model has no answer. */
  readonly incremental: ScopedRun | null;
}

export interface ScopedRuns {
  readonly now: RunsOfRange;
  /** Null where nothing is compared, or the data does not reach back that far. */
  readonly before: RunsOfRange | null;
  /** Why the incremental model has no answer. */
  readonly refused: string | null;
}

/**
 * The runs that a page stands on: the chosen model's and the incremental one's, on the days shown and on those compared; what is not
 * there yet is computed in as few passes as it allows.
 * @throws what the chosen model refuses with, when it has no answer for the days shown
 */
export async function fetchScopedRuns(
  workspace: Workspace,
  scope: ResultScope,
  attribute: CreditAttribute | "" = "",
): Promise<ScopedRuns> {
  const compared = await comparableRange(workspace, scope.compare);
  const planOf = (range: DateRange, model: ModelName) =>
    runParameters({ ...range, model, attribute, conversionTypes: scope.conversionTypes, customers: scope.customers });
  const models = [...new Set<ModelName>([scope.model, DEFAULT_MODEL])];
  const ranges = compared === null ? [scope.range] : [scope.range, compared];
  const { runs, refused } = await ensureWhatCan(
    workspace,
    ranges.flatMap((range) => models.map((model) => planOf(range, model))),
  );
  const described = await Promise.all(
    runs.map(async ({ run, parameters }) => ({
      parameters,
      scoped: { report: await describeRun(workspace, run, parameters), fit: run.fit },
    })),
  );
  const runOf = (range: DateRange, model: ModelName) =>
    described.find(({ parameters }) => isOf(parameters, range, model))?.scoped ?? null;
  const sideOf = (range: DateRange): RunsOfRange | null => {
    const chosen = runOf(range, scope.model);
    return chosen === null ? null : { range, chosen, incremental: runOf(range, DEFAULT_MODEL) };
  };
  const now = sideOf(scope.range);
  if (now === null) {
    // Asked alone, it says why it has no answer.
    await ensureWhatCan(workspace, [planOf(scope.range, scope.model)]);
    throw new Error(`the run of ${scope.model} was refused and then found`);
  }
  return {
    now,
    before: compared === null ? null : sideOf(compared),
    refused: now.incremental === null ? (refused.find(({ model }) => model === DEFAULT_MODEL)?.reason ?? null) : null,
  };
}

function isOf(parameters: RunParameters, range: DateRange, model: ModelName): boolean {
  return parameters.model === model && parameters.from === range.from && parameters.to === range.to;
}

/** It takes a look at every touch: once for each state of the data. */
export async function firstDayOf(workspace: Workspace): Promise<string> {
  const [watermark, { timeZone }] = await Promise.all([workspace.watermark(), workspace.settings()]);
  return workspace.remember(`first day of ${watermark} ${timeZone}`, async () => {
    const { firstDay } = await workspace.warehouse.askOne(workspaceExtent, { timeZone });
    return firstDay;
  });
}

/** Days before the data begins would read as days of nothing. */
async function comparableRange(workspace: Workspace, compare: DateRange | null): Promise<DateRange | null> {
  if (compare === null) return null;
  const firstDay = await firstDayOf(workspace);
  return firstDay !== "" && firstDay <= compare.from ? compare : null;
}

/** Where the figures of the days shown come from. */
export async function originOf(
  workspace: Workspace,
  { chosen, range }: RunsOfRange,
  model: ModelName,
): Promise<ResultOrigin> {
  const { run } = chosen.report;
  const [entry] = await workspace.warehouse.ask(runsById, { runIds: [run] });
  const computedAt = new Date(entry?.finishedAt ?? Date.now()).toISOString();
  return { run, model, range, computedAt, lookbackDays: DEFAULT_LOOKBACK_DAYS };
}
