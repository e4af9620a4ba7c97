import { scaleCurve } from "../response/curve-families.ts";
import type { AllocationProblem, Constraint } from "./problem.ts";

/** The limit with more room; null where it goes altogether. */
export function loosened(limit: Constraint): Constraint | null {
  switch (limit.type) {
    case "total_spend":
      return { ...limit, sense: "<=", value: limit.value * 1.2 };
    case "group_spend":
    case "weighted_spend":
      return { ...limit, min: null, max: limit.max === null ? null : limit.max * 1.2 + 1000 };
    case "channel_roas_floor":
      return null;
    case "blended_roas_floor":
    case "group_roas_floor":
    case "min_total_response":
      return { ...limit, value: limit.value * 0.8 };
    default:
      return { ...limit, value: limit.value * 1.2 };
  }
}

/** Every response so many times as large, and with it all that is measured in response. */
export function withResponses(problem: AllocationProblem, by: number): AllocationProblem {
  const { objective } = problem;
  return {
    objective: { ...objective, spend_weight: objective.type === "min_spend" ? -1 : objective.spend_weight * by },
    channels: problem.channels.map((one) => ({ ...one, curve: scaleCurve(one.curve, 1, 1 / by) })),
    constraints: problem.constraints.map((one): Constraint => {
      switch (one.type) {
        case "min_total_response":
        case "blended_roas_floor":
        case "group_roas_floor":
        case "response_cap":
          return { ...one, value: one.value * by };
        case "cpa_ceiling":
          return { ...one, value: one.value / by };
        case "channel_roas_floor":
          return { ...one, values: mapValues(one.values, (floor) => floor * by) };
        default:
          return one;
      }
    }),
  };
}

/** Other names, the rest as it is. */
export function renamed(problem: AllocationProblem): AllocationProblem {
  const other = (name: string) => `x ${name.slice(8)}`;
  const keys = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [other(name), value] as const));
  const { weights, ...objective } = problem.objective;
  return {
    objective: { ...objective, ...(weights === undefined ? {} : { weights: keys(weights) }) },
    channels: problem.channels.map((one) => ({ ...one, name: other(one.name) })),
    constraints: problem.constraints.map((one): Constraint => {
      switch (one.type) {
        case "group_spend":
        case "group_roas_floor":
          return { ...one, members: one.members.map(other) };
        case "channel_roas_floor":
          return { ...one, values: keys(one.values) };
        case "cpa_ceiling":
          return { ...one, conversions: keys(one.conversions) };
        case "response_cap":
          return { ...one, perResponse: keys(one.perResponse) };
        case "contact_cap":
          return { ...one, touches: keys(one.touches) };
        case "weighted_spend":
          return { ...one, weights: keys(one.weights) };
        default:
          return one;
      }
    }),
  };
}

const mapValues = (record: Readonly<Record<string, number>>, change: (value: number) => number) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)] as const));
