import { resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { readyToRecord, recordAct } from "../audit/index.ts";
import {
  AnalyseInput,
  DesignInput,
  ExperimentEntry,
  GEO_ANALYSIS_METHODS,
  GeoAnalysisMethod,
  GeoMetric,
} from "../contract/index.ts";
import {
  addExperiment,
  analyseExperiment,
  designExperiment,
  entryOf,
  fetchExperiments,
  fetchSuggestions,
  readPanelFile,
  removeExperiment,
} from "../experiments/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { requireDate } from "./attribute-command.ts";
import type { CommandTools } from "./data-commands.ts";
import { drawExperiments, drawSuggestions } from "./experiments-words.ts";
import { drawAnalysis, drawDesigns } from "./geo-words.ts";
import type { CommandIo } from "./io.ts";
import { collect, wholeNumber } from "./option-parsers.ts";
import { commandActor } from "./who-am-i.ts";

interface Options {
  readonly workspace: string;
  readonly json: boolean;
}

interface GeoOptions extends Options {
  readonly channel: string;
  readonly metric: string;
  readonly conversionType?: string;
  readonly exclude: readonly string[];
  readonly panel?: string;
}

interface DesignOptions extends GeoOptions {
  readonly regions: readonly string[];
  readonly count?: number;
  readonly days: number;
}

interface AnalyseOptions extends GeoOptions {
  readonly testRegions: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly spend?: string;
  readonly save?: string;
  readonly method: string;
}

type WithData<T> = T & { readonly data: string };
type AddOptions = Options & Readonly<Record<keyof typeof ADD_OPTIONS, string | undefined>>;

/** `touchline experiments`: lift tests, and geo tests that are designed and analysed here. */
export function addExperimentsCommands(tools: Pick<CommandTools, "io" | "onData" | "group" | "run">): void {
  const { io, onData, group, run } = tools;
  const experiments = group("experiments", "lift tests beside the model; geo tests designed and analysed");
  onData("list", "list the tests: estimate, interval, cost, and the model's own figure", experiments).action(
    (options: WithData<Options>) => run(options.data, (house) => runList(house, options, io)),
  );
  addEntering(tools, experiments);
  onGeo(tools, experiments, "design", "choose test regions, and say how small an effect they would show")
    .option("--regions <names>", "test regions that are wished, with commas; repeat it", names, [])
    .option("--count <n>", "how many regions to test (default: 2 to 5 are tried)", wholeNumber(1, 20))
    .option("--days <n>", "days that the test is to last", wholeNumber(3, 120), 21)
    .action((options: WithData<DesignOptions>) => run(options.data, (house) => runDesign(house, options, io)));
  onGeo(tools, experiments, "analyse", "work out what a geo test brought, with intervals")
    .alias("analyze")
    .requiredOption(
      "--test-regions <names>",
      "regions where the channel was switched, with commas; repeat it",
      names,
      [],
    )
    .requiredOption("--from <day>", "first day of the test")
    .requiredOption("--to <day>", "last day of the test")
    .option("--spend <amount>", "what the test spent, or saved (default: the spend rows of these regions)")
    .option("--save <id>", "keep the result as the test of this id")
    .option("--method <name>", `which result to keep: ${GEO_ANALYSIS_METHODS.join(", ")}`, "synthetic-control")
    .action((options: WithData<AnalyseOptions>) => run(options.data, (house) => runAnalyse(house, options, io)));
  onData("suggest", "name the channels where a test would be worth most", experiments).action(
    (options: WithData<Options>) => run(options.data, (house) => runSuggest(house, options, io)),
  );
}

/** Names with commas between them, gathered over repeats. */
function names(text: string, before: readonly string[]): string[] {
  return collect(text, [...before])
    .flatMap((each) => each.split(","))
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

const ADD_OPTIONS = {
  id: ["--id <id>", "name of the test; one that is known is replaced"],
  channel: ["--channel <name>", "channel that was tested"],
  method: ["--method <name>", "geo, holdout, ghost-ads, platform-lift, switch-off, or a word of your own"],
  from: ["--from <day>", "first day of the test"],
  to: ["--to <day>", "last day of the test"],
  spend: ["--spend <amount>", "what was spent on what the test switched on, or saved by what it switched off"],
  incremental: ["--incremental <n>", "conversions that the spend brought beyond what would have come anyway"],
  standardError: ["--standard-error <n>", "standard error of that number (half a 90 % interval / 1.645)"],
} as const;

function addEntering({ io, onData, run }: Pick<CommandTools, "io" | "onData" | "run">, experiments: Command): void {
  const add = onData("add", "enter one test", experiments);
  for (const [usage, description] of Object.values(ADD_OPTIONS)) add.requiredOption(usage, description);
  add
    .option("--conversion-type <type>", "only conversions of this type were counted", "")
    .option("--estimand <word>", "total (against nothing) or marginal (a step between two levels of spend)", "")
    .option("--spend-control <amount>", "spend where nothing was changed")
    .option("--spend-test <amount>", "spend where it was")
    .action((options: WithData<AddOptions>) => run(options.data, (house) => runAdd(house, options, io)));
  onData("remove <id>", "take a test out", experiments).action((id: string, options: WithData<Options>) =>
    run(options.data, async (house) => {
      const workspace = await house.workspace(options.workspace);
      await readyToRecord(workspace);
      await removeExperiment(workspace, id);
      await recordAct(workspace, commandActor(), "experiments.remove", { kind: "experiment", id });
      io.stdout(options.json ? `${JSON.stringify({ removed: id })}\n` : `The test ${id} is gone.\n`);
      return 0;
    }),
  );
}

function onGeo({ onData }: Pick<CommandTools, "onData">, parent: Command, usage: string, description: string): Command {
  return onData(usage, description, parent)
    .requiredOption("--channel <name>", "channel that is tested")
    .option("--metric <name>", "conversions or revenue", "conversions")
    .option("--conversion-type <type>", "only conversions of this type")
    .option("--exclude <names>", "regions that are neither tested nor compared with, with commas", names, [])
    .option("--panel <file>", "CSV with date, region, value in place of the bookings of the workspace");
}

/** @throws UserError that names the option */
function requireShape<S extends z.ZodType>(
  shape: S,
  given: unknown,
  called: Readonly<Record<string, string>>,
): z.output<S> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = called[String(issue!.path[0])] ?? `--${String(issue!.path[0])}`;
  throw new UserError(`${option}: ${issue!.message}`, { exitCode: 2 });
}

const print = (value: unknown, words: () => string, { json }: Options, io: CommandIo): number => {
  io.stdout(json ? `${JSON.stringify(value)}\n` : words());
  return 0;
};

async function runList(house: House, options: Options, io: CommandIo): Promise<number> {
  const answer = await fetchExperiments(await house.workspace(options.workspace));
  return print(answer, () => drawExperiments(answer), options, io);
}

async function runSuggest(house: House, options: Options, io: CommandIo): Promise<number> {
  const answer = await fetchSuggestions(await house.workspace(options.workspace));
  return print(answer, () => drawSuggestions(answer), options, io);
}

const NUMBER = z.string().trim().min(1, "a number is missing").transform(Number).pipe(z.number("it must be a number"));

async function enter(house: House, workspace: Workspace, entry: ExperimentEntry) {
  await readyToRecord(workspace);
  const added = await addExperiment(workspace, entry, house.spoolFolder);
  const subject = { kind: "experiment", id: entry.experimentId };
  if (!added.unchanged) await recordAct(workspace, commandActor(), "experiments.add", subject, undefined, entry);
  return added;
}

async function runAdd(
  house: House,
  options: AddOptions & { conversionType?: string; estimand?: string; spendControl?: string; spendTest?: string },
  io: CommandIo,
): Promise<number> {
  const figure = (text: string | undefined, option: string) => requireShape(NUMBER, text, { undefined: option });
  const given = {
    ...{ experimentId: options.id, channel: options.channel, method: options.method },
    ...{
      startDate: requireDate(options.from, "--from"),
      endDate: requireDate(options.to, "--to"),
      spend: options.spend,
    },
    incrementalConversions: figure(options.incremental, "--incremental"),
    standardError: figure(options.standardError, "--standard-error"),
    ...{ conversionType: options.conversionType, estimand: options.estimand },
    ...{ spendControl: options.spendControl ?? null, spendTest: options.spendTest ?? null },
  };
  const entry = requireShape(ExperimentEntry, given, {
    ...{ experimentId: "--id", startDate: "--from", endDate: "--to", conversionType: "--conversion-type" },
    ...{ spendControl: "--spend-control", spendTest: "--spend-test" },
  });
  const added = await enter(house, await house.workspace(options.workspace), entry);
  const outcome = added.unchanged ? "is known already, just like that" : added.replaced ? "is replaced" : "is entered";
  return print(added, () => `The test ${added.experimentId} ${outcome}.\n`, options, io);
}

const GEO_NAMES = { range: "--from, --to", testRegions: "--test-regions", conversionType: "--conversion-type" };

function geoQuestion({ channel, metric, conversionType = "", exclude }: GeoOptions) {
  return {
    channel,
    metric: requireShape(GeoMetric, metric, { undefined: "--metric" }),
    conversionType,
    exclude: [...exclude],
  };
}

const panelOf = (options: GeoOptions, io: CommandIo) =>
  options.panel === undefined ? undefined : readPanelFile(resolve(io.cwd, options.panel), options.panel);

async function runDesign(house: House, options: DesignOptions, io: CommandIo): Promise<number> {
  const { regions, count, days } = options;
  const input = requireShape(DesignInput, { ...geoQuestion(options), regions, count, days }, GEO_NAMES);
  const answer = await designExperiment(await house.workspace(options.workspace), input, panelOf(options, io));
  return print(answer, () => drawDesigns(answer), options, io);
}

async function runAnalyse(house: House, options: AnalyseOptions, io: CommandIo): Promise<number> {
  const { testRegions, from, to, spend } = options;
  const asked = {
    ...geoQuestion(options),
    testRegions,
    range: { from, to },
    ...(spend === undefined ? {} : { spend }),
  };
  const input = requireShape(AnalyseInput, asked, GEO_NAMES);
  const method = requireShape(GeoAnalysisMethod, options.method, { undefined: "--method" });
  const workspace = await house.workspace(options.workspace);
  const analysis = await analyseExperiment(workspace, input, panelOf(options, io));
  const { save } = options;
  const saved =
    save === undefined
      ? undefined
      : await enter(
          house,
          workspace,
          entryOf(analysis, { experimentId: save, method, conversionType: input.conversionType }),
        );
  const words = () => `${drawAnalysis(analysis)}${save === undefined ? "" : `\nKept as the test ${save}.\n`}`;
  return print(saved === undefined ? analysis : { ...analysis, saved }, words, options, io);
}
