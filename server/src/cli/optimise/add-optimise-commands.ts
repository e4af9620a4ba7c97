import { type Command, Option } from "commander";
import type { House } from "../../house/index.ts";
import type { CommandIo } from "../io.ts";
import { positive, wholeNumber } from "../option-parsers.ts";
import { type CurvesOptions, runCurves } from "./curves-command.ts";
import { runGiven } from "./given-command.ts";
import { type OptimiseOptions, runOptimise } from "./optimise-command.ts";
import { withPlanOptions } from "./plan-options.ts";
import { runProblem } from "./problem-command.ts";

interface OptimiseTools {
  readonly io: CommandIo;
  onData(usage: string, description: string): Command;
  run(work: Promise<number>): Promise<void>;
  withHouse(dataFolder: string, work: (house: House) => Promise<number>): Promise<number>;
}

type Given = OptimiseOptions & {
  readonly data: string;
  readonly problem?: string;
  readonly curves?: string;
  readonly timeLimit: number;
};

export function addOptimiseCommands({ io, onData, run, withHouse }: OptimiseTools): void {
  onData("curves", "fit and print the response curve of every channel, or of its campaigns")
    .addOption(new Option("--by <level>", "channel or campaign").choices(["channel", "campaign"]).default("channel"))
    .action((options: CurvesOptions & { data: string }) =>
      run(withHouse(options.data, (house) => runCurves(house, options, io))),
    );

  const optimise = onData(
    "optimise",
    "find the best split of a budget: on fitted curves, on curves of your own, or of a problem file",
  ).alias("optimize");
  withPlanOptions(optimise)
    .option("--scenario <name>", "take the limits of a saved scenario (touchline scenarios); options stand over them")
    .option("--frontier", "what the best split of every budget brings", false)
    .option("--what-if <channel>", "hold one channel at one spend after the other, and plan the rest anew")
    .option("--at <amounts>", "budgets of --frontier or spends of --what-if, with commas: 1000,2000,3000")
    .option("--best-roas <amount>", "the highest revenue per unit of spend, with at least so much spent")
    .option("--weeks <n>", "plan so many weeks, each with its season", wholeNumber(1, 52))
    .option("--start <day>", "first day of --weeks (default: the Monday after the data)")
    .option("--curves <file>", "curves of your own, JSON or CSV (docs/curves-file.md); needs no data")
    .option("--problem <file>", "JSON with curves and limits given (docs/optimise.md); needs no data")
    .option("--time-limit <seconds>", "for --problem: give up after so long", positive, 60)
    .action(({ problem, curves, timeLimit, ...options }: Given, command: Command) => {
      if (problem !== undefined)
        return run(runProblem({ problem, timeLimit, json: options.json, beside: optionsBeside(command) }, io));
      if (curves !== undefined) return run(runGiven({ ...options, curves }, io));
      return run(withHouse(options.data, (house) => runOptimise(house, options, io)));
    });
}

const WITH_PROBLEM = ["problem", "timeLimit", "json", "data", "workspace"];

/** Options typed beside --problem that would change nothing. */
function optionsBeside(command: Command): string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    const isTyped = command.getOptionValueSource(name) === "cli" && !WITH_PROBLEM.includes(name);
    return isTyped ? [option.long ?? name] : [];
  });
}
