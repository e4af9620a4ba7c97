import { findDisagreement, judgeChannels, judgeForecast, judgeHeldOut } from "../attribution/index.ts";
import type { DateRange } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { requireDate, requireExtent } from "./attribute-command.ts";
import type { CommandTools } from "./data-commands.ts";
import type { CommandIo } from "./io.ts";
import { drawQuality, type QualityAnswers } from "./quality-words.ts";

interface QualityOptions {
  readonly workspace: string;
  readonly from?: string;
  readonly to?: string;
  readonly json: boolean;
}

/** `touchline quality`: how far the models can be believed. */
export function addQualityCommand({ io, onData, run }: Pick<CommandTools, "io" | "onData" | "run">): void {
  onData("quality", "judge every model on visitors and weeks that it has not seen, and each channel's evidence")
    .option("--from <day>", "first day, such as 2026-01-01 (default: of the data)")
    .option("--to <day>", "last day (default: of the data)")
    .action((options: QualityOptions & { data: string }) =>
      run(options.data, (house) => runQuality(house, options, io)),
    );
}

async function runQuality(house: House, options: QualityOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const given = { from: requireDate(options.from, "--from"), to: requireDate(options.to, "--to") };
  const extent = await requireExtent(workspace);
  const range = { from: given.from ?? extent.from, to: given.to ?? extent.to };
  if (range.from > range.to)
    throw new UserError(`the range is empty: ${range.from} lies after ${range.to}`, { exitCode: 2 });
  const answers = await judge(workspace, range);
  io.stdout(options.json ? `${JSON.stringify(answers)}\n` : drawQuality(answers));
  return 0;
}

async function judge(workspace: Workspace, range: DateRange): Promise<QualityAnswers> {
  // The first one makes the runs that the others find.
  const channels = await judgeChannels(workspace, range);
  return {
    range,
    heldOut: await judgeHeldOut(workspace, range),
    forecast: await judgeForecast(workspace, range),
    ...channels,
    disagreements: [
      await findDisagreement(workspace, { range, a: "incremental", b: "last" }),
      await findDisagreement(workspace, { range, a: "incremental", b: "markov" }),
    ],
  };
}
