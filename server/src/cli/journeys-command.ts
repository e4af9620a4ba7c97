import { DEFAULT_LOOKBACK_DAYS, type JourneySelection, PATH_ORDERS, PathOrder, StepLevel } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import {
  fetchJourneyFlow,
  fetchJourneyLengths,
  fetchJourneyPaths,
  fetchJourneyPositions,
  fetchJourneySummary,
} from "../journeys/index.ts";
import { UserError } from "../user-error.ts";
import { requireDate, requireExtent } from "./attribute-command.ts";
import type { CommandTools } from "./data-commands.ts";
import type { CommandIo } from "./io.ts";
import { drawJourneys, type JourneyAnswers } from "./journeys-words.ts";
import { collect, wholeNumber } from "./option-parsers.ts";

interface JourneysOptions {
  readonly workspace: string;
  readonly from?: string;
  readonly to?: string;
  readonly lookbackDays: number;
  readonly steps: number;
  readonly top: number;
  readonly by: string;
  readonly orderBy: string;
  readonly conversionType: string[];
  readonly channel?: string;
  readonly minTouches: number;
  readonly convertedOnly: boolean;
  readonly repeats: boolean;
  readonly json: boolean;
}

/** `touchline journeys`: what is asked with, and with what it is answered. */
export function addJourneysCommand({ io, onData, run }: Pick<CommandTools, "io" | "onData" | "run">): void {
  onData("journeys", "print the most common paths, their length, and what each channel does in them")
    .option("--from <day>", "first day, such as 2026-01-01 (default: of the data)")
    .option("--to <day>", "last day (default: of the data)")
    .option(
      "--lookback-days <n>",
      "days that a touch can lie before its conversion",
      wholeNumber(1, 365),
      DEFAULT_LOOKBACK_DAYS,
    )
    .option("--steps <k>", "steps of a path that are told apart, counted from its end", wholeNumber(1, 10), 6)
    .option("--top <n>", "paths and channels that are printed; the rest is added up", wholeNumber(1, 1000), 15)
    .option("--by <level>", "channel or campaign (of journeys that converted)", "channel")
    .option("--order-by <figure>", PATH_ORDERS.join(", "), "conversions")
    .option(
      "--conversion-type <type>",
      "only conversions of this type end a journey; repeat it for several",
      collect,
      [],
    )
    .option("--channel <name>", "only journeys with a touch of this channel")
    .option("--min-touches <n>", "only journeys of so many touches or more", wholeNumber(1, 1000), 1)
    .option("--converted-only", "only journeys that ended in a conversion", false)
    .option("--repeats", "show repeats of a channel as steps of their own", false)
    .action((options: JourneysOptions & { data: string }) =>
      run(options.data, (house) => runJourneys(house, options, io)),
    );
}

async function runJourneys(house: House, options: JourneysOptions, io: CommandIo): Promise<number> {
  const by = StepLevel.safeParse(options.by);
  if (!by.success) throw new UserError(`--by: "${options.by}" is not channel or campaign`, { exitCode: 2 });
  const orderBy = PathOrder.safeParse(options.orderBy);
  if (!orderBy.success)
    throw new UserError(`--order-by: "${options.orderBy}" is not one of ${PATH_ORDERS.join(", ")}`, { exitCode: 2 });
  const workspace = await house.workspace(options.workspace);
  const given = { from: requireDate(options.from, "--from"), to: requireDate(options.to, "--to") };
  const extent = await requireExtent(workspace);
  const range = { from: given.from ?? extent.from, to: given.to ?? extent.to };
  if (range.from > range.to)
    throw new UserError(`the range is empty: ${range.from} lies after ${range.to}`, { exitCode: 2 });
  const { lookbackDays, minTouches, convertedOnly, steps, top } = options;
  const channel = options.channel === undefined ? {} : { channel: options.channel };
  const { conversionType: conversionTypes } = options;
  const selection = {
    range,
    lookbackDays,
    conversionTypes,
    minTouches,
    convertedOnly,
    ...channel,
  } satisfies JourneySelection;
  const shown = { by: by.data, collapse: !options.repeats };
  const paths = { maxSteps: steps, orderBy: orderBy.data, page: 0, pageSize: top };
  const answers: JourneyAnswers = {
    range,
    summary: await fetchJourneySummary(workspace, selection),
    paths: await fetchJourneyPaths(workspace, { ...selection, ...shown, ...paths }),
    lengths: await fetchJourneyLengths(workspace, selection),
    positions: await fetchJourneyPositions(workspace, { ...selection, by: by.data, limit: top }),
  };
  if (options.json) {
    const flow = await fetchJourneyFlow(workspace, { ...selection, ...shown, end: "first", steps, most: 7 });
    io.stdout(`${JSON.stringify({ ...answers, flow })}\n`);
  } else io.stdout(drawJourneys(answers));
  return 0;
}
