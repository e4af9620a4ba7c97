import { bookedByMonth, bookedByType, reportCredit, reportSpend } from "@touchline/sql";
import { type AttributionReport, describeRun, type ensureWhatCan, type Fit } from "../../attribution/index.ts";
import type { DateRange, FinanceSettings, ModelName } from "../../contract/index.ts";
import type { Workspace } from "../../workspace.ts";
import { worthByMonth } from "./present-value.ts";

type FoundRuns = Awaited<ReturnType<typeof ensureWhatCan>>["runs"];
type RowOf<Q> = Q extends { row: { _zod: { output: infer R } } } ? R : never;

export type CreditRow = RowOf<typeof reportCredit>;
export type SpendRow = RowOf<typeof reportSpend>;

/** One run with its credit by month, channel and campaign. */
export interface CreditSide {
  readonly report: AttributionReport;
  readonly fit: Fit;
  readonly credit: readonly CreditRow[];
}

/** All of one range that a report stands on, as exact as the engine has it. */
export interface Side {
  readonly range: DateRange;
  readonly attributed: CreditSide;
  /** Null where the incremental model has no answer for these days. */
  readonly incremental: CreditSide | null;
  readonly spend: readonly SpendRow[];
  readonly booked: readonly RowOf<typeof bookedByMonth>[];
  /** By month, what 1 of revenue is worth today; null where nothing is paid over time. */
  readonly worth: ReadonlyMap<string, number> | null;
}

export interface AskedSide {
  readonly range: DateRange;
  readonly model: ModelName;
  readonly byCampaign: boolean;
  readonly finance: FinanceSettings;
}

export async function readSide(
  workspace: Workspace,
  runs: FoundRuns,
  { range, model, byCampaign, finance }: AskedSide,
): Promise<Side> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const days = { ...range, timeZone };
  const runOf = (name: ModelName) =>
    runs.find(({ parameters: { model: of, from, to } }) => of === name && from === range.from && to === range.to);
  const creditSide = async (name: ModelName): Promise<CreditSide | null> => {
    const found = runOf(name);
    if (found === undefined) return null;
    const { runId, fit } = found.run;
    const [report, credit] = await Promise.all([
      describeRun(workspace, found.run, found.parameters),
      warehouse.ask(reportCredit, { runIds: [runId], byCampaign }),
    ]);
    return { report, fit, credit };
  };
  const [attributed, incremental, spend, booked, types] = await Promise.all([
    creditSide(model),
    creditSide("incremental"),
    warehouse.ask(reportSpend, { ...range, byCampaign }),
    warehouse.ask(bookedByMonth, days),
    finance.paymentsOverTime.length === 0 ? [] : warehouse.ask(bookedByType, days),
  ]);
  if (attributed === null) throw new Error(`the run of ${model} was not found after it was computed`);
  return { range, attributed, incremental, spend, booked, worth: worthByMonth(types, finance) };
}
