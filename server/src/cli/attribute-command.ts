import { CREDIT_ATTRIBUTES, type CreditAttribute, workspaceExtent } from "@touchline/sql";
import { type ReportOptions, type RunParameters, reportAttribution, reportRun } from "../attribution/index.ts";
import { CreditValue, DateBasis, IsoDate, MODEL_NAMES, ModelName } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import type { CommandIo } from "./io.ts";
import { printAttribution } from "./print-attribution.ts";
import { withRunProgress } from "./run-progress.ts";

export interface AttributeOptions {
  readonly workspace: string;
  readonly model: string;
  readonly from?: string;
  readonly to?: string;
  readonly lookbackDays: number;
  readonly viewWindowDays?: number;
  readonly conversionType: readonly string[];
  readonly customers: string;
  readonly value: string;
  readonly halfLifeDays: number;
  readonly order: number | "auto";
  readonly worth: string;
  readonly by: string;
  readonly dateBasis: string;
  readonly paths?: string;
  readonly run?: string;
  readonly json: boolean;
}

/** Names that other tools use for the same models. */
const OTHER_NAMES: Readonly<Record<string, ModelName>> = {
  "first-touch": "first",
  "last-touch": "last",
  time_decay: "time-decay",
  position: "position-based",
  "u-shaped": "position-based",
  w_shaped: "w-shaped",
};

export function requireModel(name: string): ModelName {
  const parsed = ModelName.safeParse(OTHER_NAMES[name.toLowerCase()] ?? name.toLowerCase());
  if (!parsed.success)
    throw new UserError(`--model: "${name}" is not known; choose ${MODEL_NAMES.join(", ")}`, { exitCode: 2 });
  return parsed.data;
}

export function requireDate(text: string | undefined, option: string): string | undefined {
  if (text !== undefined && !IsoDate.safeParse(text).success) {
    throw new UserError(`${option}: "${text}" is not a day such as 2026-03-31`, { exitCode: 2 });
  }
  return text;
}

/** One word of a few. @throws UserError that names them */
function requireWord<W extends string>(given: string, option: string, words: readonly W[]): W {
  const word = words.find((each) => each === given);
  if (word !== undefined) return word;
  const listed = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  throw new UserError(`${option}: "${given}" is not ${listed}`, { exitCode: 2 });
}

/** Names of attributes are those of the columns; dashes do as well. */
function requireLevel(by: string): { level: NonNullable<ReportOptions["level"]>; attribute: CreditAttribute | "" } {
  const word = requireWord(by.replaceAll("-", "_"), "--by", [
    "channel",
    "campaign",
    "creative",
    ...CREDIT_ATTRIBUTES,
  ] as const);
  if (word === "channel" || word === "campaign" || word === "creative") return { level: word, attribute: "" };
  return { level: "attribute", attribute: word };
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

function readOptions(options: AttributeOptions): {
  parameters: Omit<RunParameters, "from" | "to" | "collapse">;
  report: ReportOptions;
} {
  const { level, attribute } = requireLevel(options.by);
  const customers = requireWord(options.customers, "--customers", ["all", "new", "returning"] as const);
  const { lookbackDays, halfLifeDays, order } = options;
  return {
    parameters: {
      model: requireModel(options.model),
      dateBasis: requireWord(options.dateBasis, "--date-basis", DateBasis.options),
      customers: customers === "all" ? "" : customers,
      conversionTypes: options.conversionType,
      viewDays: options.viewWindowDays ?? null,
      worth: requireWord(options.worth, "--worth", ["rate", "count"] as const),
      ...{ attribute, lookbackDays, halfLifeDays, order },
    },
    report: { level, value: requireWord(options.value, "--value", CreditValue.options) },
  };
}

/** `touchline attribute`: one model on the events of the workspace. */
export async function runAttribute(house: House, options: AttributeOptions, io: CommandIo): Promise<number> {
  const { parameters, report: shape } = readOptions(options);
  const from = requireDate(options.from, "--from");
  const to = requireDate(options.to, "--to");
  const workspace = await house.workspace(options.workspace);
  const { currency } = await workspace.settings();
  if (options.run !== undefined) {
    printAttribution(await reportRun(workspace, options.run, shape), currency, options.json, io);
    return 0;
  }
  const extent = await requireExtent(workspace);
  const range = { from: from ?? extent.from, to: to ?? extent.to };
  if (range.from > range.to)
    throw new UserError(`the range is empty: ${range.from} lies after ${range.to}`, { exitCode: 2 });
  const report = await withRunProgress(workspace, io, () =>
    reportAttribution(workspace, { ...parameters, ...range }, shape),
  );
  printAttribution(report, currency, options.json, io);
  return 0;
}
