import {
  type AllocationProblem,
  type ChannelPlan,
  type Constraint,
  type Curve,
  curveValue,
  isConcave,
  type Objective,
} from "@touchline/solver";
import { type ChannelBounds, DAYS_PER_PERIOD } from "../contract/index.ts";
import type { PlanFacts } from "./plan-facts.ts";
import type { PlanLimits, PlannedChannel, PreparedChannels } from "./prepare-channels.ts";

/** A channel without a curve is held: what it brings cannot be told and stays out of the sum. */
export const NO_RESPONSE: Curve = { type: "hill", beta: 0, k: 1, s: 1 };

/** The optimiser's problem: responses are revenue of a period, whatever the goal, so that ROAS floors read as they are meant. */
export function planProblem(
  { channels, budget, today }: PreparedChannels,
  limits: PlanLimits,
  facts: PlanFacts,
): AllocationProblem {
  return {
    objective: limits.objective ?? objectiveOf(limits, facts),
    channels: channels.map((channel) => channelPlan(channel, limits.bounds)),
    constraints: [
      ...totalLimit(limits, { budget, today }, facts),
      ...(limits.maxChange === null ? [] : [{ type: "change_limit_pct" as const, value: limits.maxChange * 100 }]),
      ...returnLimits(limits, facts),
      ...groupLimits(limits, facts),
      ...thingLimits(limits, facts),
      ...(limits.constraints ?? []),
    ],
  };
}

/** What is asked of one channel alone; a commitment is a floor and a cap, and an all-or-nothing channel is free to be off. */
export function settleBounds(limits: PlanLimits): PlanLimits {
  const bounds = limits.bounds.map((each): ChannelBounds => {
    if (each.locked) return each;
    if (typeof each.fixed === "number") return { ...each, lower: each.fixed, upper: each.fixed };
    const isFreed = [each.minimumIfOn, each.step, each.minRoas, each.maxCpa].some(
      (value) => typeof value === "number" && value > 0,
    );
    return isFreed ? { ...each, lower: each.lower ?? 0 } : each;
  });
  return { ...limits, bounds };
}

export function isTarget(limits: PlanLimits): limits is PlanLimits & { target: number } {
  return typeof limits.target === "number";
}

function objectiveOf(limits: PlanLimits, { worth }: PlanFacts): Objective {
  if (isTarget(limits)) return { type: "min_spend", response_weight: 0, spend_weight: -1 };
  const weights = Object.keys(worth).length === 0 ? {} : { weights: worth };
  return limits.goal === "profit"
    ? { type: "max_profit", response_weight: 1, spend_weight: -1, ...weights }
    : { type: "max_response", response_weight: 1, spend_weight: 0, ...weights };
}

function channelPlan(channel: PlannedChannel, bounds: PlanLimits["bounds"]): ChannelPlan {
  const { name, current, asked, held } = channel;
  const curve = channel.curve ?? NO_RESPONSE;
  const own = held === null ? bounds.find(({ channel }) => channel === name) : undefined;
  return {
    ...{ name, curve: sameAt(curve, asked), ...asked, current },
    ...(own?.minimumIfOn ? { minimumIfOn: own.minimumIfOn } : {}),
    ...(own?.step ? { step: own.step } : {}),
  };
}

/**
 * A channel that cannot move needs no more of its curve than what it brings where it stays: a concave one through that point, so
 * that an S-shaped curve that does not matter makes no hard problem.
 */
export function sameAt(curve: Curve, { lower, upper }: PlannedChannel["asked"]): Curve {
  if (isConcave(curve) || lower !== upper) return curve;
  return lower > 0 ? { type: "hill", beta: 2 * curveValue(curve, lower), k: lower, s: 1 } : NO_RESPONSE;
}

/** Nobody looks for a target beyond so many times today's spend; curves that never end would promise any there. */
const FURTHEST = 100;

/** With a target the budget is only a cap. */
function totalLimit(
  limits: PlanLimits,
  { budget, today }: Pick<PreparedChannels, "budget" | "today">,
  { worth }: PlanFacts,
): Constraint[] {
  if (!isTarget(limits)) return [{ type: "total_spend", sense: limits.exact ? "=" : "<=", value: budget }];
  const weights = Object.keys(worth).length === 0 ? {} : { weights: worth };
  return [
    { type: "min_total_response", value: limits.target, ...weights },
    { type: "total_spend", sense: "<=", value: limits.budget ?? FURTHEST * today },
  ];
}

/** ROAS floors and CPA ceilings, overall and by channel. */
function returnLimits({ minRoas, maxCpa, bounds }: PlanLimits, { conversions }: PlanFacts): Constraint[] {
  const floors = bounds.flatMap((each) => (each.minRoas ? [[each.channel, each.minRoas] as const] : []));
  return [
    ...(minRoas ? [{ type: "blended_roas_floor" as const, value: minRoas }] : []),
    ...(floors.length === 0 ? [] : [{ type: "channel_roas_floor" as const, values: Object.fromEntries(floors) }]),
    ...(maxCpa ? [{ type: "cpa_ceiling" as const, value: maxCpa, conversions }] : []),
    ...bounds.flatMap((each) =>
      each.maxCpa ? [{ type: "cpa_ceiling" as const, value: each.maxCpa, conversions, members: [each.channel] }] : [],
    ),
  ];
}

function groupLimits({ groups = [] }: PlanLimits, { conversions }: PlanFacts): Constraint[] {
  return groups.flatMap(({ name, members, min, max, minRoas, maxCpa }): Constraint[] => [
    ...(min === null && max === null ? [] : [{ type: "group_spend" as const, name, members, min, max }]),
    ...(minRoas ? [{ type: "group_roas_floor" as const, name, members, value: minRoas }] : []),
    ...(maxCpa ? [{ type: "cpa_ceiling" as const, value: maxCpa, conversions, members }] : []),
  ]);
}

/** Stock, calls, catalogues and messages. Touches are counted at what one costs today, which beyond today's spend counts too many. */
function thingLimits({ capacities = [], contacts = [], period }: PlanLimits, facts: PlanFacts): Constraint[] {
  const weeks = DAYS_PER_PERIOD[period] / 7;
  return [
    ...capacities.map(({ name, value }): Constraint => {
      return { type: "response_cap", name, value, perResponse: facts.capacities[name] ?? {} };
    }),
    ...contacts.map(({ name, channels, people, perPersonAndWeek }): Constraint => {
      const touches = Object.fromEntries(channels.map((channel) => [channel, facts.touches[channel] ?? 0]));
      return { type: "contact_cap", name, value: people * perPersonAndWeek * weeks, touches };
    }),
  ];
}
