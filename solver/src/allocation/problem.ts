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
 * All maximise `response_weight * response + spend_weight * spend`, where every channel's response counts `weights` times:
 * max_response pays nothing for spend, max_profit weighs response by the margin and spend by -1, target_mroi weighs spend
 * by minus the marginal return that is asked for (spend until the next unit brings no more than that). min_spend looks for
 * the least spend and needs a limit that asks for something, such as min_total_response; its weights are 0 and -1, so that
 * the objective is minus the spend.
 */
export interface Objective {
  readonly type: "max_response" | "max_profit" | "target_mroi" | "min_spend";
  /** above 0; 0 for min_spend */
  readonly response_weight: number;
  /** at most 0; -1 for min_spend */
  readonly spend_weight: number;
  /** By channel, worth of one unit of its response (margin or predicted value of its product group); 1 where absent */
  readonly weights?: Readonly<Record<string, number>>;
}

export interface ChannelPlan {
  readonly name: string;
  readonly curve: Curve;
  readonly lower: number;
  /** null: no upper bound */
  readonly upper: number | null;
  /** today's spend; null where nobody knows it, which change_limit_pct does not accept */
  readonly current: number | null;
  /** all or nothing: spend is 0 or at least this */
  readonly minimumIfOn?: number;
  /** spend is a whole multiple of this */
  readonly step?: number;
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
  | { readonly type: "channel_roas_floor"; readonly values: Readonly<Record<string, number>> }
  /** response of the members together >= value * their spend */
  | {
      readonly type: "group_roas_floor";
      readonly name: string;
      readonly members: readonly string[];
      readonly value: number;
    }
  /** response of all channels together >= value, each counted `weights` times: in units of response where there are none */
  | {
      readonly type: "min_total_response";
      readonly value: number;
      readonly weights?: Readonly<Record<string, number>>;
    }
  /** spend of the members (all channels where absent) <= value, money a conversion, * their conversions */
  | {
      readonly type: "cpa_ceiling";
      readonly value: number;
      /** by channel, conversions a unit of response; none where absent */
      readonly conversions: Readonly<Record<string, number>>;
      readonly members?: readonly string[];
    }
  /**
   * Stock of a thing, calls, catalogues: no more than value of it can be sold, and response that would need more is worth
   * nothing and counts for no target or floor. Spending on is allowed.
   */
  | {
      readonly type: "response_cap";
      readonly name: string;
      readonly value: number;
      /** by channel, units of the thing that go with one unit of its response; none where absent */
      readonly perResponse: Readonly<Record<string, number>>;
    }
  /** touches delivered <= value: people * cap of messages a person and week * weeks */
  | {
      readonly type: "contact_cap";
      readonly name: string;
      readonly value: number;
      /** by channel, touches a unit of spend, or the delivery curve (touches by spend); none where absent */
      readonly touches: Readonly<Record<string, number | Curve>>;
    }
  /** min <= sum of weight * spend <= max; a weight may be negative, absent means 0 */
  | {
      readonly type: "weighted_spend";
      readonly name: string;
      readonly weights: Readonly<Record<string, number>>;
      readonly min: number | null;
      readonly max: number | null;
    };

/** One limit with one number in it: what a conflict lists, what a repair changes and what a shadow price belongs to. */
export type Limit =
  | { readonly type: "total_spend"; readonly sense: "=" | "<="; readonly value: number }
  | {
      readonly type: "channel_min" | "channel_max" | "channel_roas_floor";
      readonly channel: string;
      readonly value: number;
    }
  | { readonly type: "group_min" | "group_max"; readonly group: string; readonly value: number }
  | { readonly type: "change_limit_pct" | "blended_roas_floor" | "min_total_response"; readonly value: number }
  /** `name` is the constraint's; weighted_min and weighted_max are the two sides of a weighted_spend */
  | {
      readonly type: "group_roas_floor" | "response_cap" | "contact_cap" | "weighted_min" | "weighted_max";
      readonly name: string;
      readonly value: number;
    }
  | { readonly type: "cpa_ceiling"; readonly value: number; readonly members?: readonly string[] };

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
      case "weighted_spend": {
        const { name, min, max } = constraint;
        if (min !== null) limits.push({ type: "weighted_min", name, value: min });
        if (max !== null) limits.push({ type: "weighted_max", name, value: max });
        break;
      }
      case "group_roas_floor":
      case "response_cap":
      case "contact_cap":
        limits.push({ type: constraint.type, name: constraint.name, value: constraint.value });
        break;
      case "cpa_ceiling": {
        const { type, value, members } = constraint;
        limits.push(members === undefined ? { type, value } : { type, value, members });
        break;
      }
      default:
        limits.push({ type: constraint.type, value: constraint.value });
    }
  }
  return limits;
}
