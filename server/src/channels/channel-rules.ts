import {
  DEFAULT_CHANNEL_RULES,
  findBadPattern,
  type JudgedArrival,
  judgeArrivals,
  recentTouches,
  UNASSIGNED,
} from "@touchline/sql";
import { ChannelRules, type RulesTrial } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

/** What rules are tried on. */
const TRIED_DAYS = 28;
const MOST_ARRIVALS = 200;
const MOST_MOVES = 50;

/** Read through the schema, so that the default rules have the shape of a workspace's own. */
export async function rulesOf(workspace: Workspace): Promise<{ rules: ChannelRules; areOwn: boolean }> {
  const own = await workspace.setting("channel-rules");
  return { rules: own ?? ChannelRules.parse(DEFAULT_CHANNEL_RULES), areOwn: own !== undefined };
}

/** @throws UserError that names the rule whose expression the engine cannot read */
async function requireReadable(workspace: Workspace, rules: ChannelRules): Promise<void> {
  const bad = await findBadPattern(workspace.warehouse, rules);
  if (bad === null) return;
  throw new UserError(
    `rule ${bad.rule}: "${bad.pattern}" is not an expression that can be used (${bad.complaint}); write it as RE2 takes it, without look-ahead and back references`,
  );
}

/** The rules, and what they do to the visits of the last days that have any. */
export async function readChannelRules(workspace: Workspace) {
  const { rules, areOwn } = await rulesOf(workspace);
  return { rules, areOwn, trial: await tryRules(workspace, rules, rules) };
}

/** What would change if other rules held. Nothing is stored. */
export async function tryChannelRules(workspace: Workspace, rules: ChannelRules): Promise<RulesTrial> {
  await requireReadable(workspace, rules);
  return tryRules(workspace, rules, (await rulesOf(workspace)).rules);
}

async function tryRules(workspace: Workspace, rules: ChannelRules, present: ChannelRules): Promise<RulesTrial> {
  const { timeZone } = await workspace.settings();
  const { from, to, touches, untagged } = await workspace.warehouse.askOne(recentTouches, {
    timeZone,
    days: TRIED_DAYS,
  });
  const today = new Date().toISOString().slice(0, 10);
  const days = { from: from === "" ? today : from, to: to === "" ? today : to };
  const arrivals = touches === 0 ? [] : await judgeArrivals(workspace.warehouse, rules, present, { ...days, timeZone });
  return { ...days, touches, untagged, ...summarise(arrivals, rules, present) };
}

const channelAt = (rules: ChannelRules, place: number) => rules[place - 1]?.channel ?? UNASSIGNED;

function summarise(arrivals: readonly JudgedArrival[], rules: ChannelRules, present: ChannelRules) {
  const caught = rules.map(() => 0);
  const moves = new Map<string, RulesTrial["moves"][number]>();
  let unassigned = 0;
  for (const { rule, otherRule, touches } of arrivals) {
    if (rule === 0) unassigned += touches;
    else caught[rule - 1] = caught[rule - 1]! + touches;
    const [before, now] = [channelAt(present, otherRule), channelAt(rules, rule)];
    if (before === now) continue;
    const key = JSON.stringify([before, now]);
    const known = moves.get(key)?.touches ?? 0;
    moves.set(key, { from: before, to: now, touches: known + touches });
  }
  return {
    caught,
    unassigned,
    moves: [...moves.values()].sort((a, b) => b.touches - a.touches).slice(0, MOST_MOVES),
    // What no rule speaks of comes first: it is what somebody has to decide.
    arrivals: arrivals
      .toSorted((a, b) => Number(a.rule !== 0) - Number(b.rule !== 0) || b.touches - a.touches)
      .slice(0, MOST_ARRIVALS)
      .map(({ source, medium, channel, rule, touches }) => ({
        ...{ source, medium, channel, rule, touches, ruled: channelAt(rules, rule) },
      })),
  };
}

/** They hold for what is imported from now on; what is stored keeps its channel. */
export async function saveChannelRules(workspace: Workspace, rules: ChannelRules) {
  await requireReadable(workspace, rules);
  await workspace.changeSetting("channel-rules", rules);
  return readChannelRules(workspace);
}

export async function resetChannelRules(workspace: Workspace) {
  await workspace.changeSetting("channel-rules", undefined);
  return readChannelRules(workspace);
}
