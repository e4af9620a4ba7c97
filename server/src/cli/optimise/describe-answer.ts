import {
  type Allocation,
  type AllocationProblem,
  type DrawsAllocation,
  type DrawsProblem,
  type FrontierPoint,
  type InfeasibleAllocation,
  type LimitNames,
  nameOfLimit,
  type OptimalAllocation,
  type ParsedProblem,
  type ProblemAnswer,
  sum,
} from "@touchline/solver";
import { UserError } from "../../user-error.ts";
import { describeLinear } from "./describe-linear.ts";
import { describeWeeks } from "./describe-weeks.ts";
import { changeTo, type DescribedAnswer, NO_PLAN } from "./described.ts";

/**
 * @throws UserError when nothing was proved: no guess is printed in the place of an answer
 */
export function describeAnswer(parsed: ParsedProblem, answer: ProblemAnswer): DescribedAnswer {
  if (parsed.layout === "frontier" && answer.layout === "frontier")
    return describeFrontier(parsed.problem, parsed.names, answer.points);
  if (parsed.layout === "one-period" && answer.layout === "one-period")
    return describeAllocation(parsed.problem, parsed.names, answer.allocation);
  if (parsed.layout === "draws" && answer.layout === "draws")
    return describeDraws(parsed.problem, parsed.names, answer.allocation, answer.cvar);
  if (parsed.layout === "weeks" && answer.layout === "weeks")
    return describeWeeks(parsed.problem, parsed.names, answer.allocation, answer.flatValue);
  if (parsed.layout === "linear" && answer.layout === "linear") return describeLinear(parsed.model, answer.answer);
  throw new Error(`a problem of the layout ${parsed.layout} was answered as ${answer.layout}`);
}

function describeAllocation(problem: AllocationProblem, names: LimitNames, allocation: Allocation): DescribedAnswer {
  switch (allocation.status) {
    case "optimal":
      return describeOptimum(problem, allocation);
    case "infeasible":
      return describeConflict(names, allocation);
    case "stopped":
      throw new UserError(`no plan could be proved: ${allocation.reason}`);
  }
}

/** What groups and channels are called; draws and single curves answer alike. */
type Named = Pick<AllocationProblem, "constraints"> & {
  readonly channels: readonly { readonly name: string; readonly minimumIfOn?: number }[];
};

function describeOptimum(problem: Named, allocation: OptimalAllocation): DescribedAnswer {
  const byName = (values: ArrayLike<number>) => byChannel(problem.channels, values);
  const groups = problem.constraints.flatMap((constraint) =>
    constraint.type === "group_spend" ? [constraint.name] : [],
  );
  const { spend, response, duals } = allocation;
  const total = sum(spend);
  return {
    status: "optimal",
    objective_value: allocation.objectiveValue,
    total_spend: total,
    total_response: sum(response),
    blended_roas: total > 0 ? sum(response) / total : null,
    spend: byName(spend),
    response: byName(response),
    marginal_response: byName(allocation.marginal),
    ...onOrOff(problem, spend),
    duals: {
      budget_shadow_price: duals.budget,
      roas_or_target_multiplier: duals.multiplier,
      groups: Object.fromEntries(groups.map((name, i) => [name, duals.groups[i]])),
      reduced_cost: byName(duals.reducedCost),
    },
    certificate: allocation.certificate,
    conflict: [],
    repair: [],
  };
}

/** Which of the all-or-nothing channels are on. */
function onOrOff({ channels }: Named, spend: ArrayLike<number>): { on?: Record<string, boolean> } {
  const switched = channels.flatMap(({ name, minimumIfOn }, i) =>
    minimumIfOn === undefined ? [] : [[name, spend[i]! > 0] as const],
  );
  return switched.length === 0 ? {} : { on: Object.fromEntries(switched) };
}

function describeConflict(names: LimitNames, { conflict, repairs }: InfeasibleAllocation): DescribedAnswer {
  return {
    ...NO_PLAN,
    conflict: conflict.map((limit) => ({ ...limit, name: nameOfLimit(names, limit) })),
    repair: repairs.map(({ limit, to }) => ({
      ...limit,
      name: nameOfLimit(names, limit),
      ...changeTo(limit.value, to),
    })),
  };
}

function describeDraws(
  problem: DrawsProblem,
  names: LimitNames,
  allocation: DrawsAllocation,
  cvar: number | null,
): DescribedAnswer {
  if (allocation.status === "infeasible") return describeConflict(names, allocation);
  if (allocation.status === "stopped") throw new UserError(`no plan could be proved: ${allocation.reason}`);
  const { mean, sd, p10, p90, cvar20 } = allocation.spread;
  return {
    ...describeOptimum(problem, allocation),
    mean_response: mean,
    sd_response: sd,
    p10,
    p90,
    cvar20,
    ...(cvar === null ? {} : { cvar }),
  };
}

/** One point a budget; a budget that the limits do not allow says which of them contradict each other. */
function describeFrontier(
  problem: AllocationProblem,
  names: LimitNames,
  points: readonly FrontierPoint[],
): DescribedAnswer {
  const frontier = points.map(({ budget, allocation }) => {
    const answer = describeAllocation(problem, names, allocation);
    if (allocation.status !== "optimal") return { budget, ...answer };
    const { total_spend, total_response, blended_roas: roas, spend, duals, certificate } = answer;
    const shadow_price = allocation.duals.budget;
    const value = allocation.objectiveValue;
    return {
      budget,
      status: "optimal",
      value,
      shadow_price,
      roas,
      total_spend,
      total_response,
      spend,
      duals,
      certificate,
    };
  });
  const isPossible = frontier.some(({ status }) => status === "optimal");
  return { status: isPossible ? "optimal" : "infeasible", frontier };
}

function byChannel(channels: readonly { readonly name: string }[], values: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(channels.map(({ name }, i) => [name, values[i]!]));
}
