import type { Curve } from "../../response/curve-families.ts";

/**
 * A plan by week: what is spent in one week works on for some weeks, and every channel's response bends with what is at work.
 *
 *     at_work[i][t]   = sum over k of kernel_i[k] * spend[i][t - k] / cost_index_i[t - k]       weeks before 0: `before`
 *     value           = response_weight * sum over t of season[t] * sum over i of weight_i * season_i[t] * f_i(at_work[i][t])
 *                       + spend_weight * all spend
 *
 * for t from 0 to the last counted week. Money and response share one currency unit. Costs a touch that rise with spend within
 * a week need nothing of their own: they are part of the response curve (delivery, then effect).
 */
export interface WeeksProblem {
  readonly objective: WeeksObjective;
  /** Weeks that are planned */
  readonly weeks: number;
  /**
   * Multiplier of response by counted week: the planned weeks first, then those after them in which spend still works. As long
   * as `weeks`: what works later is cut off and reported as `afterHorizon`.
   */
  readonly season: readonly number[];
  readonly channels: readonly WeeksChannel[];
  readonly constraints: readonly WeeksConstraint[];
}

export interface WeeksObjective {
  /** above 0, 1 where absent */
  readonly response_weight?: number;
  /** at most 0, 0 where absent */
  readonly spend_weight?: number;
  /** By channel, worth of one unit of its response; 1 where absent */
  readonly weights?: Readonly<Record<string, number>>;
}

export interface WeeksChannel {
  readonly name: string;
  /** Response of one week to what is at work in it. Concave; draws come as a mixture */
  readonly curve: Curve;
  /** Share of spend at work in the week it is spent, the week after, ...; [1] without carry-over; see the adstock kernels */
  readonly kernel: readonly number[] | Float64Array;
  /** Spend of the weeks before the first, oldest first, in today's prices; the kernel's length less one of them matter */
  readonly before: readonly number[];
  /** Bounds of every week, or one a week; null: no upper bound */
  readonly lower: number | readonly number[];
  readonly upper: number | null | readonly (number | null)[];
  /** Multiplies `season`, as long as it; all 1 where absent */
  readonly season?: readonly number[];
  /** Price of a touch by planned week, 1 being the price that the curve was fitted at; all 1 where absent */
  readonly costIndex?: readonly number[];
}

/** A null bound is none. A bound by week is one number for all weeks or one a week. */
export type WeeksConstraint =
  /** spend of all channels and weeks */
  | { readonly type: "total_spend"; readonly sense: "=" | "<="; readonly value: number }
  /** spend of all channels in each week */
  | { readonly type: "weekly_spend"; readonly min: ByWeek | null; readonly max: ByWeek | null }
  /** spend of the members in each week */
  | {
      readonly type: "group_weekly_spend";
      readonly name: string;
      readonly members: readonly string[];
      readonly min: ByWeek | null;
      readonly max: ByWeek | null;
    }
  /** spend of the members over all weeks */
  | {
      readonly type: "group_spend";
      readonly name: string;
      readonly members: readonly string[];
      readonly min: number | null;
      readonly max: number | null;
    }
  /** spend of one channel over all weeks */
  | {
      readonly type: "channel_total";
      readonly channel: string;
      readonly min: number | null;
      readonly max: number | null;
    }
  /** already promised: exactly this is spent */
  | { readonly type: "commitment"; readonly channel: string; readonly week: number; readonly value: number }
  /**
   * Steady pacing: no channel (of the members, all where absent) changes by more than value % from one week to the next; with
   * `fromBefore` neither from the last week before. Committed weeks may jump among themselves.
   */
  | {
      readonly type: "pacing_pct";
      readonly value: number;
      readonly members?: readonly string[];
      readonly fromBefore?: boolean;
    };

type ByWeek = number | readonly (number | null)[];

/** One limit with one number in it. `week` counts from 0. */
export type WeeksLimit =
  | { readonly type: "total_spend"; readonly sense: "=" | "<="; readonly value: number }
  | {
      readonly type: "channel_week_min" | "channel_week_max" | "commitment";
      readonly channel: string;
      /** Absent where one number holds for all weeks */
      readonly week?: number;
      readonly value: number;
    }
  | { readonly type: "weekly_min" | "weekly_max"; readonly week?: number; readonly value: number }
  | {
      readonly type: "group_week_min" | "group_week_max";
      readonly group: string;
      readonly week?: number;
      readonly value: number;
    }
  | { readonly type: "group_min" | "group_max"; readonly group: string; readonly value: number }
  | { readonly type: "channel_total_min" | "channel_total_max"; readonly channel: string; readonly value: number }
  | { readonly type: "pacing_pct"; readonly value: number };

export type WeeksAllocation = OptimalWeeks | InfeasibleWeeks | StoppedWeeks;

/** The best plan within the limits, with its proof. Lists by channel are in the problem's order, then by week. */
export interface OptimalWeeks {
  readonly status: "optimal";
  /** By channel, one number a planned week */
  readonly spend: readonly Float64Array[];
  readonly weeklyTotal: Float64Array;
  /** By channel, one number a counted week: response with season, before any weights */
  readonly response: readonly Float64Array[];
  readonly objectiveValue: number;
  /** Objective without any spend in the planned weeks: what the weeks before still bring */
  readonly carryInValue: number;
  /** Response of this spend in weeks after the last counted one, at the last season known; 0 where all of it is counted */
  readonly afterHorizon: number;
  readonly duals: WeeksDuals;
  readonly certificate: WeeksCertificate;
  /** Every limit that the plan stands on and that costs something */
  readonly binding: readonly WeeksBinding[];
}

/** Change of the objective for one more unit of money allowed by the limit; 0 where it does not bind. */
export interface WeeksDuals {
  /** null where there is no total */
  readonly budget: number | null;
  /** By planned week: the weekly maximum's price less the weekly minimum's */
  readonly weekly: Float64Array;
  /** By channel, one a planned week: 0 between the bounds, above 0 at the upper one, below 0 at the lower one */
  readonly reducedCost: readonly Float64Array[];
}

export interface WeeksCertificate {
  /** No plan within the limits is worth more: a Lagrangian bound from tangents and prices, independent of how the plan was found */
  readonly upperBound: number;
  /** (upperBound - objectiveValue), relative to the objective */
  readonly gap: number;
  /** Worst breach of any limit, relative to the limit */
  readonly feasibility: number;
  /** Newton steps, and linear programmes solved where those were not enough */
  readonly steps: number;
  readonly passes: number;
}

export interface WeeksBinding {
  readonly limit: WeeksLimit;
  /** Week that the limit binds in, where it is one on weeks */
  readonly week?: number;
  /** Channel that is held, where the limit is one on channels */
  readonly channel?: string;
  readonly price: number;
}

export interface InfeasibleWeeks {
  readonly status: "infeasible";
  /** Limits that contradict each other; dropping any one of them ends this contradiction */
  readonly conflict: readonly WeeksLimit[];
  /** Single numbers that would make the problem possible, least relative change first */
  readonly repairs: readonly WeeksRepair[];
}

export interface WeeksRepair {
  readonly limit: WeeksLimit;
  readonly to: number;
}

/** No answer that could be proved. Nothing is returned in its place. */
export interface StoppedWeeks {
  readonly status: "stopped";
  readonly reason: string;
}
