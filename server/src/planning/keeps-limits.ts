import type { AllocationProblem, Constraint } from "@touchline/solver";

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
  const isBounded = problem.channels.every(({ lower, upper }, i) => isWithin(spend[i]!, lower, upper));
  return isBounded && problem.constraints.every((constraint) => keepsConstraint(problem, constraint, spend, response));
}

function keepsConstraint(
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
  }
}

/** Between two bounds, each with the room that rounding takes, relative to it; null is no bound. */
function isWithin(amount: number, least: number | null, most: number | null): boolean {
  return (
    (least === null || amount >= least - ROUNDING * Math.max(1, least)) &&
    (most === null || amount <= most + ROUNDING * Math.max(1, most))
  );
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
