import type { ChannelPlan, Constraint } from "../problem.ts";
import type { Addition } from "./addition.ts";
import { readCurve } from "./read-curve.ts";
import {
  allowFields,
  type Fields,
  readAmount,
  readByChannel,
  readMembers,
  readName,
  readNumber,
  readOptional,
  readPositive,
  refuse,
  show,
} from "./read-fields.ts";

type Channels = readonly ChannelPlan[];
type Reader = (path: string, fields: Fields, channels: Channels) => Addition;

/** A limit with fields of its own. An unknown field is refused, because it was meant to change the plan. */
export function readConstraint(path: string, fields: Fields, channels: Channels): readonly Addition[] {
  const { type } = fields;
  if (type === "weekly_spend")
    refuse(`${path}.type`, "weekly_spend belongs to a problem by week, where every channel has an adstock");
  if (typeof type !== "string" || !Object.hasOwn(READERS, type)) {
    const needsArgs = typeof type === "string" && /^(sum|channel|group|total)_(min|max|eq)$/.test(type);
    if (needsArgs) refuse(`${path}.args`, `must be a list, got undefined`);
    refuse(`${path}.type`, `is not a known kind of limit: ${show(type)}`);
  }
  const [reader, fieldsOfType] = READERS[type]!;
  allowFields(path, fields, ["type", "name", ...fieldsOfType]);
  return [reader(path, fields, channels)];
}

const value = (path: string, fields: Fields) => readAmount(`${path}.value`, fields.value);

/** A limit of the whole plan, which is known by its kind. */
const ofPlan = (
  constraint: Constraint & { type: "change_limit_pct" | "blended_roas_floor" | "min_total_response" },
): Addition => ({
  kind: "limit",
  constraint,
  names: [{ type: constraint.type }],
});

/** A limit that is known by its own name. */
const named = (constraint: Constraint): Addition => ({ kind: "limit", constraint, names: [] });

function readTotal(path: string, fields: Fields): Addition {
  const amount = value(path, fields);
  const { sense } = fields;
  if (sense === ">=") return { kind: "total", min: amount, max: null };
  if (sense !== "=" && sense !== "<=") refuse(`${path}.sense`, `must be "=", "<=" or ">=", got ${show(sense)}`);
  return { kind: "limit", constraint: { type: "total_spend", sense, value: amount }, names: [{ type: "total_spend" }] };
}

function readGroup(path: string, fields: Fields, channels: Channels): Addition {
  const [min, max] = readRange(path, fields);
  const members = readMembers(`${path}.members`, fields.members, channels);
  return named({ type: "group_spend", name: readName(`${path}.name`, fields.name), members, min, max });
}

function readRange(path: string, fields: Fields): [number | null, number | null] {
  const min = readOptional(`${path}.min`, fields.min);
  const max = readOptional(`${path}.max`, fields.max);
  if (min !== null && max !== null && max < min) refuse(`${path}.max`, `must not be below min (${min}), got ${max}`);
  return [min, max];
}

function readChange(path: string, fields: Fields, channels: Channels): Addition {
  const unknown = channels.findIndex((channel) => channel.current === null);
  if (unknown >= 0) refuse(`channels[${unknown}].current`, "is needed by change_limit_pct");
  return ofPlan({ type: "change_limit_pct", value: value(path, fields) });
}

function readTarget(path: string, fields: Fields): Addition {
  const { sense } = fields;
  if (sense !== undefined && sense !== ">=") refuse(`${path}.sense`, `must be ">=", got ${show(sense)}`);
  return ofPlan({ type: "min_total_response", value: value(path, fields) });
}

function readFloors(path: string, fields: Fields, channels: Channels): Addition {
  const values = readByChannel(`${path}.values`, fields.values, channels, readAmount);
  return named({ type: "channel_roas_floor", values });
}

function readCpaCeiling(path: string, fields: Fields, channels: Channels): Addition {
  const conversions = readByChannel(`${path}.conversions`, fields.conversions, channels, readAmount);
  const members = fields.members === undefined ? undefined : readMembers(`${path}.members`, fields.members, channels);
  const constraint: Constraint = {
    type: "cpa_ceiling",
    value: value(path, fields),
    conversions,
    ...(members === undefined ? {} : { members }),
  };
  return { kind: "limit", constraint, names: [{ type: "cpa_ceiling", ...(members === undefined ? {} : { members }) }] };
}

function readResponseCap(path: string, fields: Fields, channels: Channels): Addition {
  const perResponse = readByChannel(`${path}.per_response`, fields.per_response, channels, readAmount);
  return named({
    type: "response_cap",
    name: readName(`${path}.name`, fields.name),
    value: value(path, fields),
    perResponse,
  });
}

function readContactCap(path: string, fields: Fields, channels: Channels): Addition {
  const touches = readByChannel(`${path}.touches`, fields.touches, channels, (at, json) =>
    typeof json === "number" ? readAmount(at, json) : readCurve(at, json),
  );
  return named({
    type: "contact_cap",
    name: readName(`${path}.name`, fields.name),
    value: value(path, fields),
    touches,
  });
}

function readWeighted(path: string, fields: Fields, channels: Channels): Addition {
  const weights = readByChannel(`${path}.weights`, fields.weights, channels, readNumber);
  const signed = (field: "min" | "max") =>
    fields[field] === undefined || fields[field] === null ? null : readNumber(`${path}.${field}`, fields[field]);
  const [min, max] = [signed("min"), signed("max")];
  if (min !== null && max !== null && max < min) refuse(`${path}.max`, `must not be below min (${min}), got ${max}`);
  return named({ type: "weighted_spend", name: readName(`${path}.name`, fields.name), weights, min, max });
}

/** All-or-nothing channels carry their own `min_if_on`, or are listed here. */
function readAllOrNothing(path: string, fields: Fields, channels: Channels): Addition {
  const values =
    fields.values === undefined ? {} : readByChannel(`${path}.values`, fields.values, channels, readPositive);
  if (fields.values === undefined && channels.every(({ minimumIfOn }) => minimumIfOn === undefined))
    refuse(path, "asks for all or nothing, but no channel has min_if_on");
  return { kind: "minimumIfOn", values };
}

function readStep(path: string, fields: Fields, channels: Channels): Addition {
  if (fields.values !== undefined)
    return { kind: "step", values: readByChannel(`${path}.values`, fields.values, channels, readPositive) };
  const step = readPositive(`${path}.value`, fields.value);
  return { kind: "step", values: Object.fromEntries(channels.map(({ name }) => [name, step])) };
}

/** Every kind with the fields that it may have beside type and name. */
const READERS: Readonly<Record<string, readonly [Reader, readonly string[]]>> = {
  total_spend: [readTotal, ["sense", "value"]],
  group_spend: [readGroup, ["members", "min", "max"]],
  change_limit_pct: [readChange, ["value"]],
  blended_roas_floor: [(path, fields) => ofPlan({ type: "blended_roas_floor", value: value(path, fields) }), ["value"]],
  // implied_upper is what follows from the floors: it is accepted and worked out again
  channel_roas_floor: [readFloors, ["values", "implied_upper"]],
  group_roas_floor: [
    (path, fields, channels) => {
      const members = readMembers(`${path}.members`, fields.members, channels);
      return named({
        type: "group_roas_floor",
        name: readName(`${path}.name`, fields.name),
        members,
        value: value(path, fields),
      });
    },
    ["members", "value"],
  ],
  min_total_response: [readTarget, ["value", "sense"]],
  cpa_ceiling: [readCpaCeiling, ["value", "conversions", "members"]],
  response_cap: [readResponseCap, ["value", "per_response"]],
  contact_cap: [readContactCap, ["value", "touches"]],
  weighted_spend: [readWeighted, ["weights", "min", "max"]],
  semi_continuous: [readAllOrNothing, ["values"]],
  integer_step: [readStep, ["value", "values"]],
};
