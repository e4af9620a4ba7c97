import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { TRPCError } from "@trpc/server";
import { Option } from "commander";
import {
  confirmActivations,
  exportActivation,
  markSent,
  showActivation,
  standingProposal,
} from "../activation/index.ts";
import { goBack } from "../activation/way-back/index.ts";
import { type Activation, ActivationFormat, type ChannelActivation, SentThrough } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import type { WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { CommandTools } from "./data-commands.ts";
import { type CommandIo, counted, drawTable } from "./io.ts";
import { collect } from "./option-parsers.ts";
import { commandActor } from "./who-am-i.ts";

interface Options {
  readonly data: string;
  readonly workspace: string;
  readonly json: boolean;
}
type ExportOptions = Options & { readonly format: ActivationFormat; readonly out: string };
type SentOptions = Options & { readonly channel: string[]; readonly through: SentThrough };

/** `touchline activate`: an approved plan on its way to the ad platforms, and back. */
export function addActivateCommands({ io, onData, group, run }: CommandTools): void {
  const answer = (options: Options, work: (house: House) => Promise<number>) =>
    run(options.data, (house) => work(house).catch(inPlainWords));
  const activate = group("activate", "an approved plan on its way to the ad platforms, and the way back");
  const on = (usage: string, description: string) => onData(usage, description, activate);
  on("show [proposal]", "show each channel's change by campaign, and where it stands").action(
    (proposal: string | undefined, options: Options) => answer(options, (house) => show(house, proposal, options, io)),
  );
  on("export [proposal]", "write a file for a platform's own tool, or everything as CSV or JSON")
    .addOption(new Option("--format <name>", "layout").choices(ActivationFormat.options).default("csv"))
    .requiredOption("--out <file>", "file to write")
    .action((proposal: string | undefined, options: ExportOptions) =>
      answer(options, (house) => exportTo(house, proposal, options, io)),
    );
  on("sent [proposal]", "note that changes were taken to their platforms: spend that is imported later confirms them")
    .option("--channel <name>", "only this channel; repeat it", collect, [])
    .addOption(new Option("--through <door>", "how").choices(SentThrough.options).default("hand"))
    .action((proposal: string | undefined, options: SentOptions) =>
      answer(options, (house) => sent(house, proposal, options, io)),
    );
  on("back [proposal]", "restore what was spent before the plan that stands").action(
    (proposal: string | undefined, options: Options) => answer(options, (house) => back(house, proposal, options, io)),
  );
}

/** What a page is told with a status is a sentence here. */
function inPlainWords(error: unknown): never {
  throw error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR"
    ? new UserError(error.message, { cause: error })
    : error;
}

const now = (io: CommandIo) => io.now?.() ?? new Date();

/** The workspace, and the proposal that is meant: the one that was approved last where none is named. */
async function open(house: House, proposal: string | undefined, { workspace: name }: Options) {
  const workspace = await house.workspace(name);
  const store = await workspace.store.open();
  const proposalId = proposal ?? (await standingProposal(store))?.id;
  if (proposalId === undefined)
    throw new UserError(
      "no plan was approved yet, so there is nothing to do on the platforms: approve a proposal first",
    );
  return { workspace, store, proposalId };
}

async function show(house: House, proposal: string | undefined, options: Options, io: CommandIo): Promise<number> {
  const { workspace, store, proposalId } = await open(house, proposal, options);
  await confirmActivations(workspace, store, now(io));
  return print(store, proposalId, options, io);
}

async function print(store: WorkspaceStore, proposalId: string, { json }: Options, io: CommandIo): Promise<number> {
  const activation = await showActivation(store, proposalId);
  io.stdout(json ? `${JSON.stringify(activation)}\n` : drawActivation(activation));
  return 0;
}

async function exportTo(house: House, proposal: string | undefined, options: ExportOptions, io: CommandIo) {
  const { store, proposalId } = await open(house, proposal, options);
  const { files } = await showActivation(store, proposalId);
  const file = await exportActivation(store, commandActor(), proposalId, options.format);
  await writeFile(resolve(io.cwd, options.out), file.body, { mode: 0o600 }).catch((cause) => {
    throw new UserError(`${options.out} cannot be written: is there such a folder, and may you write there?`, {
      cause,
    });
  });
  const { campaigns, leftOut } = files.find(({ format }) => format === options.format)!;
  for (const { text } of leftOut) io.stderr(`Not in the file: ${text}\n`);
  if (options.json)
    io.stdout(`${JSON.stringify({ proposalId, format: options.format, out: options.out, campaigns, leftOut })}\n`);
  else
    io.stdout(
      `${options.out}: ${counted(campaigns, "campaign")}. Once it is on the platform say so: touchline activate sent --through file.\n`,
    );
  return 0;
}

async function sent(house: House, proposal: string | undefined, options: SentOptions, io: CommandIo) {
  const { store, proposalId } = await open(house, proposal, options);
  const { channels } = await showActivation(store, proposalId);
  const waiting = channels.filter(({ state }) => state === "approved").map(({ channel }) => channel);
  const wanted = options.channel.length > 0 ? options.channel : waiting;
  if (wanted.length === 0) throw new UserError("nothing of this plan waits to be sent: touchline activate show");
  const asker = { store, actor: commandActor() };
  await markSent(asker, { proposalId, channels: wanted, through: options.through }, now(io));
  return print(store, proposalId, options, io);
}

async function back(house: House, proposal: string | undefined, options: Options, io: CommandIo): Promise<number> {
  const { store, proposalId } = await open(house, proposal, options);
  const actor = commandActor();
  // Whoever can open the folder is its owner; rules that ask for a second person hold for them all the same.
  const member = { id: actor.id, name: actor.name, role: "owner" } as const;
  const went = await goBack({ store, member, actor }, { proposalId, remark: "" }, now(io));
  if (options.json) io.stdout(`${JSON.stringify(went)}\n`);
  else
    io.stdout(
      went.isApproved
        ? `What was spent before is the plan again, as proposal ${went.proposalId}: touchline activate export writes its files.\n`
        : `What was spent before is proposed again, as ${went.proposalId}: by the rules of this workspace somebody else approves it.\n`,
    );
  return 0;
}

function drawActivation({ name, currency, channels, files, previous, wayBack }: Activation): string {
  if (channels.length === 0) return `"${name}" has nothing to be done on the platforms.\n`;
  const per = `${currency} a day`.trim();
  const parts = channels.map((channel) => {
    const rows = channel.campaigns.map(({ campaign, from, to, action, text }) => [campaign, from, to, action, text]);
    const table = rows.length === 0 ? "" : drawTable(["Campaign", "From", "To", "Do", "Why"], rows);
    const { fromDaily, toDaily, unplaced } = channel;
    const rest = Number(unplaced) === 0 ? "" : `No campaign takes ${unplaced} ${per} of it: place it by hand.\n`;
    return `${channel.channel}: ${fromDaily} to ${toDaily} ${per}, ${stateInWords(channel)}\n${table}${rest}`;
  });
  const ready = files
    .filter(({ format, campaigns, leftOut }) => !["csv", "json"].includes(format) && campaigns + leftOut.length > 0)
    .map(
      ({ format, campaigns, leftOut }) =>
        `${format}: ${counted(campaigns, "campaign")}${leftOut.length > 0 ? `, ${leftOut.length} by hand` : ""}`,
    );
  const plans = previous === null ? "" : `Before it stood "${previous.name}". `;
  const way = wayBack === "possible" ? "The way back: touchline activate back." : "";
  return `${parts.join("\n")}${ready.length > 0 ? `\nFiles: ${ready.join("; ")}\n` : ""}${plans + way === "" ? "" : `\n${(plans + way).trim()}\n`}`;
}

function stateInWords({ state, sentAt, sentBy, sentThrough, confirmedAt, seenDaily }: ChannelActivation): string {
  const seen = seenDaily === null ? "" : `, ${seenDaily} a day seen since`;
  if (state === "sent") return `sent ${sentAt?.slice(0, 10)} by ${sentBy} (${sentThrough})${seen}`;
  if (state === "confirmed") return `confirmed ${confirmedAt?.slice(0, 10)}${seen}`;
  return state === "returned" ? "returned: a later plan took its place" : "approved, not sent yet";
}
