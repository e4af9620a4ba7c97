import { type Curve, curveSlope } from "../response/curve-families.ts";
import type { AllocationProblem, Limit, Objective } from "./problem.ts";
import { spendAtRoas } from "./reach.ts";

/**
 * An allocation problem as mathematics, channels by position:
 *
 *     maximise  w * sum f_i(x_i) - c * sum x_i
 *     subject to  lower <= x <= upper,  every row: sum of its members' x  (<=, >=, =)  value,  sum f_i(x_i) >= R * sum x_i
 */
export interface Programme {
  readonly curves: readonly Curve[];
  /** w, above 0 */
  readonly responseWeight: number;
  /** c, at least 0 */
  readonly spendCost: number;
  readonly lower: Float64Array;
  /** Infinity where nothing bounds the channel by itself */
  readonly upper: Float64Array;
  readonly rows: readonly SpendRow[];
  /** R; 0 where there is no floor */
  readonly roasFloor: number;
  /** The limit that sets each bound, null where it is the non-negativity of spend or nothing */
  readonly lowerBy: readonly (Limit | null)[];
  readonly upperBy: readonly (Limit | null)[];
}

export interface SpendRow {
  readonly limit: Limit;
  readonly members: readonly number[];
  readonly sense: "<=" | ">=" | "=";
  readonly value: number;
}

/** The problem with the limits given, which may be fewer or other than its own: that is how conflicts are searched. */
export function compileProgramme(
  problem: AllocationProblem,
  objective: Objective,
  limits: readonly Limit[],
): Programme {
  const { channels } = problem;
  const lower = new Float64Array(channels.length);
  const upper = new Float64Array(channels.length).fill(Number.POSITIVE_INFINITY);
  const lowerBy: (Limit | null)[] = channels.map(() => null);
  const upperBy: (Limit | null)[] = channels.map(() => null);
  const rows: SpendRow[] = [];
  let roasFloor = 0;

  const raise = (i: number, bound: number, limit: Limit) => {
    if (bound <= lower[i]!) return;
    lower[i] = bound;
    lowerBy[i] = limit;
  };
  const cap = (i: number, bound: number, limit: Limit) => {
    if (bound >= upper[i]!) return;
    upper[i] = bound;
    upperBy[i] = limit;
  };
  const indexOf = (name: string) => channels.findIndex((channel) => channel.name === name);

  for (const limit of limits) {
    switch (limit.type) {
      case "channel_min":
        raise(indexOf(limit.channel), limit.value, limit);
        break;
      case "channel_max":
        cap(indexOf(limit.channel), limit.value, limit);
        break;
      case "channel_roas_floor": {
        const i = indexOf(limit.channel);
        cap(i, spendAtRoas(channels[i]!.curve, limit.value), limit);
        break;
      }
      case "change_limit_pct":
        channels.forEach(({ current }, i) => {
          raise(i, current! * (1 - limit.value / 100), limit);
          cap(i, current! * (1 + limit.value / 100), limit);
        });
        break;
      case "total_spend":
        rows.push({ limit, members: channels.map((_, i) => i), sense: limit.sense, value: limit.value });
        break;
      case "group_min":
      case "group_max": {
        const sense = limit.type === "group_min" ? ">=" : "<=";
        rows.push({ limit, members: membersOf(problem, limit.group), sense, value: limit.value });
        break;
      }
      case "blended_roas_floor":
        roasFloor = limit.value;
    }
  }
  // Bounds that cross by rounding only, such as a change limit of 0 % on a channel that is held at today's spend
  for (const [i, bound] of lower.entries()) if (upper[i]! < bound && upper[i]! >= bound * (1 - 1e-12)) upper[i] = bound;
  return {
    curves: channels.map(({ curve }) => curve),
    responseWeight: objective.response_weight,
    spendCost: Math.max(0, -objective.spend_weight),
    lower,
    upper,
    rows,
    roasFloor,
    lowerBy,
    upperBy,
  };
}

export function membersOf(problem: AllocationProblem, group: string): number[] {
  const constraint = problem.constraints.find((other) => other.type === "group_spend" && other.name === group);
  if (constraint?.type !== "group_spend") return [];
  return constraint.members.map((member) => problem.channels.findIndex(({ name }) => name === member));
}

export function marginalResponse(programme: Programme, spend: Float64Array): Float64Array {
  return Float64Array.from(programme.curves, (curve, i) => curveSlope(curve, spend[i]!));
}
