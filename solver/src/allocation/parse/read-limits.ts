import type { AllocationProblem, ChannelPlan, Constraint } from "../problem.ts";
import type { Addition } from "./addition.ts";
import { type LimitNames, type LimitSubject, limitKey } from "./limit-names.ts";
import { readConstraint } from "./read-constraint.ts";
import { readObject, refuse, show } from "./read-fields.ts";
import { readNamedLimit } from "./read-named-limit.ts";

export type Limits = Pick<AllocationProblem, "channels" | "constraints"> & { readonly names: LimitNames };

/** Limits in either layout: with fields of their own, or with a name and arguments. */
export function readLimits(items: readonly unknown[], channels: readonly ChannelPlan[]): Limits {
  let limits: Limits = { channels, constraints: [], names: {} };
  for (const [i, item] of items.entries()) {
    const path = `constraints[${i}]`;
    const fields = readObject(path, item);
    const additions =
      "args" in fields ? readNamedLimit(path, fields, channels) : readConstraint(path, fields, limits.channels);
    const name = typeof fields.name === "string" && fields.name !== "" ? fields.name : null;
    for (const addition of additions)
      limits = withAddition({ path, name, type: String(fields.type) }, addition, limits);
  }
  return limits;
}

/** Where an addition stands in the file and what it is called there. */
interface Origin {
  readonly path: string;
  readonly name: string | null;
  readonly type: string;
}

function withAddition(origin: Origin, addition: Addition, limits: Limits): Limits {
  switch (addition.kind) {
    case "limit":
      return withConstraint(origin, addition.constraint, addition.names, limits);
    case "total":
      return withTotal(origin, addition, limits);
    case "bound":
      return withBound(origin, addition, limits);
    case "floor":
      return withFloor(origin, addition, limits);
    default:
      return {
        ...limits,
        channels: limits.channels.map((channel) =>
          Object.hasOwn(addition.values, channel.name)
            ? { ...channel, [addition.kind]: addition.values[channel.name] }
            : channel,
        ),
      };
  }
}

function called(names: LimitNames, { name }: Origin, subjects: readonly LimitSubject[]): LimitNames {
  if (name === null) return names;
  return { ...names, ...Object.fromEntries(subjects.map((subject) => [limitKey(subject), name])) };
}

/** Kinds that a problem has at most once; the others are told apart by their names. */
function isUnique({ type }: Constraint): boolean {
  return (
    type.startsWith("total") ||
    type.startsWith("change") ||
    type.endsWith("_total_response") ||
    /^(blended|channel)_/.test(type)
  );
}

function withConstraint(origin: Origin, added: Constraint, subjects: readonly LimitSubject[], limits: Limits): Limits {
  const { path } = origin;
  for (const other of limits.constraints) {
    if (isUnique(added) && other.type === added.type) refuse(`${path}.type`, `${added.type} is given twice`);
    if ("name" in added && "name" in other && other.name === added.name)
      refuse(`${path}.name`, `${show(added.name)} is the name of another limit already`);
  }
  return { ...limits, constraints: [...limits.constraints, added], names: called(limits.names, origin, subjects) };
}

function withTotal(origin: Origin, { min, max }: Extract<Addition, { kind: "total" }>, limits: Limits): Limits {
  const hasTotal = limits.constraints.some(({ type }) => type === "total_spend");
  if (max === null || hasTotal || (min !== null && min !== max)) {
    const members = limits.channels.map(({ name }) => name);
    return withConstraint(origin, group(origin, members, min, max), [], limits);
  }
  const constraint = { type: "total_spend", sense: min === null ? "<=" : "=", value: max } as const;
  return withConstraint(origin, constraint, [{ type: "total_spend" }], limits);
}

function group(
  { path, name, type }: Origin,
  members: readonly string[],
  min: number | null,
  max: number | null,
): Constraint {
  return { type: "group_spend", name: name ?? `${type} (${path})`, members, min, max };
}

/**
 * The tighter of a channel's bound and the limit. A bound that contradicts the channel's other one is kept beside it, as a
 * limit of a group of one: what contradicts what is for the answer to say.
 */
function withBound(
  origin: Origin,
  { side, channel, value }: Extract<Addition, { kind: "bound" }>,
  limits: Limits,
): Limits {
  const one = limits.channels.find(({ name }) => name === channel)!;
  const crossed = side === "lower" ? one.upper !== null && value > one.upper : value < one.lower;
  if (crossed) {
    const [min, max] = side === "lower" ? [value, null] : [null, value];
    return withConstraint(origin, group(origin, [channel], min, max), [], limits);
  }
  const isTighter = side === "lower" ? value > one.lower : one.upper === null || value < one.upper;
  if (!isTighter) return limits;
  const subject = { type: side === "lower" ? "channel_min" : "channel_max", channel } as const;
  return {
    ...limits,
    channels: limits.channels.map((other) => (other === one ? { ...one, [side]: value } : other)),
    names: called(limits.names, origin, [subject]),
  };
}

/** One more floor of one channel; the higher of two holds. */
function withFloor(origin: Origin, { channel, value }: Extract<Addition, { kind: "floor" }>, limits: Limits): Limits {
  const type = "channel_roas_floor";
  const floors = limits.constraints.find((constraint) => constraint.type === type);
  if (floors !== undefined && (floors.values[channel] ?? 0) >= value) return limits;
  const merged = { type, values: { ...floors?.values, [channel]: value } } as const;
  return {
    ...limits,
    constraints: [...limits.constraints.filter((constraint) => constraint !== floors), merged],
    names: called(limits.names, origin, [{ type, channel }]),
  };
}
