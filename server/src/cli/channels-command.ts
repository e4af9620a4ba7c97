import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { explainChannel, findBadPattern, UNASSIGNED } from "@touchline/sql";
import { readyToRecord, recordAct } from "../audit/index.ts";
import { rulesOf } from "../channels/index.ts";
import { ChannelRules } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, printable } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface ChannelsOptions {
  readonly workspace: string;
  readonly json: boolean;
}

export interface TestChannelOptions extends ChannelsOptions {
  readonly source?: string;
  readonly medium?: string;
  readonly campaign?: string;
  readonly clickId?: string;
  readonly referrer?: string;
}

type Condition = ChannelRules[number]["all"][number];

function inWords(condition: Condition): string {
  const part = condition.part.replace("_", " ");
  if ("is" in condition) return `${part} is ${condition.is.map((text) => `"${text}"`).join(" or ")}`;
  if ("matches" in condition) return `${part} matches ${condition.matches}`;
  if ("list" in condition) return `${part} is one of the ${condition.list.replace("-", " ").replace("ai ", "AI ")}`;
  return condition.empty ? `${part} is empty` : `${part} is not empty`;
}

/** `touchline channels`: the rules that name channels, in their order. */
export async function runChannels(house: House, options: ChannelsOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const { rules, areOwn } = await rulesOf(workspace);
  if (options.json) {
    io.stdout(`${JSON.stringify({ workspace: workspace.id, default: !areOwn, rules })}\n`);
    return 0;
  }
  const lines = rules.map(
    ({ channel, all }, i) =>
      `${String(i + 1).padStart(3)}. ${printable(channel)}: ${printable(all.map(inWords).join(", and "))}`,
  );
  io.stdout(
    `${areOwn ? "The workspace's own rules" : "The default rules"}; the first that holds names the channel.\n\n${lines.join("\n")}\n     ${UNASSIGNED}: everything else\n`,
  );
  return 0;
}

/** Reads rules, alone or as `channels --json` prints them. @throws UserError that names the rule which is wrong */
function readRules(file: string, cwd: string): ChannelRules {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(resolve(cwd, file), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new UserError(`${file} does not exist`, { cause: error });
    throw new UserError(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = ChannelRules.safeParse(Array.isArray(given) ? given : (given as { rules?: unknown } | null)?.rules);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const { path } = issue!;
  const message = issue!.code === "custom" ? issue!.message : "that is not how a rule is written";
  const [rule, name, condition, ...rest] = path;
  const places = [
    typeof rule === "number" ? `rule ${rule + 1}` : "the list",
    ...(typeof condition === "number" ? [`condition ${condition + 1}`, ...rest] : [name, ...rest]),
  ];
  const where = places.filter((place) => place !== undefined).join(", ");
  throw new UserError(
    `${file}: ${where}: ${message}; rules are a list of { "channel": "Name", "all": [{ "part": "medium", "is": ["cpc"] }] }, and touchline channels --json prints the present ones`,
  );
}

/** `touchline channels set FILE`: they hold for what is imported from now on; what is stored keeps its channel. */
export async function runSetChannels(
  house: House,
  file: string,
  options: ChannelsOptions,
  io: CommandIo,
): Promise<number> {
  const rules = readRules(file, io.cwd);
  const workspace = await house.workspace(options.workspace);
  const bad = await findBadPattern(workspace.warehouse, rules);
  if (bad !== null) {
    throw new UserError(
      `${file}: rule ${bad.rule}: "${bad.pattern}" is not an expression that can be used (${bad.complaint}); write it as RE2 takes it, without look-ahead and back references`,
    );
  }
  await readyToRecord(workspace);
  const { rules: before } = await rulesOf(workspace);
  await workspace.changeSetting("channel-rules", rules);
  const subject = { kind: "workspace", id: workspace.id };
  await recordAct(workspace, commandActor(), "settings.change-channel-rules", subject, before, rules);
  io.stdout(
    options.json
      ? `${JSON.stringify({ workspace: workspace.id, default: false, rules })}\n`
      : `${rules.length} ${rules.length === 1 ? "rule names" : "rules name"} the channels of workspace ${workspace.id} from now on; what is stored keeps its channel.\n`,
  );
  return 0;
}

/** `touchline channels test`: which channel an arrival gets, and by which rule. */
export async function runTestChannel(house: House, options: TestChannelOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const { rules } = await rulesOf(workspace);
  const { source = "", medium = "", campaign = "", clickId = "", referrer = "" } = options;
  const texts = { source, medium, campaign, clickId, referrer };
  const { channel, rule } = await explainChannel(workspace.warehouse, rules, texts);
  const why = rule === 0 ? "no rule speaks of it" : `rule ${rule}: ${rules[rule - 1]!.all.map(inWords).join(", and ")}`;
  io.stdout(
    options.json ? `${JSON.stringify({ channel, rule, ...texts })}\n` : `${printable(channel)} (${printable(why)})\n`,
  );
  return 0;
}
