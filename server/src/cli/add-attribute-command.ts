import { CREDIT_ATTRIBUTES } from "@touchline/sql";
import type { Command } from "commander";
import { DEFAULT_HALF_LIFE_DAYS } from "../attribution/index.ts";
import { DEFAULT_LOOKBACK_DAYS, DEFAULT_MODEL, MODEL_NAMES } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { type AttributeOptions, runAttribute } from "./attribute-command.ts";
import { runAttributePaths } from "./attribute-paths-command.ts";
import type { CommandIo } from "./io.ts";
import { collect, orderOrAuto, positive, wholeNumber } from "./option-parsers.ts";

interface AttributeTools {
  readonly io: CommandIo;
  onData(usage: string, description: string): Command;
  run(work: Promise<number>): Promise<void>;
  withHouse(dataFolder: string, work: (house: House) => Promise<number>): Promise<number>;
}

export function addAttributeCommand({ io, onData, run, withHouse }: AttributeTools): void {
  onData("attribute", "say what each channel brought, by one model")
    .option("--model <name>", MODEL_NAMES.join(", "), DEFAULT_MODEL)
    .option("--from <day>", "first day, such as 2026-01-01 (default: of the data)")
    .option("--to <day>", "last day (default: of the data)")
    .option(
      "--lookback-days <n>",
      "days that a touch can lie before its conversion; incremental does not use it",
      wholeNumber(1, 365),
      DEFAULT_LOOKBACK_DAYS,
    )
    .option(
      "--view-window-days <n>",
      "the same for touches that were only seen: impressions and opens (default: the lookback)",
      wholeNumber(0, 365),
    )
    .option("--conversion-type <type>", "count only conversions of this type; repeat it for several", collect, [])
    .option("--customers <which>", "all, new or returning", "all")
    .option("--value <what>", "what ROAS is worked out from: revenue, margin or count", "revenue")
    .option("--half-life-days <n>", "time-decay: days that halve a touch's weight", positive, DEFAULT_HALF_LIFE_DAYS)
    .option("--order <k>", "markov: touches that a state remembers, from 1 to 5, or auto", orderOrAuto, 1)
    .option(
      "--worth <what>",
      "shapley: what a set of channels is worth, the rate or the count of its conversions",
      "count",
    )
    .option("--by <level>", `channel, campaign, creative, ${CREDIT_ATTRIBUTES.join(", ")}`, "channel")
    .option("--date-basis <basis>", "conversion (reconciles with the books) or touch", "conversion")
    .option("--run <id>", "print a recorded run (touchline runs list) as it was computed")
    .option("--paths <file>", "aggregated paths (docs/attribution-paths.md) instead of events; say --model")
    .action((options: AttributeOptions & { data: string }) =>
      run(
        options.paths === undefined
          ? withHouse(options.data, (house) => runAttribute(house, options, io))
          : runAttributePaths(options.paths, options, io),
      ),
    );
}
