import {
  bookedTotals,
  type CreditPass,
  creditByCells,
  creditTouches,
  publishCredit,
  type RunWeighting,
  saveCells,
  seedCells,
  withCreditTable,
} from "@touchline/sql";
import type { Workspace } from "../workspace.ts";
import { describeEvidence } from "./describe-evidence.ts";
import { type Fit, fitOf } from "./fit.ts";
import { fitCells } from "./fit-cells.ts";
import { fitModel } from "./fit-model.ts";
import {
  type ChannelFit,
  type FittedModel,
  type JourneyStatistics,
  modelNamed,
  type RuleModel,
  type StatisticName,
} from "./models/index.ts";
import { type RunParameters, scopeOf } from "./run-parameters.ts";
import { fetchStatistics } from "./statistics.ts";

/** Whoever follows the work: it may stop it, show how far it is, and keep what a run stands on. */
export interface CreditWatcher {
  readonly signal?: AbortSignal;
  /** @param share of the work that is done when the step begins */
  step?(name: string, share: number): void;
  /** Called when a run's touches are weighed: `table` holds its credit before a fitted model's totals are spread over it. */
  weighed?(
    runId: string,
    basis: { readonly statistics: JourneyStatistics; readonly channels: ChannelFit | null; readonly table: string },
  ): Promise<void>;
}

/** A run that is to be computed. */
export interface PlannedRun {
  readonly runId: string;
  readonly parameters: RunParameters;
}

/** A run whose model shares out the conversions that had a touch. */
interface SharingRun extends PlannedRun {
  readonly model: RuleModel | FittedModel;
}

/** A run with what its model says of touches, and of channels where it is fitted. */
interface WeighedRun extends SharingRun {
  readonly weighting: RunWeighting["weighting"];
  readonly channels: ChannelFit | null;
  readonly fit: Fit;
}

/**
 * Computes the credit of several runs; those that share out the same journeys in the same way do so in one pass over them.
 * @returns what each fit found, by run
 */
export async function writeCredits(
  workspace: Workspace,
  runs: readonly PlannedRun[],
  timeZone: string,
  watcher: CreditWatcher = {},
): Promise<Map<string, Fit>> {
  const fits = new Map<string, Fit>();
  const passes = new Map<string, SharingRun[]>();
  for (const run of runs) {
    const model = modelNamed(run.parameters.model);
    if (model.kind === "self") {
      fits.set(run.runId, await model.creditItself(workspace, run.runId, run.parameters, watcher));
      continue;
    }
    const { dateBasis, attribute } = run.parameters;
    const pass = JSON.stringify([scopeOf(run.parameters, timeZone), dateBasis, attribute]);
    passes.set(pass, [...(passes.get(pass) ?? []), { ...run, model }]);
  }
  for (const pass of passes.values()) {
    for (const [runId, fit] of await creditInOnePass(workspace, pass, timeZone, watcher)) fits.set(runId, fit);
  }
  return fits;
}

async function creditInOnePass(
  workspace: Workspace,
  runs: readonly SharingRun[],
  timeZone: string,
  watcher: CreditWatcher,
): Promise<[string, Fit][]> {
  const { warehouse } = workspace;
  const { parameters } = runs[0]!;
  const { dateBasis, attribute } = parameters;
  const scope = scopeOf(parameters, timeZone);
  const booked = await warehouse.askOne(bookedTotals, scope);
  if (Number(booked.touchedConversions) === 0) {
    const nothing = "No conversion of this range had a touch in its window: there is nothing to credit.";
    return runs.map(({ runId }) => [runId, fitOf({ warnings: [nothing] })]);
  }
  const needs = new Set<StatisticName>(
    runs.flatMap(({ model, parameters: own }) => (model.kind === "rule" ? model.needs : model.needs(own))),
  );
  watcher.step?.("add up the journeys", 0.1);
  const statistics = await fetchStatistics(workspace, scope, needs);
  const weighed: WeighedRun[] = [];
  for (const [i, run] of runs.entries()) {
    watcher.step?.(`fit ${run.parameters.model}`, 0.3 + (0.3 * i) / runs.length);
    weighed.push(await weighRun(run, statistics, watcher.signal));
  }
  const pass: CreditPass = { scope, dateBasis, attribute, hasMargin: booked.withMargin > 0 };
  return withCreditTable(warehouse, async (table) => {
    watcher.step?.("share out every journey", 0.6);
    await creditTouches(warehouse, table, weighed, pass);
    watcher.step?.("write the credit", 0.8);
    for (const { runId, channels } of weighed) await watcher.weighed?.(runId, { statistics, channels, table });
    const done = weighed.filter(({ channels }) => channels === null);
    if (done.length > 0)
      await publishCredit(
        warehouse,
        table,
        done.map(({ runId }) => runId),
      );
    const fits: [string, Fit][] = [];
    for (const run of weighed) {
      const warnings = run.channels === null ? [] : await creditChannels(workspace, table, run, run.channels);
      const weak = describeEvidence(booked, run.channels !== null);
      fits.push([run.runId, { ...run.fit, warnings: [...run.fit.warnings, ...warnings, ...weak] }]);
    }
    return fits;
  });
}

async function weighRun(
  run: SharingRun,
  statistics: JourneyStatistics,
  signal: AbortSignal | undefined,
): Promise<WeighedRun> {
  const { model, parameters } = run;
  if (model.kind === "rule") {
    const { weighting, warnings } = model.weigh(statistics, parameters);
    return { ...run, weighting, channels: null, fit: fitOf({ warnings: [...warnings] }) };
  }
  const channels = await fitModel(model, statistics, parameters, signal);
  const values = { channelNames: channels.channels, channelWeights: channels.weights };
  return { ...run, weighting: { touchModel: "by-channel", values }, channels, fit: channels.fit };
}

/** Spreads what a fitted model gives each channel over the days and what was touched on them. @returns warnings */
export async function creditChannels(
  { warehouse }: Workspace,
  table: string,
  { runId, parameters: { dateBasis } }: PlannedRun,
  channels: ChannelFit,
): Promise<string[]> {
  const seeds = await seedCells(warehouse, table, runId);
  const { cells, warnings } = fitCells(seeds, channels, dateBasis);
  await saveCells(warehouse, runId, cells);
  await creditByCells(warehouse, table, runId, dateBasis);
  return warnings;
}
