import type { Curve } from "../response/curve-families.ts";

/**
 * What is to be planned: channels with their response curves, an objective and the limits that hold.
 * Money and response share one currency unit; spend is never negative.
 */
export interface AllocationProblem {
  readonly objective: Objective;
  readonly channels: readonly ChannelPlan[];
  readonly constraints: readonly Constraint[];
}

/**
 * All three maximise `response_weight * response + spend_weight * spend`:
 * max_response pays nothing for spend, max_profit weighs response by the margin and spend by -1, target_mroi weighs spend
 * by minus the marginal return that is asked for (spend until the next unit brings no more than that).
 */
export interface Objective {
  readonly type: "max_response" | "max_profit" | "target_mroi";
  /** above 0 */
  readonly response_weight: number;
  /** at most 0 */
  readonly spend_weight: number;
}

export interface ChannelPlan {
  readonly name: string;
  readonly curve: Curve;
  readonly lower: number;
  /** null: no upper bound */
  readonly upper: number | null;
  /** today's spend; null where nobody knows it, which change_limit_pct does not accept */
  readonly current: number | null;
}

export type Constraint =
  | { readonly type: "total_spend"; readonly sense: "=" | "<="; readonly value: number }
  | {
      readonly type: "group_spend";
      readonly name: string;
      readonly members: readonly string[];
      readonly min: number | null;
      readonly max: number | null;
    }
  /** every channel stays within value % of its current spend */
  | { readonly type: "change_limit_pct"; readonly value: number }
  /** response of all channels together >= value * their spend */
  | { readonly type: "blended_roas_floor"; readonly value: number }
  /** response >= floor * spend, channel by channel */
  | { readonly type: "channel_roas_floor"; readonly values: Readonly<Record<string, number>> };

/** One limit with one number in it: what a conflict lists, what a repair changes and what a shadow price belongs to. */
export type Limit =
  | { readonly type: "total_spend"; readonly sense: "=" | "<="; readonly value: number }
  | {
      readonly type: "channel_min" | "channel_max" | "channel_roas_floor";
      readonly channel: string;
      readonly value: number;
    }
  | { readonly type: "group_min" | "group_max"; readonly group: string; readonly value: number }
  | { readonly type: "change_limit_pct" | "blended_roas_floor"; readonly value: number };

/** The limits of a problem one by one. A minimum of 0 is no limit: spend cannot be negative. */
export function limitsOf(problem: AllocationProblem): Limit[] {
  const limits: Limit[] = [];
  for (const { name, lower, upper } of problem.channels) {
    if (lower > 0) limits.push({ type: "channel_min", channel: name, value: lower });
    if (upper !== null) limits.push({ type: "channel_max", channel: name, value: upper });
  }
  for (const constraint of problem.constraints) {
    switch (constraint.type) {
      case "group_spend": {
        const { name: group, min, max } = constraint;
        if (min !== null && min > 0) limits.push({ type: "group_min", group, value: min });
        if (max !== null) limits.push({ type: "group_max", group, value: max });
        break;
      }
      case "channel_roas_floor":
        for (const { name: channel } of problem.channels) {
          const value = constraint.values[channel];
          if (value !== undefined && value > 0) limits.push({ type: "channel_roas_floor", channel, value });
        }
        break;
      case "total_spend":
        limits.push({ type: constraint.type, sense: constraint.sense, value: constraint.value });
        break;
      default:
        limits.push({ type: constraint.type, value: constraint.value });
    }
  }
  return limits;
}
