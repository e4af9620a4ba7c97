import { contactCurve } from "./compile-bounds.ts";
import type { AllocationProblem, Constraint, Limit } from "./problem.ts";

/** Limits on several channels at once, see `Programme`. */
export interface Rows {
  readonly rows: readonly SpendRow[];
  readonly returns: readonly ReturnRow[];
  readonly stocks: readonly StockRow[];
}

export interface SpendRow {
  readonly limit: Limit;
  readonly members: readonly number[];
  /** One a member, never 0 */
  readonly coefficients: readonly number[];
  readonly sense: "<=" | ">=" | "=";
  readonly value: number;
}

/** sum gain_i * s_i - cost_i * x_i >= value, one entry a channel */
export interface ReturnRow {
  readonly limit: Limit;
  readonly gain: Float64Array;
  readonly cost: Float64Array;
  readonly value: number;
}

/** sum use_i * s_i <= value, one entry a channel */
export interface StockRow {
  readonly limit: Limit;
  readonly use: Float64Array;
  readonly value: number;
}

export function rowsOf(problem: AllocationProblem, limits: readonly Limit[]): Rows {
  return {
    rows: limits.flatMap((limit) => spendRow(problem, limit)),
    returns: limits.flatMap((limit) => returnRow(problem, limit)),
    stocks: limits.flatMap((limit) => stockRow(problem, limit)),
  };
}

/** The row of a limit that is linear in spend and about several channels; none for any other. */
export function spendRow(problem: AllocationProblem, limit: Limit): SpendRow[] {
  const row = (coefficient: (channel: string) => number, sense: SpendRow["sense"]): SpendRow[] => {
    const all = problem.channels.map(({ name }) => coefficient(name));
    const members = all.flatMap((one, i) => (one === 0 ? [] : [i]));
    return [{ limit, members, coefficients: members.map((i) => all[i]!), sense, value: limit.value }];
  };
  switch (limit.type) {
    case "total_spend":
      return row(() => 1, limit.sense);
    case "group_min":
    case "group_max": {
      const members = membersOf(problem, "group_spend", limit.group);
      return row((channel) => Number(members.includes(channel)), limit.type === "group_min" ? ">=" : "<=");
    }
    case "weighted_min":
    case "weighted_max": {
      const weights = named(problem, "weighted_spend", limit.name)?.weights ?? {};
      return row((channel) => weights[channel] ?? 0, limit.type === "weighted_min" ? ">=" : "<=");
    }
    case "contact_cap": {
      if (contactCurve(problem, limit.name) !== null) return [];
      const touches = named(problem, "contact_cap", limit.name)?.touches ?? {};
      return row((channel) => Number(touches[channel] ?? 0), "<=");
    }
    default:
      return [];
  }
}

/** The row of a limit that asks for response; none for any other. */
export function returnRow(problem: AllocationProblem, limit: Limit): ReturnRow[] {
  const row = (gain: (channel: string) => number, cost: (channel: string) => number, value: number): ReturnRow[] => [
    {
      limit,
      gain: Float64Array.from(problem.channels, ({ name }) => gain(name)),
      cost: Float64Array.from(problem.channels, ({ name }) => cost(name)),
      value,
    },
  ];
  switch (limit.type) {
    case "blended_roas_floor":
      return limit.value > 0
        ? row(
            () => 1,
            () => limit.value,
            0,
          )
        : [];
    case "group_roas_floor": {
      const members = membersOf(problem, "group_roas_floor", limit.name);
      const inside = (channel: string) => Number(members.includes(channel));
      return limit.value > 0 ? row(inside, (channel) => limit.value * inside(channel), 0) : [];
    }
    case "min_total_response": {
      const target = problem.constraints.find((one) => one.type === "min_total_response");
      const weights = target?.type === "min_total_response" ? (target.weights ?? {}) : {};
      return limit.value > 0
        ? row(
            (channel) => weights[channel] ?? 1,
            () => 0,
            limit.value,
          )
        : [];
    }
    case "cpa_ceiling": {
      const { members } = limit;
      const ceiling = problem.constraints.find((one) => one.type === "cpa_ceiling" && one.members === members);
      const conversions = ceiling?.type === "cpa_ceiling" ? ceiling.conversions : {};
      const inside = (channel: string) => Number(members === undefined || members.includes(channel));
      return row((channel) => inside(channel) * limit.value * (conversions[channel] ?? 0), inside, 0);
    }
    default:
      return [];
  }
}

export function stockRow(problem: AllocationProblem, limit: Limit): StockRow[] {
  if (limit.type !== "response_cap") return [];
  const per = named(problem, "response_cap", limit.name)?.perResponse ?? {};
  return [{ limit, use: Float64Array.from(problem.channels, ({ name }) => per[name] ?? 0), value: limit.value }];
}

type NamedType = "group_spend" | "group_roas_floor" | "weighted_spend" | "contact_cap" | "response_cap";

function named<T extends NamedType>(
  { constraints }: AllocationProblem,
  type: T,
  name: string,
): Extract<Constraint, { type: T }> | undefined {
  const is = (one: Constraint): one is Extract<Constraint, { type: T }> =>
    one.type === type && "name" in one && one.name === name;
  return constraints.find(is);
}

function membersOf(problem: AllocationProblem, type: "group_spend" | "group_roas_floor", name: string) {
  return named(problem, type, name)?.members ?? [];
}
