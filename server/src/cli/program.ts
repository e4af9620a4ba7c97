import { ModelError } from "@touchline/solver";
import { Command, CommanderError, Help, type Option } from "commander";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import { VERSION } from "../version.ts";
import { addAttributeCommand } from "./add-attribute-command.ts";
import { runConfigCheck, runConfigSchema } from "./config-command.ts";
import { addDataCommands } from "./data-commands.ts";
import { type ImportOptions, runImport } from "./import-command.ts";
import { IMPORT_HELP } from "./import-help.ts";
import type { CommandIo } from "./io.ts";
import { addJourneysCommand } from "./journeys-command.ts";
import { addOptimiseCommands } from "./optimise/add-optimise-commands.ts";
import { collect, wholeNumber } from "./option-parsers.ts";
import { addQualityCommand } from "./quality-command.ts";
import { runSettings, type SettingsOptions } from "./settings-command.ts";
import { runSources } from "./sources-command.ts";
import { runWatch, type WatchOptions } from "./watch-command.ts";

export const DEFAULT_PORT = 4319;

export interface ServeOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly workspace: string;
  readonly open: boolean;
}

/** What a command may do beyond printing. A command that was handed over to a server cannot start another server. */
export interface Runtime {
  readonly io: CommandIo;
  /** Gives the command the data of this folder, and puts it away afterwards. */
  withHouse(dataFolder: string, work: (house: House) => Promise<number>): Promise<number>;
  serve(options: ServeOptions): Promise<number>;
  demo(options: ServeOptions): Promise<number>;
}

/** Parses one command line and runs it. @returns its exit code: 0, 1 failure, 2 wrong usage */
export async function runCommandLine(argv: readonly string[], runtime: Runtime): Promise<number> {
  const { io } = runtime;
  let exitCode = 0;
  const run = async (work: Promise<number>) => {
    exitCode = await work;
  };
  const program = buildProgram(runtime, run);
  program.exitOverride().configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  for (const command of program.commands.flatMap((each) => [each, ...each.commands]))
    command.exitOverride().configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) {
      io.stderr(`touchline: ${error.message}\n`);
      return error.exitCode;
    }
    if (error instanceof ModelError) {
      io.stderr(`touchline: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

/** That a switch is off and a list empty, unless they are given, goes without saying. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (false|\[\])\)$/, "");
}

function buildProgram(runtime: Runtime, run: (work: Promise<number>) => Promise<void>): Command {
  const { io } = runtime;
  const program = new Command("touchline")
    .description("Multi-touch attribution and budget optimisation, from your own data.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp({ optionDescription: describeOption })
    .showHelpAfterError("(touchline --help lists the commands and options)");
  const command = (usage: string, description: string, parent: Command = program) =>
    parent
      .command(usage, { isDefault: usage === "list" })
      .description(description)
      .option("--data <dir>", "folder of the data", "./data")
      .option("--config <file>", "configuration file, in place of touchline.json in the data folder")
      .helpOption("-h, --help", "print this help");
  const onData = (usage: string, description: string, parent: Command = program) =>
    command(usage, description, parent)
      .option("--workspace <name>", "workspace, where there is more than one", "default")
      .option("--json", "print nothing but JSON on standard output", false);
  const withServer = (usage: string, description: string) =>
    command(usage, description)
      .option("--workspace <name>", "workspace that the dashboard shows", "default")
      .option("--port <number>", "port of the dashboard; 0 takes a free one", wholeNumber(0, 65_535), DEFAULT_PORT)
      .option("--host <address>", "address to listen on", "127.0.0.1");

  withServer("demo", "load a year of a simulated shop, fit, plan, and open the dashboard")
    .option("--no-open", "do not open a browser")
    .action((options: ServeOptions) => run(runtime.demo(options)));

  withServer("serve", "serve the dashboard for the data in a folder")
    .option("--open", "open a browser", false)
    .action((options: ServeOptions) => run(runtime.serve(options)));

  onData(
    "import [words...]",
    "import KIND FILE..., or FILE... --source NAME: CSV, NDJSON, JSON, Parquet, .gz, s3://, gs://, https://; - is standard input",
  )
    .usage("[options] [kind] <files...>")
    .option("--source <name>", "the tool that wrote the file (touchline sources), or a declaration of your own (.json)")
    .option("--as <name>", "name of the source of the rows, where there are several accounts of one tool")
    .option(
      "--map <column=source>",
      "where a column comes from: COLUMN=NAME in the file, or COLUMN='text'; repeat it or use commas",
      collect,
      [],
    )
    .option(
      "--replace <column:text=new>",
      "a text of a column stands for another; repeat it or use commas",
      collect,
      [],
    )
    .option("--where <column=text>", "take only these rows (or column!=text); repeat it or use commas", collect, [])
    .option("--format <name>", "csv, ndjson (JSON arrays too) or parquet, where the file's name does not say")
    .option(
      "--legal-basis <basis>",
      "what allows identifiers to be kept: consent (that each row carries), contract, legitimate-interest or declared",
    )
    .option("--encoding <name>", "encoding of a text file that is not UTF-8, for example windows-1252")
    .addHelpText("after", IMPORT_HELP)
    .action((words: string[], options: ImportOptions & { data: string }) =>
      run(runtime.withHouse(options.data, (house) => runImport(house, words, options, io))),
    );

  onData("watch <folder>", "import what is new or changed in a folder, until it is stopped")
    .requiredOption("--source <name>", "the tool that writes the files, or a declaration of your own (.json)")
    .option("--as <name>", "name of the source of the rows, where there are several accounts of one tool")
    .option("--every <time>", "how often to look: 30s, 5m, 1h", "30s")
    .option("--once", "look once, import what is there, and end", false)
    .action((folder: string, options: WatchOptions & { data: string }) =>
      run(runtime.withHouse(options.data, (house) => runWatch(house, folder, options, io))),
    );

  command("sources [name]", "list the tools whose exports can be imported, or print the page about one")
    .option("--json", "print nothing but JSON on standard output", false)
    .action((name: string | undefined, options: { json: boolean }) =>
      run(Promise.resolve().then(() => runSources(name, options, io))),
    );

  addDataCommands({
    io,
    onData,
    group: (name, description) =>
      program.command(name).description(description).helpOption("-h, --help", "print this help").helpCommand(false),
    run: (dataFolder, work) => run(runtime.withHouse(dataFolder, work)),
    onInstallation: (usage, description) =>
      command(usage, description).option("--json", "print nothing but JSON on standard output", false),
    alone: (work) => run(work()),
  });

  const config = program
    .command("config")
    .description("what an operator may set, in touchline.json or the environment")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false);
  command("check", "say what is set, from where, and what is wrong", config)
    .option("--json", "print nothing but JSON on standard output", false)
    .action((options: { json: boolean }) => run(Promise.resolve().then(() => runConfigCheck(options, io))));
  command("schema", "print the JSON schema of touchline.json", config).action(() =>
    run(Promise.resolve().then(() => runConfigSchema(io))),
  );

  addAttributeCommand({ io, onData, run, withHouse: (dataFolder, work) => runtime.withHouse(dataFolder, work) });

  addJourneysCommand({ io, onData, run: (dataFolder, work) => run(runtime.withHouse(dataFolder, work)) });

  addQualityCommand({ io, onData, run: (dataFolder, work) => run(runtime.withHouse(dataFolder, work)) });

  addOptimiseCommands({ io, onData, run, withHouse: (dataFolder, work) => runtime.withHouse(dataFolder, work) });

  onData("settings", "print or change what the workspace counts in and by which rules")
    .option("--time-zone <name>", "IANA name, such as Europe/Paris: days begin at its midnight")
    .option("--currency <code>", "such as EUR; only while nothing with money was imported")
    .option(
      "--set <name=value>",
      "books.TYPE=SOURCE, retention.dataMonths=25, legal-basis.SOURCE=consent, time-zones.SOURCE=ZONE, health.RULE=NUMBER …; repeat it",
      collect,
      [],
    )
    .action((options: SettingsOptions & { data: string }) =>
      run(runtime.withHouse(options.data, (house) => runSettings(house, options, io))),
    );

  return program;
}
