import { createHash, randomUUID } from "node:crypto";
import {
  bookedTotals,
  creditByCells,
  creditByRule,
  findRun,
  recordRun,
  saveCells,
  weightedCells,
} from "@touchline/sql";
import { z } from "zod";
import { type DateBasis, DEFAULT_LOOKBACK_DAYS, type ModelName } from "../contract/index.ts";
import { ensureJourneys } from "../journeys/index.ts";
import { VERSION } from "../version.ts";
import type { Workspace } from "../workspace.ts";
import { fitCells } from "./fit-cells.ts";
import { fitMarkovOnJourneys } from "./fit-markov.ts";

export interface RunParameters {
  readonly model: ModelName;
  readonly from: string;
  readonly to: string;
  readonly lookbackDays: number;
  readonly dateBasis: DateBasis;
  /** Time decay only. */
  readonly halfLifeDays: number;
  /** Markov only. */
  readonly order: number;
}

export const DEFAULT_HALF_LIFE_DAYS = 7;

export function runParameters(
  given: Pick<RunParameters, "model" | "from" | "to"> & Partial<RunParameters>,
): RunParameters {
  return {
    lookbackDays: DEFAULT_LOOKBACK_DAYS,
    dateBasis: "conversion",
    halfLifeDays: DEFAULT_HALF_LIFE_DAYS,
    order: 1,
    ...given,
  };
}

/** What a fit found, kept with its run so that the run can be repeated and explained. */
const Fit = z.object({
  warnings: z.array(z.string()),
  conversionProbability: z.number().nullable(),
  removalEffects: z.record(z.string(), z.number()),
});
export type Fit = z.infer<typeof Fit>;

export interface AttributionRun {
  readonly runId: string;
  readonly fit: Fit;
}

/**
 * The credit of a model on a range: computed once for the data as it is, then found again.
 * Law: the run's credit adds up exactly to the booked conversions and revenue that had a touch in their window.
 */
export async function ensureRun(workspace: Workspace, parameters: RunParameters): Promise<AttributionRun> {
  const settings = await workspace.settings();
  const watermark = await ensureJourneys(workspace, parameters.lookbackDays);
  const frozen = JSON.stringify({ ...parameters, timeZone: settings.timeZone });
  const parametersKey = createHash("sha256").update(frozen).digest("hex");
  return workspace.once(`run ${parametersKey} ${watermark}`, async () => {
    const { warehouse } = workspace;
    const [known] = await warehouse.ask(findRun, { parametersKey, watermark, codeVersion: VERSION });
    if (known !== undefined) return { runId: known.runId, fit: Fit.parse(JSON.parse(known.fit)) };
    const runId = randomUUID();
    const fit = await writeCredit(workspace, runId, parameters, settings.timeZone);
    await warehouse.tell(recordRun, {
      runId,
      parametersKey,
      parameters: frozen,
      watermark,
      codeVersion: VERSION,
      fit: JSON.stringify(fit),
    });
    return { runId, fit };
  });
}

async function writeCredit(
  workspace: Workspace,
  runId: string,
  parameters: RunParameters,
  timeZone: string,
): Promise<Fit> {
  const { warehouse } = workspace;
  const { model, from, to, lookbackDays, dateBasis, halfLifeDays, order } = parameters;
  const range = { from, to, lookbackDays, timeZone };
  const nothing: Fit = { warnings: [], conversionProbability: null, removalEffects: {} };
  const booked = await warehouse.askOne(bookedTotals, range);
  if (Number(booked.touchedConversions) === 0) {
    return {
      ...nothing,
      warnings: ["No conversion of this range had a touch in its window: there is nothing to credit."],
    };
  }
  if (model !== "markov") {
    await warehouse.tell(creditByRule[model], { ...range, runId, dateBasis, halfLifeDays });
    return nothing;
  }
  const fit = await fitMarkovOnJourneys(workspace, range, order);
  const weights = { channelNames: [...fit.channels], channelWeights: [...fit.removalEffect] };
  const seeds = await warehouse.ask(weightedCells, { ...range, dateBasis, ...weights });
  const { cells, warnings } = fitCells(seeds, fit, dateBasis);
  await saveCells(warehouse, runId, cells);
  await warehouse.tell(creditByCells, { ...range, runId, dateBasis, ...weights });
  const unconverted =
    booked.unconvertedJourneys === 0
      ? ["There are no unconverted journeys: the model cannot tell which channels fail to convert."]
      : [];
  return {
    warnings: [...fit.warnings, ...warnings, ...unconverted],
    conversionProbability: fit.conversionProbability,
    removalEffects: Object.fromEntries(fit.channels.map((channel, i) => [channel, fit.removalEffect[i]!])),
  };
}
