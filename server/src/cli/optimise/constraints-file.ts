import { type ChannelPlan, parseAllocationProblem } from "@touchline/solver";
import { z } from "zod";
import { ChannelBounds, ProposeInput } from "../../contract/index.ts";
import type { PlanLimits } from "../../planning/index.ts";
import { UserError } from "../../user-error.ts";
import type { CommandIo } from "../io.ts";
import { LARGEST_AMOUNT } from "./plan-options.ts";
import { readJson } from "./read-json.ts";

/** Conversions that cost nothing are no ceiling that a plan could be held to. */
const Cost = z.number().positive().max(LARGEST_AMOUNT).nullish();

/** What a constraints file may say of one channel, or of the plan, beside the limits of a problem file. */
const Bound = z.strictObject(
  ChannelBounds.omit({ channel: true, locked: true }).extend({
    lower: z.number().min(0).max(LARGEST_AMOUNT).nullish(),
    upper: z.number().min(0).max(LARGEST_AMOUNT).nullish(),
    locked: z.boolean().nullish(),
    maxCpa: Cost,
  }).shape,
);
const BOUND_KEYS = Object.keys(Bound.shape).join(", ");

const PlanWishes = ProposeInput.pick({
  goal: true,
  productWeights: true,
  target: true,
  caution: true,
  minRoas: true,
  maxCpa: true,
  groups: true,
  capacities: true,
  contacts: true,
});

const ConstraintsFile = z.strictObject({
  constraints: z.array(z.unknown()).default([]),
  /** By channel, or a list whose entries name theirs. */
  bounds: z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]).default({}),
  objective: z.unknown().optional(),
  ...PlanWishes.shape,
  maxCpa: Cost,
});

type FileBounds = PlanLimits["bounds"];
export type FileLimits = Pick<PlanLimits, "bounds"> & Partial<Omit<PlanLimits, "bounds">>;

/**
 * Reads a constraints file: limits and objective with the rules of a problem file, bounds by channel, and what a plan can be asked
 * for besides.
 * @param channels that a limit may name
 * @throws UserError naming what is wrong
 */
export function readConstraints(file: string, channels: readonly string[], io: CommandIo): FileLimits {
  const parsed = ConstraintsFile.safeParse(readJson(file, io));
  if (!parsed.success) throw new UserError(`${file}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
  const { constraints, bounds, objective, ...wishes } = parsed.data;
  // The problem's own reader judges limits and objective: any curve will do for that.
  const probe = parseAllocationProblem({
    ...(objective === undefined ? {} : { objective }),
    channels: channels.map((name) => ({ name, curve: { type: "hill", beta: 1, k: 1, s: 1 }, current: 1 })),
    constraints,
  });
  if (probe.kind === "refused") throw new UserError(`${file}: ${probe.reason}`);
  const all = [...requireBounds(file, bounds), ...probe.problem.channels.flatMap(boundOf)];
  const twice = all.find(({ channel }, i) => all.findIndex((other) => other.channel === channel) < i);
  if (twice !== undefined) throw new UserError(`${file}: ${JSON.stringify(twice.channel)} is bounded twice`);
  return {
    ...wishes,
    bounds: all,
    constraints: probe.problem.constraints,
    ...(objective === undefined ? {} : { objective: probe.problem.objective }),
  };
}

/** What the limits of a file ask of one channel alone. */
function boundOf({ name, lower, upper, minimumIfOn, step }: ChannelPlan): FileBounds {
  if (lower === 0 && upper === null && minimumIfOn === undefined && step === undefined) return [];
  return [
    {
      channel: name,
      lower: lower > 0 ? lower : null,
      upper,
      locked: false,
      ...(minimumIfOn === undefined ? {} : { minimumIfOn }),
      ...(step === undefined ? {} : { step }),
    },
  ];
}

/** @throws UserError when a bound is wrong or names no channel */
function requireBounds(file: string, bounds: z.output<typeof ConstraintsFile>["bounds"]): FileBounds {
  if (!Array.isArray(bounds)) return Object.entries(bounds).map(([channel, json]) => requireBound(file, channel, json));
  return bounds.map(({ channel, name, ...json }, i) => {
    const named = channel ?? name;
    if (typeof named !== "string") throw new UserError(`${file}: bounds[${i}]: names no channel`);
    return requireBound(file, named, json);
  });
}

/** The bounds of one channel. @throws UserError naming channel and key */
function requireBound(file: string, channel: string, json: unknown): FileBounds[number] {
  const parsed = Bound.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const fault =
      issue.code === "unrecognized_keys"
        ? `${issue.keys.map((key) => JSON.stringify(key)).join(", ")} is not known; use ${BOUND_KEYS}`
        : [...issue.path, issue.message].join(": ");
    throw new UserError(`${file}: bounds of ${JSON.stringify(channel)}: ${fault}`);
  }
  const { lower, upper, locked, ...wishes } = parsed.data;
  return { channel, lower: lower ?? null, upper: upper ?? null, locked: locked ?? false, ...wishes };
}
