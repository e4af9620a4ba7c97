import {
  type AllocationProblem,
  type ChannelPlan,
  type Constraint,
  type Curve,
  curveValue,
  sum,
} from "@touchline/solver";

const ROUNDING = 1e-9;

/**
 * Whether a split keeps every limit of a problem, within rounding.
 * @param spend by channel, in the problem's order
 * @param response what that spend brings, by channel
 * Law: what `allocate` returns for a problem keeps its limits.
 */
export function keepsLimits(
  problem: AllocationProblem,
  spend: readonly number[],
  response: readonly number[],
): boolean {
  const isBounded = problem.channels.every((channel, i) => keepsOwn(channel, spend[i]!));
  return isBounded && problem.constraints.every((constraint) => keepsConstraint(problem, constraint, spend, response));
}

function keepsOwn({ lower, upper, minimumIfOn, step }: ChannelPlan, spend: number): boolean {
  if (minimumIfOn !== undefined && spend !== 0 && !isWithin(spend, minimumIfOn, null)) return false;
  if (step !== undefined && Math.abs(spend - step * Math.round(spend / step)) > ROUNDING * Math.max(1, spend))
    return false;
  return isWithin(spend, lower, upper);
}

/** The same of one of its limits. */
export function keepsConstraint(
  { channels }: AllocationProblem,
  constraint: Constraint,
  spend: readonly number[],
  response: readonly number[],
): boolean {
  switch (constraint.type) {
    case "total_spend":
      return isWithin(sum(spend), constraint.sense === "=" ? constraint.value : null, constraint.value);
    case "group_spend": {
      const inGroup = spend.filter((_, i) => constraint.members.includes(channels[i]!.name));
      return isWithin(sum(inGroup), constraint.min, constraint.max);
    }
    case "change_limit_pct": {
      const share = constraint.value / 100;
      return channels.every(
        ({ current }, i) => current === null || isWithin(spend[i]!, current * (1 - share), current * (1 + share)),
      );
    }
    case "blended_roas_floor":
      return isWithin(sum(response), constraint.value * sum(spend), null);
    case "channel_roas_floor":
      return channels.every(({ name }, i) => isWithin(response[i]!, (constraint.values[name] ?? 0) * spend[i]!, null));
    case "group_roas_floor": {
      const isIn = channels.map(({ name }) => constraint.members.includes(name));
      return isWithin(weigh(response, isIn), constraint.value * weigh(spend, isIn), null);
    }
    case "min_total_response":
      return isWithin(weigh(response, weightsOf(channels, constraint.weights ?? {}, 1)), constraint.value, null);
    case "cpa_ceiling": {
      const isIn = channels.map(({ name }) => constraint.members?.includes(name) ?? true);
      const each = weightsOf(channels, constraint.conversions, 0).map((weight, i) => (isIn[i] ? weight : 0));
      return isWithin(constraint.value * weigh(response, each), weigh(spend, isIn), null);
    }
    // What cannot be sold is worth nothing, but no limit forbids it.
    case "response_cap":
      return true;
    case "contact_cap":
      return isWithin(
        sum(channels.map(({ name }, i) => touchesOf(constraint.touches[name], spend[i]!))),
        null,
        constraint.value,
      );
    case "weighted_spend":
      return isWithin(weigh(spend, weightsOf(channels, constraint.weights, 0)), constraint.min, constraint.max);
  }
}

function touchesOf(touches: number | Curve | undefined, spend: number): number {
  return typeof touches === "object" ? curveValue(touches, spend) : (touches ?? 0) * spend;
}

function weightsOf(
  channels: AllocationProblem["channels"],
  weights: Readonly<Record<string, number>>,
  absent: number,
): number[] {
  return channels.map(({ name }) => weights[name] ?? absent);
}

function weigh(amounts: readonly number[], weights: readonly (number | boolean)[]): number {
  return amounts.reduce((total, each, i) => total + Number(weights[i]) * each, 0);
}

/** Between two bounds, each with the room that rounding takes, relative to it; null is no bound. */
function isWithin(amount: number, least: number | null, most: number | null): boolean {
  return (
    (least === null || amount >= least - ROUNDING * Math.max(1, least)) &&
    (most === null || amount <= most + ROUNDING * Math.max(1, most))
  );
}
