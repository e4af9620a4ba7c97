import { curveValue } from "../response/curve-families.ts";
import type { AllocationProblem, Constraint, Limit } from "./problem.ts";

/** The problem without this limit, or with another number in it. */
export function changed(problem: AllocationProblem, limit: Limit, to: number | null): AllocationProblem {
  const channels = problem.channels.map((channel) => {
    if (limit.type === "channel_min" && limit.channel === channel.name) return { ...channel, lower: to ?? 0 };
    if (limit.type === "channel_max" && limit.channel === channel.name) return { ...channel, upper: to };
    return channel;
  });
  return { ...problem, channels, constraints: problem.constraints.flatMap((one) => changedConstraint(one, limit, to)) };
}

function changedConstraint(one: Constraint, limit: Limit, to: number | null): Constraint[] {
  switch (one.type) {
    case "group_spend":
      if (limit.type === "group_min" && limit.group === one.name) return [{ ...one, min: to }];
      return limit.type === "group_max" && limit.group === one.name ? [{ ...one, max: to }] : [one];
    case "weighted_spend":
      if (limit.type === "weighted_min" && limit.name === one.name) return [{ ...one, min: to }];
      return limit.type === "weighted_max" && limit.name === one.name ? [{ ...one, max: to }] : [one];
    case "channel_roas_floor":
      if (limit.type !== one.type) return [one];
      return [{ ...one, values: { ...one.values, [limit.channel]: to ?? 0 } }];
    default: {
      const isIt = one.type === limit.type && (!("name" in one) || ("name" in limit && limit.name === one.name));
      if (!isIt) return [one];
      return to === null ? [] : [{ ...one, value: to }];
    }
  }
}

export const without = (problem: AllocationProblem, limits: readonly Limit[]) =>
  limits.reduce((left, limit) => changed(left, limit, null), problem);

/** Written out again on purpose: the product's own list of limits is what conflicts are made from. */
export function everyLimit({ channels, constraints }: AllocationProblem): Limit[] {
  return [
    ...channels.flatMap(({ name: channel, lower, upper }): Limit[] => [
      ...(lower > 0 ? [{ type: "channel_min", channel, value: lower } as const] : []),
      ...(upper !== null ? [{ type: "channel_max", channel, value: upper } as const] : []),
    ]),
    ...constraints.flatMap((one): Limit[] => {
      switch (one.type) {
        case "total_spend":
          return [{ type: one.type, sense: one.sense, value: one.value }];
        case "channel_roas_floor":
          return Object.entries(one.values).map(([channel, value]) => ({ type: one.type, channel, value }));
        case "group_spend":
          return [
            ...(one.min ? [{ type: "group_min", group: one.name, value: one.min } as const] : []),
            ...(one.max !== null ? [{ type: "group_max", group: one.name, value: one.max } as const] : []),
          ];
        case "weighted_spend":
          return [
            ...(one.min !== null ? [{ type: "weighted_min", name: one.name, value: one.min } as const] : []),
            ...(one.max !== null ? [{ type: "weighted_max", name: one.name, value: one.max } as const] : []),
          ];
        case "group_roas_floor":
        case "response_cap":
        case "contact_cap":
          return [{ type: one.type, name: one.name, value: one.value }];
        case "cpa_ceiling":
          return [{ type: one.type, value: one.value, ...(one.members === undefined ? {} : { members: one.members }) }];
        default:
          return [{ type: one.type, value: one.value }];
      }
    }),
  ];
}

/** How far a plan is beyond any limit as it was written, relative to the limit or to the amounts that it compares. */
export function worstBreach(problem: AllocationProblem, spend: Float64Array, response: Float64Array): number {
  const { channels, constraints } = problem;
  const at = (name: string) => channels.findIndex((channel) => channel.name === name);
  const total = (names: readonly string[], amounts: Float64Array) =>
    names.reduce((sum, name) => sum + amounts[at(name)]!, 0);
  const weighed = (weights: Readonly<Record<string, number>>, amounts: Float64Array) =>
    Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * amounts[at(name)]!, 0);
  const all = channels.map(({ name }) => name);
  let worst = 0;
  const atMost = (left: number, right: number, size = Math.max(Math.abs(left), Math.abs(right))) => {
    if (left > right) worst = Math.max(worst, (left - right) / size);
  };
  channels.forEach(({ curve, lower, upper }, i) => {
    atMost(lower, spend[i]!);
    atMost(spend[i]!, upper ?? Number.POSITIVE_INFINITY);
    atMost(response[i]!, curveValue(curve, spend[i]!));
    atMost(-response[i]!, 0);
  });
  for (const one of constraints) {
    switch (one.type) {
      case "total_spend":
        atMost(total(all, spend), one.value);
        if (one.sense === "=") atMost(one.value, total(all, spend));
        break;
      case "group_spend":
        atMost(total(one.members, spend), one.max ?? Number.POSITIVE_INFINITY);
        atMost(one.min ?? 0, total(one.members, spend));
        break;
      case "weighted_spend": {
        const size = Object.entries(one.weights).reduce((sum, [name, w]) => sum + Math.abs(w) * spend[at(name)]!, 0);
        if (one.max !== null) atMost(weighed(one.weights, spend), one.max, size);
        if (one.min !== null) atMost(one.min, weighed(one.weights, spend), size);
        break;
      }
      case "change_limit_pct":
        channels.forEach(({ current }, i) => {
          atMost(Math.abs(spend[i]! - current!), (current! * one.value) / 100, current!);
        });
        break;
      case "blended_roas_floor":
        atMost(one.value * total(all, spend), total(all, response));
        break;
      case "channel_roas_floor":
        for (const [name, floor] of Object.entries(one.values))
          atMost(floor * spend[at(name)]!, curveValue(channels[at(name)]!.curve, spend[at(name)]!));
        break;
      case "group_roas_floor":
        atMost(one.value * total(one.members, spend), total(one.members, response));
        break;
      case "min_total_response":
        atMost(one.value, total(all, response));
        break;
      case "cpa_ceiling": {
        const conversions = Object.fromEntries(
          (one.members ?? all).map((name) => [name, one.conversions[name] ?? 0] as const),
        );
        atMost(total(one.members ?? all, spend), one.value * weighed(conversions, response));
        break;
      }
      case "response_cap":
        atMost(weighed(one.perResponse, response), one.value);
        break;
      case "contact_cap": {
        const touches = Object.entries(one.touches).map(([name, touch]) =>
          typeof touch === "number" ? touch * spend[at(name)]! : curveValue(touch, spend[at(name)]!),
        );
        atMost(
          touches.reduce((sum, some) => sum + some, 0),
          one.value,
        );
      }
    }
  }
  return worst;
}
