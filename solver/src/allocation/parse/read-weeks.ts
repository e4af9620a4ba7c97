import { isConcave } from "../../response/curve-families.ts";
import type { WeeksChannel, WeeksConstraint, WeeksProblem } from "../weeks/problem.ts";
import { type LimitNames, limitKey } from "./limit-names.ts";
import { readAdstock } from "./read-adstock.ts";
import { readCurve } from "./read-curve.ts";
import {
  type Fields,
  readAmount,
  readByWeek,
  readCount,
  readList,
  readName,
  readObject,
  readOptional,
  readPositive,
  refuse,
  refuseMisplaced,
  refuseRepeats,
  show,
} from "./read-fields.ts";
import { readWeights } from "./read-objective.ts";
import { readWeeksConstraint } from "./read-weeks-constraint.ts";

const WEEKLY_FIELDS = ["adstock", "week_lower", "week_upper", "pre_spend", "cost_index"];
/** Ten years. */
const MOST_WEEKS = 520;
const WEEKLY_LIMITS = ["weekly_spend", "group_weekly_spend", "pacing_pct", "commitment", "channel_total"];

/** Whether a problem is one by week: it has a season or a number of weeks, or somebody in it knows of weeks. */
export function isAboutWeeks(fields: Fields, channels: readonly Fields[]): boolean {
  const limits = Array.isArray(fields.constraints) ? fields.constraints : [];
  return (
    "weeks" in fields ||
    "season" in fields ||
    channels.some((channel) => WEEKLY_FIELDS.some((field) => field in channel)) ||
    limits.some((limit) => typeof limit === "object" && limit !== null && WEEKLY_LIMITS.includes(limit.type))
  );
}

export function readWeeks(fields: Fields): { readonly problem: WeeksProblem; readonly names: LimitNames } {
  refuseMisplaced("problem", fields, ["weeks", "season"]);
  const items = readList("channels", fields.channels).map((item, i) => readObject(`channels[${i}]`, item));
  if (items.length === 0) refuse("channels", "must name at least one channel");
  const kernels = items.map((item, i) => readAdstock(`channels[${i}].adstock`, item.adstock));
  const tail = Math.max(...kernels.map((kernel) => kernel.length)) - 1;
  const given = fields.season === undefined ? null : readSeason("season", fields.season);
  const weeks = countWeeks(fields, given, tail);
  const season = given ?? Array.from({ length: weeks + tail }, () => 1);
  if (season.length < weeks) refuse("season", `must have at least one number a week (${weeks}), got ${season.length}`);
  const channels = items.map((item, i) => readWeeksChannel(`channels[${i}]`, item, kernels[i]!, weeks, season.length));
  refuseRepeats("channels", "name", channels);
  const { constraints, names } = readWeeksLimits(fields, items, channels, weeks);
  return {
    problem: { objective: readWeeksObjective(fields.objective, channels), weeks, season, channels, constraints },
    names,
  };
}

/** As said; else as the model's own sentence says; else the season less the weeks in which the last spend dies away. */
function countWeeks(fields: Fields, season: readonly number[] | null, tail: number): number {
  if (fields.weeks !== undefined) return readCount("weeks", fields.weeks, 1, MOST_WEEKS);
  const last = typeof fields.model === "string" ? /spend after week (\d+) is 0/.exec(fields.model)?.[1] : undefined;
  if (last !== undefined) return Number(last) + 1;
  if (season === null) refuse("weeks", "must say how many weeks are planned");
  if (season.length <= tail)
    refuse("weeks", "must say how many weeks are planned: the season is shorter than the carry-over");
  return season.length - tail;
}

function readSeason(path: string, json: unknown): readonly number[] {
  const season = readList(path, json).map((index, week) => readAmount(`${path}[${week}]`, index));
  return season.length > 0 ? season : refuse(path, "must have a number for every week");
}

function readWeeksObjective(json: unknown, channels: readonly { readonly name: string }[]): WeeksProblem["objective"] {
  if (json === undefined) return {};
  const fields = readObject("objective", json);
  const { type, name: _, ...weights } = fields;
  if (type !== "max_response" && type !== "max_profit" && type !== "target_mroi")
    refuse("objective.type", `must be max_response, max_profit or target_mroi in a problem by week, got ${show(type)}`);
  for (const field of Object.keys(weights))
    if (!["response_weight", "spend_weight", "weights"].includes(field))
      refuse(`objective.${field}`, "is not a known field");
  const read = readWeights(fields, channels);
  if (type !== "max_response" && read.spend_weight === undefined)
    refuse("objective.spend_weight", `is needed by ${type}`);
  return read;
}

function readWeeksChannel(
  path: string,
  fields: Fields,
  kernel: readonly number[],
  weeks: number,
  counted: number,
): WeeksChannel {
  refuseMisplaced(path, fields, ["adstock", "season"]);
  for (const field of ["min_if_on", "step"])
    if (field in fields) refuse(`${path}.${field}`, "is not supported in a problem by week");
  const curve = readCurve(`${path}.curve`, fields.curve);
  if (!isConcave(curve)) refuse(`${path}.curve`, "is not concave: S-shaped curves are not supported by week");
  const byWeek = <T>(
    field: string,
    read: (path: string, json: unknown) => T,
    length = weeks,
  ): T | readonly T[] | undefined =>
    fields[field] === undefined || fields[field] === null
      ? undefined
      : readByWeek(`${path}.${field}`, fields[field], read, length);
  const list = <T>(value: T | readonly T[], length: number): readonly T[] =>
    Array.isArray(value) ? value : Array.from({ length }, () => value as T);
  const costs = byWeek("cost_index", readPositive);
  const season = byWeek("season", readAmount, counted);
  const before =
    fields.pre_spend === undefined || fields.pre_spend === null ? [] : readList(`${path}.pre_spend`, fields.pre_spend);
  return {
    name: readName(`${path}.name`, fields.name),
    curve,
    kernel,
    before: before.map((spend, i) => readAmount(`${path}.pre_spend[${i}]`, spend)),
    lower: byWeek("week_lower", readAmount) ?? 0,
    upper: byWeek("week_upper", readOptional) ?? null,
    ...(season === undefined ? {} : { season: list(season, counted) }),
    ...(costs === undefined ? {} : { costIndex: list(costs, weeks) }),
  };
}

/** Limits of the file, and the bounds over all weeks that channels carry themselves. */
function readWeeksLimits(
  fields: Fields,
  items: readonly Fields[],
  channels: readonly WeeksChannel[],
  weeks: number,
): { readonly constraints: readonly WeeksConstraint[]; readonly names: LimitNames } {
  const names: Record<string, string> = {};
  const constraints: WeeksConstraint[] = [];
  for (const [i, { lower, upper }] of items.entries()) {
    const min = readOptional(`channels[${i}].lower`, lower);
    const max = readOptional(`channels[${i}].upper`, upper);
    if (min !== null && max !== null && max < min)
      refuse(`channels[${i}].upper`, `must not be below lower (${min}), got ${max}`);
    if (min !== null || max !== null) constraints.push({ type: "channel_total", channel: channels[i]!.name, min, max });
  }
  for (const [i, item] of readList("constraints", fields.constraints ?? []).entries()) {
    const path = `constraints[${i}]`;
    const read = readObject(path, item);
    const { constraint, subjects } = readWeeksConstraint(path, read, channels, weeks);
    const isTwice = constraints.some(
      ({ type }) => type === constraint.type && (type === "total_spend" || type === "weekly_spend"),
    );
    if (isTwice) refuse(`${path}.type`, `${constraint.type} is given twice`);
    if ("name" in constraint && constraints.some((other) => "name" in other && other.name === constraint.name))
      refuse(`${path}.name`, `${show(constraint.name)} is the name of another limit already`);
    constraints.push(constraint);
    if (typeof read.name === "string" && read.name !== "")
      for (const subject of subjects) names[limitKey(subject)] = read.name;
  }
  return { constraints, names };
}
