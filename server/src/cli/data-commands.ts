import type { Command } from "commander";
import type { House } from "../house/index.ts";
import { addAccountsCommands } from "./accounts-commands.ts";
import { addActivateCommands } from "./activate-command.ts";
import { addBackupCommands } from "./backup-commands.ts";
import { addCampaignsCommands } from "./campaigns-command.ts";
import {
  type ChannelsOptions,
  runChannels,
  runSetChannels,
  runTestChannel,
  type TestChannelOptions,
} from "./channels-command.ts";
import { addExperimentsCommands } from "./experiments-command.ts";
import { type HealthOptions, runHealth } from "./health-command.ts";
import { type IdentitiesOptions, runIdentities } from "./identities-command.ts";
import { type ImportsOptions, runImports } from "./imports-command.ts";
import type { CommandIo } from "./io.ts";
import { addMigrateCommand } from "./migrate-command.ts";
import { collect, wholeNumber } from "./option-parsers.ts";
import { type PersonOptions, runPerson } from "./person-command.ts";
import { addRebalanceCommand } from "./rebalance/add-rebalance-command.ts";
import {
  type ExportOptions,
  type ListOptions,
  type RejectedOptions,
  type ReplayOptions,
  runRejectedDiscard,
  runRejectedExport,
  runRejectedList,
  runRejectedReplay,
} from "./rejected-command.ts";
import { addReportCommands } from "./report/add-report-commands.ts";
import { type RetentionOptions, runRetention } from "./retention-command.ts";
import { addRunsCommands } from "./runs-command.ts";
import { addScenariosCommands } from "./scenarios-command.ts";

/** What the commands are declared with: a command that works on data, and how its work is run. */
export interface CommandTools {
  readonly io: CommandIo;
  readonly onData: (usage: string, description: string, parent?: Command) => Command;
  readonly group: (name: string, description: string) => Command;
  readonly run: (dataFolder: string, work: (house: House) => Promise<number>) => Promise<void>;
  /** A command about all workspaces together. */
  readonly onInstallation: (usage: string, description: string) => Command;
  /** Runs what opens no data folder, or opens one by itself. */
  readonly alone: (work: () => Promise<number>) => Promise<void>;
}

type WithData<T> = T & { readonly data: string };

/** Commands about who and what came in: accounts, the ledger, rejected rows, health, persons, channels. */
export function addDataCommands(tools: CommandTools): void {
  addAccountsCommands(tools);
  addLedger(tools);
  addRejected(tools);
  addPersons(tools);
  addChannels(tools);
  addExperimentsCommands(tools);
  addRunsCommands(tools);
  addScenariosCommands(tools);
  addActivateCommands(tools);
  addCampaignsCommands(tools);
  addRebalanceCommand(tools);
  addReportCommands(tools);
  addBackupCommands(tools);
  addMigrateCommand(tools);
}

function addLedger({ io, onData, run }: CommandTools): void {
  onData("imports", "list what came in, and where each row went")
    .option("--source <name>", "only of this source")
    .option("--hours", "add them up by hour", false)
    .action((options: WithData<ImportsOptions>) => run(options.data, (house) => runImports(house, options, io)));
  onData("health", "hold every rule of data health against the data")
    .option("--rule <name>", "only this rule")
    .option("--strict", "exit code 1 when something needs to act", false)
    .action((options: WithData<HealthOptions>) => run(options.data, (house) => runHealth(house, options, io)));
}

function addRejected({ io, onData, group, run }: CommandTools): void {
  const rejected = group("rejected", "rows that were refused: why, and what becomes of them");
  const onRejected = (usage: string, description: string) =>
    onData(usage, description, rejected)
      .option("--kind <kind>", "only of this kind")
      .option("--source <name>", "only of this source")
      .option("--reason <text>", "only where the reason holds this text")
      .option("--import <number>", "only of this import");
  onRejected("list", "list reasons and rows")
    .option("--state <state>", "open, replayed, discarded or all", "open")
    .option("--limit <n>", "rows to show", wholeNumber(1, 10_000), 20)
    .action((options: WithData<ListOptions>) => run(options.data, (house) => runRejectedList(house, options, io)));
  onRejected("export", "write the rows with their text as NDJSON")
    .requiredOption("--out <file>", "file to write")
    .option("--state <state>", "open, replayed, discarded or all", "open")
    .action((options: WithData<ExportOptions>) => run(options.data, (house) => runRejectedExport(house, options, io)));
  onRejected("replay", "try the open rows again, mended where it is said how")
    .option("--set <column=text>", "a text for a column of every row; repeat it", collect, [])
    .option("--replace <column:text=new>", "a text of a column stands for another; repeat it", collect, [])
    .action((options: WithData<ReplayOptions>) => run(options.data, (house) => runRejectedReplay(house, options, io)));
  onRejected("discard", "put the open rows aside for good; their text is dropped").action(
    (options: WithData<RejectedOptions>) => run(options.data, (house) => runRejectedDiscard(house, options, io)),
  );
}

function addPersons({ io, onData, run }: CommandTools): void {
  onData("identities", "show who is known to be whom: links, persons, shared devices").action(
    (options: WithData<IdentitiesOptions>) => run(options.data, (house) => runIdentities(house, options, io)),
  );
  onData("person <action> <id>", "export, erase or withdraw: the rights of the person whom an identifier names")
    .option("--yes", "erase; without it the command only says what would go", false)
    .addHelpText(
      "after",
      `
ID is a visitor id or a customer id, as your files write it.
  touchline person export ID        everything that stands under the person, as JSON
  touchline person erase ID --yes   erases the person from every table
  touchline person withdraw ID      takes consent back: events stay in the totals, without the identifier`,
    )
    .action((action: string, id: string, options: WithData<PersonOptions>) =>
      run(options.data, (house) => runPerson(house, action, id, options, io)),
    );
  onData("retention", "remove what is older than the settings allow")
    .option("--dry-run", "only say what would go", false)
    .action((options: WithData<RetentionOptions>) => run(options.data, (house) => runRetention(house, options, io)));
}

function addChannels({ io, onData, group, run }: CommandTools): void {
  const channels = group(
    "channels",
    "the rules that name a channel by source, medium, campaign, click id and referrer",
  );
  onData("list", "list the rules in their order", channels).action((options: WithData<ChannelsOptions>) =>
    run(options.data, (house) => runChannels(house, options, io)),
  );
  onData("set <file>", "take the rules from a JSON file", channels).action(
    (file: string, options: WithData<ChannelsOptions>) =>
      run(options.data, (house) => runSetChannels(house, file, options, io)),
  );
  onData("test", "say which channel an arrival gets, and by which rule", channels)
    .option("--source <text>", "utm_source")
    .option("--medium <text>", "utm_medium")
    .option("--campaign <text>", "utm_campaign")
    .option("--click-id <name>", "name of the click id, such as gclid")
    .option("--referrer <url>", "page that the visitor came from")
    .action((options: WithData<TestChannelOptions>) =>
      run(options.data, (house) => runTestChannel(house, options, io)),
    );
}
