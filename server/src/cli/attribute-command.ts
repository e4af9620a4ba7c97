import { statSync } from "node:fs";
import { resolve } from "node:path";
import { aggregatePaths, creditPathsByMarkov, creditPathsByRule, fitMarkov, ModelError } from "@touchline/solver";
import { readAggregatedPaths, workspaceExtent } from "@touchline/sql";
import { type AttributionReport, reportAttribution } from "../attribution/index.ts";
import { DateBasis, IsoDate, MODEL_NAMES, ModelName } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type CommandIo, drawTable, grouped } from "./io.ts";

export interface AttributeOptions {
  readonly workspace: string;
  readonly model: string;
  readonly from?: string;
  readonly to?: string;
  readonly lookbackDays: number;
  readonly halfLifeDays: number;
  readonly order: number;
  readonly by: string;
  readonly dateBasis: string;
  readonly paths?: string;
  readonly json: boolean;
}

/** Names that other tools use for the same models. */
const OTHER_NAMES: Readonly<Record<string, ModelName>> = {
  "first-touch": "first",
  "last-touch": "last",
  time_decay: "time-decay",
  position: "position-based",
  "u-shaped": "position-based",
};

export function requireModel(name: string): ModelName {
  const parsed = ModelName.safeParse(OTHER_NAMES[name.toLowerCase()] ?? name.toLowerCase());
  if (!parsed.success)
    throw new UserError(`--model: "${name}" is not known; choose ${MODEL_NAMES.join(", ")}`, { exitCode: 2 });
  return parsed.data;
}

function requireDate(text: string | undefined, option: string): string | undefined {
  if (text !== undefined && !IsoDate.safeParse(text).success) {
    throw new UserError(`${option}: "${text}" is not a day such as 2026-03-31`, { exitCode: 2 });
  }
  return text;
}

/** The days that the data covers. @throws UserError that says how to begin where there is none */
export async function requireExtent(workspace: Workspace): Promise<{ from: string; to: string }> {
  const { timeZone } = await workspace.settings();
  const extent = await workspace.warehouse.askOne(workspaceExtent, { timeZone });
  if (extent.firstDay === "" || extent.lastDay === "") {
    throw new UserError(
      "nothing was imported yet: begin with touchline import touchpoints FILE, or try touchline demo",
    );
  }
  if (extent.conversions === 0) throw new UserError("no conversions were imported: touchline import conversions FILE");
  return { from: extent.firstDay, to: extent.lastDay };
}

/** `touchline attribute`: one model on the events of the workspace. */
export async function runAttribute(house: House, options: AttributeOptions, io: CommandIo): Promise<number> {
  const model = requireModel(options.model);
  const dateBasis = DateBasis.safeParse(options.dateBasis);
  if (!dateBasis.success)
    throw new UserError(`--date-basis: "${options.dateBasis}" is not conversion or touch`, { exitCode: 2 });
  if (options.by !== "channel" && options.by !== "campaign")
    throw new UserError(`--by: "${options.by}" is not channel or campaign`, { exitCode: 2 });
  const workspace = await house.workspace(options.workspace);
  const from = requireDate(options.from, "--from");
  const to = requireDate(options.to, "--to");
  const extent = await requireExtent(workspace);
  const range = { from: from ?? extent.from, to: to ?? extent.to };
  if (range.from > range.to)
    throw new UserError(`the range is empty: ${range.from} lies after ${range.to}`, { exitCode: 2 });
  const { lookbackDays, halfLifeDays, order } = options;
  const report = await reportAttribution(
    workspace,
    { model, ...range, lookbackDays, halfLifeDays, order, dateBasis: dateBasis.data },
    options.by === "campaign",
  );
  print(report, (await workspace.settings()).currency, options.json, io);
  return 0;
}

function print(report: AttributionReport, currency: string, asJson: boolean, io: CommandIo): void {
  const { warnings, channels, ...head } = report;
  for (const warning of warnings) io.stderr(`touchline: ${warning}\n`);
  if (asJson) {
    // Money stays a decimal string; counts of conversions are plain numbers.
    const counted = <T extends { conversions: string }>(row: T) => ({ ...row, conversions: Number(row.conversions) });
    io.stdout(
      `${JSON.stringify({ ...head, totals: counted(head.totals), baseline: counted(head.baseline), channels: channels.map(counted) })}\n`,
    );
    return;
  }
  const unit = currency === "" ? "" : ` ${currency}`;
  const rows = channels.map(({ channel, campaign, conversions, revenue, spend, roas }) => [
    campaign === undefined ? channel : `${channel} / ${campaign === "" ? "(none)" : campaign}`,
    grouped(conversions, 2),
    grouped(revenue, 2),
    spend === null ? "-" : grouped(spend, 2),
    roas === null ? "-" : roas.toFixed(2),
  ]);
  rows.push(["(no touch)", grouped(head.baseline.conversions, 2), grouped(head.baseline.revenue, 2), "-", "-"]);
  rows.push(["Total booked", grouped(head.totals.conversions, 2), grouped(head.totals.revenue, 2), "", ""]);
  const title = head.from === "" ? head.model : `${head.model}, ${head.from} to ${head.to}, by ${head.dateBasis} date`;
  io.stdout(
    `Credit by ${title}\n\n${drawTable(["Channel", "Conversions", `Revenue${unit}`, `Spend${unit}`, "ROAS"], rows)}`,
  );
}

/** `touchline attribute --paths FILE`: one model on aggregated paths; needs no data folder. */
export async function runAttributePaths(file: string, options: AttributeOptions, io: CommandIo): Promise<number> {
  const model = requireModel(options.model);
  const path = resolve(io.cwd, file);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UserError(`${file} does not exist`);
  let paths: ReturnType<typeof aggregatePaths>;
  try {
    paths = aggregatePaths(await readAggregatedPaths(path));
  } catch (error) {
    throw new UserError(`${file} cannot be read as aggregated paths: ${(error as Error).message}`, { cause: error });
  }
  const { credit, warnings } = creditPaths(paths, model, options.order);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const channels = paths.channels.map((channel, i) => ({
    channel,
    conversions: plainDecimal(credit.conversions[i]!),
    revenue: plainDecimal(credit.value[i]!),
    spend: null,
    roas: null,
    coverage: null,
    interval: null,
    flags: [],
  }));
  const report: AttributionReport = {
    run: "",
    model,
    from: "",
    to: "",
    dateBasis: "conversion",
    totals: { conversions: plainDecimal(sum(paths.conversions)), revenue: plainDecimal(sum(paths.value)) },
    baseline: { conversions: "0", revenue: "0" },
    channels: channels.sort((a, b) => Number(b.conversions) - Number(a.conversions)),
    warnings,
  };
  print(report, "", options.json, io);
  return 0;
}

/** A double as a decimal string without an exponent, all its digits kept. */
function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(20) : text;
}

function creditPaths(paths: ReturnType<typeof aggregatePaths>, model: ModelName, order: number) {
  try {
    return model === "markov"
      ? { credit: creditPathsByMarkov(paths, { order }), warnings: fitMarkov(paths, { order }).warnings }
      : { credit: creditPathsByRule(paths, model), warnings: [] };
  } catch (error) {
    if (error instanceof ModelError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}
