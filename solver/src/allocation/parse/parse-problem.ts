import { isLinearModel, type LinearModel, readLinearModel } from "../../linear/index.ts";
import { checkLinearModel } from "../../linear/model.ts";
import type { DrawsProblem } from "../draws/problem.ts";
import type { AllocationProblem } from "../problem.ts";
import type { WeeksProblem } from "../weeks/problem.ts";
import type { LimitNames } from "./limit-names.ts";
import { readChannel } from "./read-channel.ts";
import { readDrawnChannels, readDrawsObjective, withFirstDraw } from "./read-draws.ts";
import {
  type Fields,
  guard,
  type Refused,
  readAmount,
  readList,
  readObject,
  refuse,
  refuseMisplaced,
  refuseRepeats,
} from "./read-fields.ts";
import { type Limits, readLimits } from "./read-limits.ts";
import { readObjective } from "./read-objective.ts";
import { isAboutWeeks, readWeeks } from "./read-weeks.ts";

/** A problem file, read and checked: plain data, which may be sent to another thread. */
export type ParsedProblem =
  | { readonly layout: "one-period"; readonly problem: AllocationProblem; readonly names: LimitNames }
  /** The same problem at several budgets; `problem` has none of its own */
  | {
      readonly layout: "frontier";
      readonly problem: AllocationProblem;
      readonly names: LimitNames;
      readonly sense: "=" | "<=";
      readonly budgets: readonly number[];
    }
  | { readonly layout: "weeks"; readonly problem: WeeksProblem; readonly names: LimitNames }
  | { readonly layout: "draws"; readonly problem: DrawsProblem; readonly names: LimitNames }
  /** No curves at all: a linear model of the user's own */
  | { readonly layout: "linear"; readonly model: LinearModel };

/**
 * Reads a problem from JSON that nobody has checked, in any of the layouts: one period (curves may be S-shaped, channels on or
 * off, spend in steps), the frontier over several budgets, draws of curves, weeks with carry-over, or a linear model without curves.
 *
 * Fields beside the problem and beside a channel's own are left alone, so that a file may carry its answer, notes or a
 * name; inside an objective, a curve or a limit an unknown field is refused, because there it was meant to change the plan.
 */
export function parseProblem(json: unknown): { readonly kind: "ok"; readonly parsed: ParsedProblem } | Refused {
  return guard(() => {
    const fields = readObject("problem", json);
    const linear = findLinearModel(fields);
    return { kind: "ok", parsed: linear === null ? readProblem(fields) : readLinear(linear) };
  });
}

/** Reads a problem of one period: the layout of limits that go with curves of one's own. */
export function parseAllocationProblem(
  json: unknown,
): { readonly kind: "ok"; readonly problem: AllocationProblem; readonly names: LimitNames } | Refused {
  return guard(() => {
    const { problem, names } = readOnePeriod(readObject("problem", json));
    return { kind: "ok", problem, names };
  });
}

function readProblem(fields: Fields): ParsedProblem {
  const channels = readList("channels", fields.channels).map((item, i) => readObject(`channels[${i}]`, item));
  if (channels.some((channel) => "curve_draws" in channel) || isAboutDraws(fields.objective)) return readDraws(fields);
  if (isAboutWeeks(fields, channels)) return { layout: "weeks", ...readWeeks(fields) };
  if ("frontier" in fields || "budgets" in fields) return readFrontier(fields);
  return readOnePeriod(fields);
}

/** The file itself, or what stands in it under the name of a model. */
function findLinearModel(fields: Fields): Fields | null {
  const inside = [fields.model, fields.jsLpSolverModel].flatMap((one) =>
    typeof one === "object" && one !== null && !Array.isArray(one) ? [Object.fromEntries(Object.entries(one))] : [],
  );
  return [fields, ...inside].find(isLinearModel) ?? null;
}

function readLinear(fields: Fields): ParsedProblem {
  const read = readLinearModel(fields);
  if (read.kind === "refused") refuse("model", read.reason);
  const fault = checkLinearModel(read.model);
  return fault === null ? { layout: "linear", model: read.model } : refuse("model", fault);
}

function isAboutDraws(objective: unknown): boolean {
  const type = typeof objective === "object" && objective !== null && "type" in objective ? objective.type : null;
  return type === "mean_of_draws" || type === "cvar_of_draws" || type === "cautious";
}

function readChannels<T extends { readonly name: string }>(
  fields: Fields,
  read: (path: string, json: unknown) => T,
): T[] {
  const channels = readList("channels", fields.channels).map((item, i) => read(`channels[${i}]`, item));
  if (channels.length === 0) refuse("channels", "must name at least one channel");
  refuseRepeats("channels", "name", channels);
  return channels;
}

function readOnePeriod(
  fields: Fields,
  understood: readonly string[] = [],
): Extract<ParsedProblem, { layout: "one-period" }> {
  refuseMisplaced("problem", fields, understood);
  const named = readChannels(fields, readChannel);
  const objective = readObjective(fields.objective, named);
  const { names, ...limits } = readLimits(readList("constraints", fields.constraints ?? []), named);
  if (objective.type === "min_spend" && !limits.constraints.some(({ type }) => type === "min_total_response"))
    refuse("constraints", "must hold a min_total_response, which min_spend needs");
  return { layout: "one-period", problem: { objective, ...limits }, names };
}

/** The budgets stand in a list of their own, or in the entries of `frontier`; answers beside them are left alone. */
function readFrontier(fields: Fields): ParsedProblem {
  const { problem, names } = readOnePeriod(fields, ["frontier", "budgets"]);
  const path = "budgets" in fields ? "budgets" : "frontier";
  const budgets = readList(path, fields[path]).map((item, i) => {
    const at = `${path}[${i}]`;
    return typeof item === "number" ? readAmount(at, item) : readAmount(`${at}.budget`, readObject(at, item).budget);
  });
  if (budgets.length === 0) refuse(path, "must hold at least one budget");
  if (problem.objective.type === "min_spend") refuse("objective.type", "must not be min_spend where budgets are given");
  const total = problem.constraints.find(({ type }) => type === "total_spend");
  const sense = total?.type === "total_spend" ? total.sense : "=";
  const constraints = problem.constraints.filter((constraint) => constraint !== total);
  return { layout: "frontier", problem: { ...problem, constraints }, names, sense, budgets };
}

function readDraws(fields: Fields): ParsedProblem {
  refuseMisplaced("problem", fields, []);
  const channels = readDrawnChannels(readList("channels", fields.channels));
  const objective = readDrawsObjective(fields.objective, channels);
  const limits: Limits = readLimits(readList("constraints", fields.constraints ?? []), withFirstDraw(channels));
  if (limits.channels.some((one) => one.step !== undefined || one.minimumIfOn !== undefined))
    refuse("constraints", "must not ask for steps or all or nothing where channels have draws");
  const bounded = channels.map((channel, i) => ({
    ...channel,
    lower: limits.channels[i]!.lower,
    upper: limits.channels[i]!.upper,
  }));
  return {
    layout: "draws",
    problem: { objective, channels: bounded, constraints: limits.constraints },
    names: limits.names,
  };
}
