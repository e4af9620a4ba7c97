import type { Curve } from "../response/curve-families.ts";
import { isConcave } from "../response/curve-families.ts";
import type { AllocationProblem, ChannelPlan, Constraint, Objective } from "./problem.ts";

export type ParsedAllocationProblem =
  | { readonly kind: "ok"; readonly problem: AllocationProblem }
  | { readonly kind: "refused"; readonly reason: string };

/** Carries the sentence from the field that is wrong to the door; it never leaves this file. */
class Refusal extends Error {}

function refuse(path: string, sentence: string): never {
  throw new Refusal(`${path}: ${sentence}`);
}

/**
 * Reads an allocation problem from JSON that nobody has checked.
 *
 * Fields beside the problem and beside a channel's own are left alone, so that a file may carry its answer, notes or a
 * name; inside an objective, a curve or a limit an unknown field is refused, because there it was meant to change the plan.
 * A limit may also be written with a name and arguments, e.g. {"name": "floor", "type": "channel_min", "args": ["tv", 5]}:
 * channel_min and channel_max become bounds of the channel, sum_max a group's maximum, or the total where it names all.
 * Without an objective, response is maximised.
 * @returns the problem, or a refusal whose sentence starts with the path of the field at fault, e.g.
 * "channels[2].upper: must not be below lower (5000), got 4000"
 */
export function parseAllocationProblem(json: unknown): ParsedAllocationProblem {
  try {
    return { kind: "ok", problem: readProblem(json) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", reason: error.message };
    throw error;
  }
}

function readProblem(json: unknown): AllocationProblem {
  const fields = readObject("problem", json);
  refuseUnsupported("problem", fields);
  const objective = readObjective("objective", fields.objective ?? { type: "max_response" });
  const named = readList("channels", fields.channels).map((item, i) => readChannel(`channels[${i}]`, item));
  if (named.length === 0) refuse("channels", "must name at least one channel");
  refuseRepeats("channels", "name", named);

  const { channels, constraints } = readLimits(readList("constraints", fields.constraints), named);
  return { objective, channels, constraints };
}

function readObjective(path: string, json: unknown): Objective {
  const fields = readObject(path, json);
  const type = fields.type;
  if (type === "min_spend" || type === "mean_of_draws" || type === "cvar_of_draws")
    refuse(`${path}.type`, `not supported yet: ${type}`);
  if (type !== "max_response" && type !== "max_profit" && type !== "target_mroi")
    refuse(`${path}.type`, `must be max_response, max_profit or target_mroi, got ${show(type)}`);
  allowFields(path, fields, ["type", "response_weight", "spend_weight"]);

  const response_weight =
    fields.response_weight === undefined ? 1 : readNumber(`${path}.response_weight`, fields.response_weight);
  if (response_weight <= 0) refuse(`${path}.response_weight`, `must be above 0, got ${response_weight}`);
  if (type !== "max_response" && fields.spend_weight === undefined)
    refuse(`${path}.spend_weight`, `is needed by ${type}`);
  const spend_weight = fields.spend_weight === undefined ? 0 : readNumber(`${path}.spend_weight`, fields.spend_weight);
  if (spend_weight > 0) refuse(`${path}.spend_weight`, `must be 0 or below (spend is a cost), got ${spend_weight}`);
  if (type === "max_response" && spend_weight !== 0)
    refuse(`${path}.spend_weight`, `must be 0 for max_response, got ${spend_weight}; max_profit weighs spend`);
  return { type, response_weight, spend_weight };
}

function readChannel(path: string, json: unknown): ChannelPlan {
  const fields = readObject(path, json);
  for (const field of ["curve_draws", "min_if_on", "adstock", "week_lower", "week_upper", "pre_spend"])
    if (field in fields) refuse(`${path}.${field}`, `not supported yet: ${field}`);
  refuseUnsupported(path, fields);

  const name = readName(`${path}.name`, fields.name);
  const curve = readCurve(`${path}.curve`, fields.curve);
  const lower = readOptional(`${path}.lower`, fields.lower) ?? 0;
  const upper = readOptional(`${path}.upper`, fields.upper);
  if (upper !== null && upper < lower) refuse(`${path}.upper`, `must not be below lower (${lower}), got ${upper}`);
  return { name, curve, lower, upper, current: readOptional(`${path}.current`, fields.current) };
}

function readCurve(path: string, json: unknown): Curve {
  const fields = readObject(path, json);
  const type = fields.type;
  const atLeastZero = (field: string) => readAmount(`${path}.${field}`, fields[field]);
  const aboveZero = (field: string) => {
    const value = readNumber(`${path}.${field}`, fields[field]);
    return value > 0 ? value : refuse(`${path}.${field}`, `must be above 0, got ${value}`);
  };
  const parameters = {
    hill: ["beta", "k", "s"],
    log: ["a", "b"],
    power: ["a", "p"],
    exp: ["a", "b"],
    logistic: ["a", "lam"],
  };
  const read = (): Curve => {
    switch (type) {
      case "hill":
        return { type, beta: atLeastZero("beta"), k: aboveZero("k"), s: aboveZero("s") };
      case "log":
      case "exp":
        return { type, a: atLeastZero("a"), b: aboveZero("b") };
      case "power":
        return { type, a: atLeastZero("a"), p: aboveZero("p") };
      case "logistic":
        return { type, a: atLeastZero("a"), lam: aboveZero("lam") };
      default:
        return refuse(`${path}.type`, `must be one of ${Object.keys(parameters).join(", ")}, got ${show(type)}`);
    }
  };
  const curve = read();
  allowFields(path, fields, ["type", ...parameters[curve.type]]);
  if (!isConcave(curve))
    refuse(
      path,
      `not supported yet: ${curve.type === "hill" ? "S-shaped hill curves (s above 1)" : "power curves with p above 1"}`,
    );
  return curve;
}

type Limits = Pick<AllocationProblem, "channels" | "constraints">;

/** Limits in either layout: those with arguments may bound a channel, the others never do. */
function readLimits(items: readonly unknown[], channels: readonly ChannelPlan[]): Limits {
  let limits: Limits = { channels, constraints: [] };
  for (const [i, item] of items.entries()) {
    const path = `constraints[${i}]`;
    const fields = readObject(path, item);
    const type = fields.type;
    const hasArguments =
      type === "channel_min" ||
      type === "channel_max" ||
      type === "sum_max" ||
      (type === "channel_roas_floor" && "args" in fields);
    if (hasArguments) limits = withArgumentLimit(path, type, fields, limits);
    else limits = withConstraint(path, readConstraint(path, item, channels), limits);
  }
  return limits;
}

function withConstraint(path: string, added: Constraint, { channels, constraints }: Limits): Limits {
  for (const other of constraints) {
    if (added.type !== "group_spend" && other.type === added.type)
      refuse(`${path}.type`, `${added.type} is given twice`);
    if (added.type === "group_spend" && other.type === "group_spend" && other.name === added.name)
      refuse(`${path}.name`, `${show(added.name)} is the name of another limit already`);
  }
  return { channels, constraints: [...constraints, added] };
}

function withArgumentLimit(
  path: string,
  type: "channel_min" | "channel_max" | "sum_max" | "channel_roas_floor",
  fields: Record<string, unknown>,
  limits: Limits,
): Limits {
  const { channels, constraints } = limits;
  allowFields(path, fields, ["type", "name", "args"]);
  const args = readList(`${path}.args`, fields.args);
  if (args.length !== 2) refuse(`${path}.args`, `must be two, what is limited and the limit, got ${args.length}`);
  const value = readAmount(`${path}.args[1]`, args[1]);
  if (type === "sum_max") {
    const members = readMembers(`${path}.args[0]`, args[0], channels);
    const limit: Constraint =
      members.length === channels.length
        ? { type: "total_spend", sense: "<=", value }
        : { type: "group_spend", name: readName(`${path}.name`, fields.name), members, min: null, max: value };
    return withConstraint(path, limit, limits);
  }
  const name = readMember(`${path}.args[0]`, args[0], channels);
  if (type === "channel_roas_floor") {
    const floors = constraints.find((constraint) => constraint.type === type);
    if (floors !== undefined && Object.hasOwn(floors.values, name))
      refuse(`${path}.args[0]`, `${show(name)} has a ROAS floor already`);
    const others = constraints.filter((constraint) => constraint !== floors);
    return { channels, constraints: [...others, { type, values: { ...floors?.values, [name]: value } }] };
  }
  const bounded = channels.map((channel) => (channel.name === name ? withBound(path, channel, type, value) : channel));
  return { channels: bounded, constraints };
}

/** The tighter of a channel's own bound and the limit. */
function withBound(
  path: string,
  channel: ChannelPlan,
  type: "channel_min" | "channel_max",
  value: number,
): ChannelPlan {
  const lower = type === "channel_min" ? Math.max(channel.lower, value) : channel.lower;
  const upper = type === "channel_max" ? Math.min(channel.upper ?? value, value) : channel.upper;
  if (upper !== null && upper < lower)
    refuse(
      `${path}.args[1]`,
      type === "channel_min"
        ? `must not be above the channel's maximum (${upper}), got ${value}`
        : `must not be below the channel's minimum (${lower}), got ${value}`,
    );
  return { ...channel, lower, upper };
}

function readConstraint(path: string, json: unknown, channels: readonly ChannelPlan[]): Constraint {
  const fields = readObject(path, json);
  const type = fields.type;
  const amount = (field: string) => readAmount(`${path}.${field}`, fields[field]);
  switch (type) {
    case "total_spend": {
      allowFields(path, fields, ["type", "sense", "value"]);
      const sense = fields.sense;
      if (sense !== "=" && sense !== "<=") refuse(`${path}.sense`, `must be "=" or "<=", got ${show(sense)}`);
      return { type, sense, value: amount("value") };
    }
    case "group_spend": {
      allowFields(path, fields, ["type", "name", "members", "min", "max"]);
      const min = readOptional(`${path}.min`, fields.min);
      const max = readOptional(`${path}.max`, fields.max);
      if (min !== null && max !== null && max < min)
        refuse(`${path}.max`, `must not be below min (${min}), got ${max}`);
      return {
        type,
        name: readName(`${path}.name`, fields.name),
        members: readMembers(`${path}.members`, fields.members, channels),
        min,
        max,
      };
    }
    case "change_limit_pct": {
      allowFields(path, fields, ["type", "value"]);
      const unknown = channels.findIndex((channel) => channel.current === null);
      if (unknown >= 0) refuse(`channels[${unknown}].current`, "is needed by change_limit_pct");
      return { type, value: amount("value") };
    }
    case "blended_roas_floor":
      allowFields(path, fields, ["type", "value"]);
      return { type, value: amount("value") };
    case "channel_roas_floor": {
      // implied_upper is what follows from the floors: it is accepted and worked out again
      allowFields(path, fields, ["type", "values", "implied_upper"]);
      const values: Record<string, number> = {};
      for (const [channel, floor] of Object.entries(readObject(`${path}.values`, fields.values))) {
        if (!channels.some(({ name }) => name === channel))
          refuse(`${path}.values`, `names a channel that does not exist: ${show(channel)}`);
        values[channel] = readAmount(`${path}.values.${channel}`, floor);
      }
      return { type, values };
    }
    case "semi_continuous":
    case "integer_step":
    case "weekly_spend":
    case "min_total_response":
      return refuse(`${path}.type`, `not supported yet: ${type}`);
    default:
      return refuse(`${path}.type`, `is not a known kind of limit: ${show(type)}`);
  }
}

function readMembers(path: string, json: unknown, channels: readonly ChannelPlan[]): string[] {
  const members = readList(path, json).map((member, i) => readMember(`${path}[${i}]`, member, channels));
  if (members.length === 0) refuse(path, "must name at least one channel");
  members.forEach((name, i) => {
    if (members.indexOf(name) < i) refuse(`${path}[${i}]`, `${show(name)} is already a member`);
  });
  return members;
}

function readMember(path: string, json: unknown, channels: readonly ChannelPlan[]): string {
  const name = readName(path, json);
  return channels.some((channel) => channel.name === name)
    ? name
    : refuse(path, `names a channel that does not exist: ${show(name)}`);
}

function refuseRepeats(path: string, field: string, items: readonly { readonly name: string }[]): void {
  const seen = new Map<string, number>();
  items.forEach((item, i) => {
    const first = seen.get(item.name);
    if (first !== undefined)
      refuse(`${path}[${i}].${field}`, `${show(item.name)} is already the name of ${path}[${first}]`);
    seen.set(item.name, i);
  });
}

/** What would change the plan if it were understood must not be passed over in silence. */
function refuseUnsupported(path: string, fields: Record<string, unknown>): void {
  for (const field of ["weeks", "draws", "season", "frontier"])
    if (field in fields) refuse(`${path}.${field}`, `not supported yet: ${field}`);
}

function allowFields(path: string, fields: Record<string, unknown>, allowed: readonly string[]): void {
  refuseUnsupported(path, fields);
  for (const field of Object.keys(fields))
    if (!allowed.includes(field)) refuse(`${path}.${field}`, "is not a known field");
}

function readObject(path: string, json: unknown): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    refuse(path, `must be an object, got ${show(json)}`);
  return Object.fromEntries(Object.entries(json));
}

function readList(path: string, json: unknown): unknown[] {
  return Array.isArray(json) ? json : refuse(path, `must be a list, got ${show(json)}`);
}

function readName(path: string, json: unknown): string {
  return typeof json === "string" && json !== "" ? json : refuse(path, `must be a name, got ${show(json)}`);
}

function readNumber(path: string, json: unknown): number {
  return typeof json === "number" && Number.isFinite(json)
    ? json
    : refuse(path, `must be a finite number, got ${show(json)}`);
}

function readAmount(path: string, json: unknown): number {
  const value = readNumber(path, json);
  return value >= 0 ? value : refuse(path, `must be 0 or more, got ${value}`);
}

function readOptional(path: string, json: unknown): number | null {
  return json === null || json === undefined ? null : readAmount(path, json);
}

function show(json: unknown): string {
  return typeof json === "number" || json === undefined ? String(json) : JSON.stringify(json);
}
