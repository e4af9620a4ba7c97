import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { changeCampaigns, listCampaigns } from "../activation/index.ts";
import { CampaignSettings, ChangeCampaigns, type SeenCampaign } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import type { CommandTools } from "./data-commands.ts";
import { type CommandIo, counted, drawTable } from "./io.ts";
import { type CsvRow, optionalCell, readCsv } from "./optimise/given/csv-table.ts";
import { commandActor } from "./who-am-i.ts";

interface Options {
  readonly data: string;
  readonly workspace: string;
  readonly json: boolean;
}

/** `touchline campaigns`: what is known of campaigns on their platforms, which decides how a plan is carried out. */
export function addCampaignsCommands({ io, onData, group, run }: CommandTools): void {
  const campaigns = group(
    "campaigns",
    "what is known of campaigns on their platforms: ids, minimums, steps, bid strategies",
  );
  onData("list", "list campaigns with what they spend a day and what is set for them", campaigns).action(
    (options: Options) => run(options.data, (house) => runList(house, options, io)),
  );
  onData("import <file>", "take settings from a CSV file; campaigns that are not in it stay as they are", campaigns)
    .addHelpText("after", HELP)
    .action((file: string, options: Options) => run(options.data, (house) => runImport(house, file, options, io)));
}

const HELP = `
Columns, in any order; channel and campaign are needed, an empty cell is the default:
  channel, campaign   as they stand in the spend files
  platform            google-ads, meta, microsoft-ads or other
  platform_id         the platform's own id of the campaign
  bid_strategy        none, target-cpa or target-roas
  target              of the bid strategy: 25 for a CPA, 4 for a ROAS of 400 %
  shared_budget       name of the budget that it shares with others
  minimum_daily       least budget of a day
  step                budgets are whole multiples of it
  learning_until      no change before this day, YYYY-MM-DD
  currency            of its account, where that is not the workspace's`;

const now = (io: CommandIo) => io.now?.() ?? new Date();

async function runList(house: House, options: Options, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const { currency, campaigns } = await listCampaigns(workspace, await workspace.store.openIfAny(), now(io));
  if (options.json) io.stdout(`${JSON.stringify({ currency, campaigns })}\n`);
  else if (campaigns.length === 0) io.stdout("No campaigns yet: import spend first, touchline import spend FILE.\n");
  else
    io.stdout(
      drawTable(["Channel", "Campaign", `${currency} a day`.trim(), "Platform", "Id", "Set"], campaigns.map(drawn)),
    );
  return 0;
}

function drawn({ channel, campaign, dailySpend, settings }: SeenCampaign): string[] {
  if (settings === null) return [channel, campaign, dailySpend, "", "", ""];
  const { bidStrategy, target, sharedBudget, minimumDaily, step, learningUntil } = settings;
  const set = [
    bidStrategy === "none" ? "" : `${bidStrategy}${target === null ? "" : ` ${target}`}`,
    ...[sharedBudget === "" ? "" : `shares "${sharedBudget}"`, minimumDaily === null ? "" : `at least ${minimumDaily}`],
    ...[step === null ? "" : `in steps of ${step}`, learningUntil === null ? "" : `learns until ${learningUntil}`],
  ];
  return [channel, campaign, dailySpend, settings.platform, settings.platformId, set.filter(Boolean).join(", ")];
}

async function runImport(house: House, file: string, options: Options, io: CommandIo): Promise<number> {
  const given = readSettings(file, readText(resolve(io.cwd, file), file));
  const workspace = await house.workspace(options.workspace);
  const asker = { store: await workspace.store.open(), actor: commandActor() };
  const changed = await changeCampaigns(asker, given, now(io));
  if (options.json) io.stdout(`${JSON.stringify({ read: given.length, changed })}\n`);
  else io.stdout(`${counted(given.length, "campaign")} read, ${changed} changed.\n`);
  return 0;
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UserError(`${file} cannot be read: is there such a file?`, { cause });
  }
}

/** @throws UserError naming the line at fault */
function readSettings(file: string, text: string): CampaignSettings[] {
  const { columns, rows } = readCsv(file, text, (heading) => heading.toLowerCase().replace(/[\s-]+/g, "_"));
  const strange = columns.find((column) => !COLUMNS.includes(column));
  if (strange !== undefined) throw new UserError(`${file}: the column "${strange}" is none of ${COLUMNS.join(", ")}`);
  const settings = rows.map((row) => readRow(file, row));
  const all = ChangeCampaigns.safeParse({ campaigns: settings });
  if (!all.success) throw new UserError(`${file}: ${all.error.issues[0]!.message}`);
  return all.data.campaigns;
}

const COLUMNS = [
  ...["channel", "campaign", "platform", "platform_id", "bid_strategy", "target", "shared_budget"],
  ...["minimum_daily", "step", "learning_until", "currency"],
];

function readRow(file: string, row: CsvRow): CampaignSettings {
  const text = (column: string) => row.cells[column] || undefined;
  const number = (column: string) => optionalCell(file, row, column) ?? undefined;
  const parsed = CampaignSettings.safeParse({
    ...{ channel: text("channel"), campaign: text("campaign"), platform: text("platform") },
    ...{ platformId: text("platform_id"), bidStrategy: text("bid_strategy"), target: number("target") },
    ...{ sharedBudget: text("shared_budget"), minimumDaily: number("minimum_daily"), step: number("step") },
    ...{ learningUntil: text("learning_until"), currency: text("currency") },
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new UserError(
    `${file}: line ${row.line}: ${String(path[0]).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}: ${message}`,
  );
}
