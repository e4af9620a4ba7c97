import { runCredit } from "@touchline/sql";
import type { CreditValue } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { type ChannelReport, channelReports } from "./channel-reports.ts";
import type { Fit } from "./fit.ts";
import { frameOf } from "./run-ledger/run-frame.ts";
import { type RunParameters, runParameters } from "./run-parameters.ts";
import { ensureRun } from "./runs.ts";

/** How a run's credit is shown. */
export interface ReportOptions {
  readonly level?: "channel" | "campaign" | "creative" | "attribute";
  /** What returns are worked out from. */
  readonly value?: CreditValue;
}

interface Amounts {
  readonly conversions: string;
  readonly revenue: string;
  /** Absent where no booked conversion says its margin. */
  readonly margin?: string;
}

/** The answer of `touchline attribute --json`. */
export interface AttributionReport {
  readonly run: string;
  readonly model: string;
  readonly from: string;
  readonly to: string;
  readonly dateBasis: string;
  readonly totals: Amounts;
  readonly baseline: Amounts;
  readonly channels: readonly (ChannelReport & Fit["channels"][string])[];
  readonly warnings: readonly string[];
}

/** Conversions of several types are credited together where nobody chose, and any of them ends a journey: that must be said. */
function mixedTypes(types: readonly string[], chosen: readonly string[]): string[] {
  if (types.length < 2 || chosen.length > 0) return [];
  return [
    `Conversions of ${types.length} types (${types.slice(0, 5).join(", ")}${types.length > 5 ? ", …" : ""}) are counted together, and each ends a journey: a touch before a lead gives nothing to the purchase after it. Choose with --conversion-type.`,
  ];
}

function unknownTypes(types: readonly string[], chosen: readonly string[]): string[] {
  return chosen
    .filter((type) => !types.includes(type))
    .map(
      (type) =>
        `No conversion of the type "${type}" is booked in this range; there is ${types.length === 0 ? "none at all" : types.slice(0, 5).join(", ")}.`,
    );
}

function missingMargins(conversions: string, withMargin: number, value: CreditValue): string[] {
  const missing = Number(conversions) - withMargin;
  if (value !== "margin" || missing === 0) return [];
  return [
    `${missing.toLocaleString("en")} of ${Number(conversions).toLocaleString("en")} conversions do not say their margin: it counts as 0.`,
  ];
}

const LATER_FRAME =
  "The data has changed since this run, and it was never reported on before: its credit is as it was, what was booked and spent is of today.";

/** A recorded run, ready to be printed. Channels and baseline add up exactly to the totals. */
export async function describeRun(
  workspace: Workspace,
  run: { readonly runId: string; readonly fit: Fit },
  parameters: RunParameters,
  { level = "channel", value = "revenue" }: ReportOptions = {},
): Promise<AttributionReport> {
  const { model, from, to, dateBasis } = parameters;
  const [frame, credits] = await Promise.all([
    frameOf(workspace, run.runId, parameters, level === "campaign"),
    workspace.warehouse.ask(runCredit, { runId: run.runId, level }),
  ]);
  const { totals, types, deliveries } = frame;
  const hasMargin = totals.withMargin > 0;
  const channels = channelReports(credits, deliveries, {
    level,
    attribute: parameters.attribute,
    value,
    hasMargin,
  });
  const nothing: Fit["channels"][string] = { interval: null, flags: [] };
  return {
    run: run.runId,
    model,
    from,
    to,
    dateBasis,
    totals: {
      conversions: totals.conversions,
      revenue: totals.revenue,
      ...(hasMargin ? { margin: totals.margin } : {}),
    },
    baseline: {
      conversions: totals.uncreditedConversions,
      revenue: totals.uncreditedRevenue,
      ...(hasMargin ? { margin: totals.uncreditedMargin } : {}),
    },
    channels: channels.map((row) => ({
      ...row,
      ...((level === "channel" ? run.fit.channels[row.channel] : undefined) ?? nothing),
    })),
    warnings: [
      ...run.fit.warnings,
      ...(frame.isOfRun ? [] : [LATER_FRAME]),
      ...mixedTypes(types, parameters.conversionTypes),
      ...unknownTypes(types, parameters.conversionTypes),
      ...missingMargins(totals.conversions, totals.withMargin, value),
    ],
  };
}

/** One model on one range, computed where it was not yet, ready to be printed. */
export async function reportAttribution(
  workspace: Workspace,
  given: Pick<RunParameters, "model" | "from" | "to"> & Partial<RunParameters>,
  options: ReportOptions = {},
): Promise<AttributionReport> {
  const parameters = runParameters(given);
  return describeRun(workspace, await ensureRun(workspace, parameters), parameters, options);
}
