import { type LimitNames, nameOfLimit, sum, type WeeksAllocation, type WeeksProblem } from "@touchline/solver";
import { UserError } from "../../user-error.ts";
import { changeTo, type DescribedAnswer, NO_PLAN } from "./described.ts";

type WeeksLimit = Extract<WeeksAllocation, { status: "infeasible" }>["conflict"][number];

/** Weeks count from 1, as in a file. */
export function describeWeeks(
  problem: WeeksProblem,
  names: LimitNames,
  allocation: WeeksAllocation,
  flatValue: number | null,
): DescribedAnswer {
  if (allocation.status === "infeasible") return describeWeeksConflict(names, allocation);
  if (allocation.status === "stopped") throw new UserError(`no plan could be proved: ${allocation.reason}`);
  const { channels } = problem;
  const { objectiveValue, carryInValue, afterHorizon, duals } = allocation;
  const lists = (values: readonly Float64Array[]) =>
    Object.fromEntries(channels.map(({ name }, i) => [name, [...values[i]!]]));
  return {
    status: "optimal",
    objective_value: objectiveValue,
    total_spend: sum(allocation.weeklyTotal),
    spend: lists(allocation.spend),
    weekly_total: [...allocation.weeklyTotal],
    response: lists(allocation.response),
    carry_in_only_value: carryInValue,
    incremental_value: objectiveValue - carryInValue,
    flat_plan_value: flatValue,
    after_horizon: afterHorizon,
    duals: {
      budget_shadow_price: duals.budget,
      roas_or_target_multiplier: null,
      groups: groupPrices(problem, allocation.binding),
      weekly: [...duals.weekly],
      reduced_cost: lists(duals.reducedCost),
    },
    certificate: allocation.certificate,
    conflict: [],
    repair: [],
  };
}

type Binding = Extract<WeeksAllocation, { status: "optimal" }>["binding"];

/** A number for a group that is limited over all weeks, a list with one a week for a group that is limited by week. */
function groupPrices({ constraints, weeks }: WeeksProblem, binding: Binding): Record<string, number | number[]> {
  const priceOf = (group: string, week?: number) =>
    sum(
      binding.flatMap(({ limit, week: at, price }) =>
        "group" in limit && limit.group === group && at === week ? [price] : [],
      ),
    );
  const prices: Record<string, number | number[]> = {};
  for (const constraint of constraints) {
    if (constraint.type === "group_spend") prices[constraint.name] = priceOf(constraint.name);
    if (constraint.type === "group_weekly_spend")
      prices[constraint.name] = Array.from({ length: weeks }, (_, week) => priceOf(constraint.name, week));
  }
  return prices;
}

function describeWeeksConflict(
  names: LimitNames,
  answer: Extract<WeeksAllocation, { status: "infeasible" }>,
): DescribedAnswer {
  const named = (limit: WeeksLimit) => {
    const name = nameOfLimit(names, limit);
    return "week" in limit && limit.week !== undefined
      ? { ...limit, week: limit.week + 1, name: `${name}, week ${limit.week + 1}` }
      : { ...limit, name };
  };
  return {
    ...NO_PLAN,
    conflict: answer.conflict.map(named),
    repair: answer.repairs.map(({ limit, to }) => ({ ...named(limit), ...changeTo(limit.value, to) })),
  };
}
