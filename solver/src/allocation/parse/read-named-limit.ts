import type { ChannelPlan } from "../problem.ts";
import type { Addition } from "./addition.ts";
import {
  allowFields,
  type Fields,
  readAmount,
  readList,
  readMember,
  readMembers,
  readName,
  refuse,
  show,
} from "./read-fields.ts";

type Kind = "channel" | "sum" | "channel roas" | "roas" | "response" | "change";

/** Kinds of limits with arguments, under the names that people give them. */
const KINDS: Readonly<Record<string, { readonly kind: Kind; readonly sense?: "min" | "max" | "eq" }>> = {
  channel_min: { kind: "channel", sense: "min" },
  channel_max: { kind: "channel", sense: "max" },
  channel_eq: { kind: "channel", sense: "eq" },
  channel_fixed: { kind: "channel", sense: "eq" },
  sum_max: { kind: "sum", sense: "max" },
  sum_min: { kind: "sum", sense: "min" },
  sum_eq: { kind: "sum", sense: "eq" },
  group_max: { kind: "sum", sense: "max" },
  group_min: { kind: "sum", sense: "min" },
  total_max: { kind: "sum", sense: "max" },
  total_min: { kind: "sum", sense: "min" },
  total_eq: { kind: "sum", sense: "eq" },
  total_spend: { kind: "sum", sense: "max" },
  budget: { kind: "sum", sense: "max" },
  budget_max: { kind: "sum", sense: "max" },
  group_cap: { kind: "sum", sense: "max" },
  group_floor: { kind: "sum", sense: "min" },
  group_eq: { kind: "sum", sense: "eq" },
  channel_roas_floor: { kind: "channel roas" },
  channel_roas_min: { kind: "channel roas" },
  channel_min_roas: { kind: "channel roas" },
  blended_roas_floor: { kind: "roas" },
  blended_min_roas: { kind: "roas" },
  total_roas_min: { kind: "roas" },
  roas_min: { kind: "roas" },
  min_roas: { kind: "roas" },
  blended_roas_min: { kind: "roas" },
  total_roas_floor: { kind: "roas" },
  group_roas_floor: { kind: "roas" },
  roas_floor: { kind: "roas" },
  min_total_response: { kind: "response" },
  total_response_min: { kind: "response" },
  total_min_response: { kind: "response" },
  total_response_floor: { kind: "response" },
  response_floor: { kind: "response" },
  sum_response_min: { kind: "response" },
  response_min: { kind: "response" },
  min_response: { kind: "response" },
  change_limit_pct: { kind: "change" },
  max_change_pct: { kind: "change" },
};

/**
 * A limit with a name and arguments, what is limited and the limit: `{"name": "floor", "type": "channel_min", "args": ["tv", 5]}`.
 * A limit of all channels may leave the first away.
 */
export function readNamedLimit(path: string, fields: Fields, channels: readonly ChannelPlan[]): readonly Addition[] {
  const type = readName(`${path}.type`, fields.type);
  if (!Object.hasOwn(KINDS, type)) refuse(`${path}.type`, `is not a known kind of limit with args: ${show(type)}`);
  allowFields(path, fields, ["type", "name", "args"]);
  const args = readList(`${path}.args`, fields.args);
  const { kind, sense } = KINDS[type]!;
  const isAboutChannel = kind.startsWith("channel");
  if (args.length !== 2 && (isAboutChannel || args.length !== 1))
    refuse(`${path}.args`, `must be two, what is limited and the limit, got ${args.length}`);
  const value = readAmount(`${path}.args[${args.length - 1}]`, args.at(-1));
  const subject = args.length === 2 ? args[0] : "*";
  const at = `${path}.args[0]`;
  if (isAboutChannel) {
    const channel = readMember(at, subject, channels);
    return kind === "channel" ? boundsOf(channel, sense!, value) : [{ kind: "floor", channel, value }];
  }
  if (kind === "change") return changeLimit(at, subject, value, channels);
  const members = readSubject(at, subject, channels);
  const isAll = members.length === channels.length;
  const name = typeof fields.name === "string" && fields.name !== "" ? fields.name : `${type} (${path})`;
  if (kind === "sum") {
    const [min, max] = [sense === "max" ? null : value, sense === "min" ? null : value];
    if (isAll) return [{ kind: "total", min, max }];
    return [{ kind: "limit", constraint: { type: "group_spend", name, members, min, max }, names: [] }];
  }
  if (kind === "response") {
    if (!isAll) refuse(at, "must be all channels: a response is asked of all together");
    const type = "min_total_response";
    return [{ kind: "limit", constraint: { type, value }, names: [{ type }] }];
  }
  return isAll
    ? [{ kind: "limit", constraint: { type: "blended_roas_floor", value }, names: [{ type: "blended_roas_floor" }] }]
    : [{ kind: "limit", constraint: { type: "group_roas_floor", name, members, value }, names: [] }];
}

function boundsOf(channel: string, sense: "min" | "max" | "eq", value: number): readonly Addition[] {
  const sides =
    sense === "eq" ? (["lower", "upper"] as const) : [sense === "min" ? ("lower" as const) : ("upper" as const)];
  return sides.map((side) => ({ kind: "bound", side, channel, value }));
}

/** Of all channels, or of one: a bound on either side of today's spend. */
function changeLimit(
  at: string,
  subject: unknown,
  value: number,
  channels: readonly ChannelPlan[],
): readonly Addition[] {
  const whom = readSubject(at, subject, channels).map((name) => channels.find((channel) => channel.name === name)!);
  for (const { name, current } of whom)
    if (current === null)
      refuse(`channels[${channels.findIndex((one) => one.name === name)}].current`, "is needed by change_limit_pct");
  if (whom.length === channels.length) {
    const type = "change_limit_pct";
    return [{ kind: "limit", constraint: { type, value }, names: [{ type }] }];
  }
  return whom.flatMap(({ name: channel, current }) => [
    { kind: "bound", side: "lower", channel, value: current! * Math.max(0, 1 - value / 100) } as const,
    { kind: "bound", side: "upper", channel, value: current! * (1 + value / 100) } as const,
  ]);
}

/** One channel, a list of them, or all: "*", "all". */
function readSubject(path: string, json: unknown, channels: readonly ChannelPlan[]): readonly string[] {
  if (Array.isArray(json)) return readMembers(path, json, channels);
  const isName = channels.some(({ name }) => name === json);
  if (!isName && (json === "*" || json === "all" || json === "total")) return channels.map(({ name }) => name);
  return [readMember(path, json, channels)];
}
