import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type AggregatedPaths, aggregatePaths, ModelError } from "@touchline/solver";
import { type AttributionReport, creditAggregatedPaths, readPathFile } from "../attribution/index.ts";
import { UserError } from "../user-error.ts";
import { type AttributeOptions, requireModel } from "./attribute-command.ts";
import type { CommandIo } from "./io.ts";
import { printAttribution } from "./print-attribution.ts";

/** `touchline attribute --paths FILE`: one model on aggregated paths; needs no data folder. */
export async function runAttributePaths(file: string, options: AttributeOptions, io: CommandIo): Promise<number> {
  const model = requireModel(options.model);
  const { paths, notes } = await readPaths(file, resolve(io.cwd, file));
  const { credit, warnings } = asUserError(() => creditAggregatedPaths(paths, { model, order: options.order }));
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const channels = paths.channels.map((channel, i) => ({
    channel,
    below: {},
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
    warnings: [...notes, ...warnings],
  };
  printAttribution(report, "", options.json, io);
  return 0;
}

async function readPaths(name: string, path: string): Promise<{ paths: AggregatedPaths; notes: readonly string[] }> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UserError(`${name} does not exist`);
  try {
    const { rows, notes } = await readPathFile(path);
    return { paths: aggregatePaths(rows), notes };
  } catch (error) {
    throw new UserError(`${name} cannot be read as aggregated paths: ${(error as Error).message}`, { cause: error });
  }
}

function asUserError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ModelError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/** A double as a decimal string without an exponent, all its digits kept. */
function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(20) : text;
}
