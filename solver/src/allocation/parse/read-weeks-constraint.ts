import type { WeeksConstraint } from "../weeks/problem.ts";
import type { LimitSubject } from "./limit-names.ts";
import {
  allowFields,
  type Fields,
  readAmount,
  readByWeek,
  readCount,
  readMember,
  readMembers,
  readName,
  readOptional,
  refuse,
  show,
} from "./read-fields.ts";

export interface NamedConstraint {
  readonly constraint: WeeksConstraint;
  /** The limits in it, which bear its name */
  readonly subjects: readonly LimitSubject[];
}

interface Named {
  readonly name: string;
}

/** A limit of a problem by week. Weeks count from 1 in a file. */
export function readWeeksConstraint(
  path: string,
  fields: Fields,
  channels: readonly Named[],
  weeks: number,
): NamedConstraint {
  const allow = (...allowed: string[]) => allowFields(path, fields, ["type", "name", ...allowed]);
  const value = () => readAmount(`${path}.value`, fields.value);
  const members = () => readMembers(`${path}.members`, fields.members, channels);
  const name = () => readName(`${path}.name`, fields.name);
  const { type } = fields;
  switch (type) {
    case "total_spend": {
      allow("sense", "value");
      const { sense } = fields;
      if (sense !== "=" && sense !== "<=") refuse(`${path}.sense`, `must be "=" or "<=", got ${show(sense)}`);
      return { constraint: { type, sense, value: value() }, subjects: [{ type }] };
    }
    case "weekly_spend":
      allow("min", "max");
      return {
        constraint: { type, ...weeklyRange(path, fields, weeks) },
        subjects: [{ type: "weekly_min" }, { type: "weekly_max" }],
      };
    case "group_weekly_spend":
      allow("members", "min", "max");
      return {
        constraint: { type, name: name(), members: members(), ...weeklyRange(path, fields, weeks) },
        subjects: [],
      };
    case "group_spend":
      allow("members", "min", "max");
      return { constraint: { type, name: name(), members: members(), ...range(path, fields) }, subjects: [] };
    case "channel_total": {
      allow("channel", "min", "max");
      const channel = readMember(`${path}.channel`, fields.channel, channels);
      const subjects = ["channel_total_min", "channel_total_max"].map((side) => ({ type: side, channel }));
      return { constraint: { type, channel, ...range(path, fields) }, subjects };
    }
    case "commitment": {
      allow("channel", "week", "value");
      const channel = readMember(`${path}.channel`, fields.channel, channels);
      const week = readCount(`${path}.week`, fields.week, 1, weeks) - 1;
      return { constraint: { type, channel, week, value: value() }, subjects: [] };
    }
    case "pacing_pct": {
      allow("value", "members", "from_before");
      const fromBefore = fields.from_before ?? false;
      if (typeof fromBefore !== "boolean")
        refuse(`${path}.from_before`, `must be true or false, got ${show(fromBefore)}`);
      const whom = fields.members === undefined ? {} : { members: members() };
      return { constraint: { type, value: value(), fromBefore, ...whom }, subjects: [{ type }] };
    }
    default:
      return refuse(`${path}.type`, `is not a known kind of limit by week: ${show(type)}`);
  }
}

function range(path: string, fields: Fields): { min: number | null; max: number | null } {
  const min = readOptional(`${path}.min`, fields.min);
  const max = readOptional(`${path}.max`, fields.max);
  if (min !== null && max !== null && max < min) refuse(`${path}.max`, `must not be below min (${min}), got ${max}`);
  return { min, max };
}

/** Each side is one number for every week, a list with one a week, or nothing. */
function weeklyRange(path: string, fields: Fields, weeks: number) {
  const side = (field: "min" | "max") =>
    fields[field] === undefined || fields[field] === null
      ? null
      : readByWeek(`${path}.${field}`, fields[field], readOptional, weeks);
  return { min: side("min"), max: side("max") };
}
