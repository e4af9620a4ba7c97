import type { Command } from "commander";
import { MODEL_NAMES } from "../../contract/index.ts";
import type { CommandTools } from "../data-commands.ts";
import {
  type MonthOptions,
  type ReopenOptions,
  runAdjustments,
  runClose,
  runClosed,
  runReopen,
} from "./closing-commands.ts";
import { type FinanceOptions, type LedgerOptions, runFinance, runLedger, runPlanActual } from "./ledger-commands.ts";
import { type RoiOptions, runRoi } from "./roi-command.ts";

type WithData<T> = T & { readonly data: string };

/** `touchline report`: what marketing returned, months that are closed, and what finance books. */
export function addReportCommands({
  io,
  onData,
  group,
  run,
}: Pick<CommandTools, "io" | "onData" | "group" | "run">): void {
  const report = group("report", "reports for finance: return on spend, closed months, commitments and bookings");
  const on = (usage: string, description: string): Command => onData(usage, description, report);
  on("roi", "print what marketing returned, held against the books, or write it as a file")
    .requiredOption("--from <day>", "first day, such as 2026-01-01")
    .requiredOption("--to <day>", "last day")
    .option("--level <level>", "rows by channel, campaign or month", "channel")
    .option("--model <name>", `what attributed means: ${MODEL_NAMES.join(", ")} (default: linear)`)
    .option("--compare <with>", "previous, year or none", "previous")
    .option("--format <format>", "csv, xlsx or pdf; needs --out")
    .option("--locale <language>", "language of the file: en or fr", "en")
    .option("--out <file>", "file to write; it is replaced")
    .action((options: WithData<RoiOptions>) => run(options.data, (house) => runRoi(house, options, io)));
  addClosing(on, io, run);
  addLedger(on, io, run);
}

type On = (usage: string, description: string) => Command;

function addClosing(on: On, io: CommandTools["io"], run: CommandTools["run"]): void {
  on("close <month>", "close a month that is over: its report never changes again").action(
    (month: string, options: WithData<MonthOptions>) =>
      run(options.data, (house) => runClose(house, month, options, io)),
  );
  on("reopen <month>", "open the last closed month again")
    .requiredOption("--reason <text>", "why; it is kept beside what was closed")
    .action((month: string, options: WithData<ReopenOptions>) =>
      run(options.data, (house) => runReopen(house, month, options, io)),
    );
  on("closed [month]", "list the closed months, or print or write the report of one as it was frozen")
    .option("--format <format>", "csv, xlsx or pdf; needs --out")
    .option("--locale <language>", "language of the file: en or fr", "en")
    .option("--out <file>", "file to write; it is replaced")
    .action((month: string | undefined, options: WithData<MonthOptions>) =>
      run(options.data, (house) => runClosed(house, month, options, io)),
    );
  on("adjustments", "what came after its month was closed, and the month that it is counted in").action(
    (options: WithData<MonthOptions>) => run(options.data, (house) => runAdjustments(house, options, io)),
  );
}

function addLedger(on: On, io: CommandTools["io"], run: CommandTools["run"]): void {
  on("ledger", "list, read in or export commitments and invoices")
    .option("--from <month>", "first month, such as 2026-01 (default: this year's)")
    .option("--to <month>", "last month (default: this one)")
    .option("--import <file>", "take entries from a CSV file: kind, month, channel, amount, supplier, reference, note")
    .option("--remove <id>", "remove an entry")
    .option("--export <file>", "write spend as bookings, with the account of each channel, as CSV")
    .action((options: WithData<LedgerOptions>) => run(options.data, (house) => runLedger(house, options, io)));
  on("plan", "plan, spend, commitments and invoices by month and channel")
    .option("--from <month>", "first month (default: this year's)")
    .option("--to <month>", "last month (default: this one)")
    .action((options: WithData<LedgerOptions>) => run(options.data, (house) => runPlanActual(house, options, io)));
  on("finance [file]", "print account codes, cost of money and taxes, or change them to those of a JSON file").action(
    (file: string | undefined, options: WithData<FinanceOptions>) =>
      run(options.data, (house) => runFinance(house, file, options, io)),
  );
}
