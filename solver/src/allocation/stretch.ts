import { type LinearRow, solveLinearProgramme } from "../linear/index.ts";
import { contactCurve, spendForTouches } from "./compile-bounds.ts";
import { spendRow } from "./compile-rows.ts";
import type { AllocationProblem, Limit } from "./problem.ts";
import { spendAtRoas } from "./reach.ts";

export interface Stretch {
  /** Worst stretch, as a share of the largest amount */
  readonly stretch: number;
  /** How far the number of the limit has to move, in its own unit, and which way */
  readonly amount: number;
  readonly direction: 1 | -1;
}

/**
 * The least stretch of one limit (or, with null, of all of them at once) that lets the linear limits hold together.
 * Columns: the channels' spend, then the stretch. Limits that ask for response are left out, except that a channel's return
 * floor is a cap on its spend.
 * @returns null when no stretch of that limit helps
 */
export function leastStretch(
  problem: AllocationProblem,
  limits: readonly Limit[],
  stretched: Limit | null,
): Stretch | null {
  const { rows, money } = linearRows(problem, limits, (limit) => stretched === null || limit === stretched);
  const columns = problem.channels.length + 1;
  const objective = new Float64Array(columns);
  objective[columns - 1] = -1;
  const upper = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const outcome = solveLinearProgramme({ objective, upper, rows });
  if (outcome.kind !== "optimal") return null;
  const stretch = outcome.x[columns - 1]!;
  if (stretched === null) return { stretch, amount: stretch * money, direction: 1 };
  if (stretched.type === "change_limit_pct") return { stretch, amount: stretch * 100, direction: 1 };
  let total = 0;
  for (let i = 0; i < columns - 1; i++) total += outcome.x[i]! * money;
  const shrinks = stretched.type.endsWith("_min") || (stretched.type === "total_spend" && total < stretched.value);
  const unit = money * largestCoefficient(problem, stretched);
  return { stretch, amount: stretch * unit, direction: shrinks ? -1 : 1 };
}

/** The least that one channel can spend within the linear limits; null when they cannot hold. */
export function leastSpend(problem: AllocationProblem, limits: readonly Limit[], channel: number): number | null {
  const { rows, money } = linearRows(problem, limits, () => false);
  const objective = new Float64Array(problem.channels.length + 1);
  objective[channel] = -1;
  const upper = new Float64Array(objective.length).fill(Number.POSITIVE_INFINITY);
  const outcome = solveLinearProgramme({ objective, upper, rows });
  return outcome.kind === "optimal" ? outcome.x[channel]! * money : null;
}

/** All linear limits as rows in units of the largest amount; the last column stretches those that `stretches` names. */
function linearRows(
  problem: AllocationProblem,
  limits: readonly Limit[],
  stretches: (limit: Limit) => boolean,
): { rows: LinearRow[]; money: number } {
  const { channels } = problem;
  const stretch = channels.length;
  const money = largestAmount(problem, limits);
  const rows: LinearRow[] = [];
  const indexOf = (name: string) => channels.findIndex((channel) => channel.name === name);
  const add = (
    limit: Limit,
    members: readonly number[],
    sense: "<=" | ">=",
    value: number,
    coefficients: readonly number[] = members.map(() => 1),
    perStretch = 1,
  ) => {
    const slack = stretches(limit) ? perStretch * (sense === "<=" ? -1 : 1) : 0;
    rows.push({
      sense,
      value: value / money,
      columns: [...members, stretch],
      coefficients: [...coefficients, slack],
    });
  };
  for (const limit of limits) {
    switch (limit.type) {
      case "channel_min":
        add(limit, [indexOf(limit.channel)], ">=", limit.value);
        break;
      case "channel_max":
        add(limit, [indexOf(limit.channel)], "<=", limit.value);
        break;
      case "channel_roas_floor": {
        const i = indexOf(limit.channel);
        const most = spendAtRoas(channels[i]!.curve, limit.value);
        if (most < Number.POSITIVE_INFINITY) add(limit, [i], "<=", most);
        break;
      }
      case "change_limit_pct":
        for (const [i, { current }] of channels.entries()) {
          // One unit of stretch is 100 points, so a channel moves by its current spend
          add(limit, [i], ">=", current! * (1 - limit.value / 100), [1], current! / money);
          add(limit, [i], "<=", current! * (1 + limit.value / 100), [1], current! / money);
        }
        break;
      default: {
        const delivered = limit.type === "contact_cap" ? contactCurve(problem, limit.name) : null;
        if (delivered !== null) {
          const most = spendForTouches(delivered, limit.value);
          if (most < Number.POSITIVE_INFINITY) add(limit, [delivered.channel], "<=", most);
        }
        for (const { members, coefficients, sense, value } of spendRow(problem, limit)) {
          const size = largestCoefficient(problem, limit);
          const scaled = coefficients.map((one) => one / size);
          if (sense !== ">=") add(limit, members, "<=", value / size, scaled);
          if (sense !== "<=") add(limit, members, ">=", value / size, scaled);
        }
      }
    }
  }
  return { rows, money };
}

function largestCoefficient(problem: AllocationProblem, limit: Limit): number {
  const [row] = spendRow(problem, limit);
  return row === undefined ? 1 : Math.max(...row.coefficients.map(Math.abs), 0) || 1;
}

/** The largest amount of money that the limits speak of. */
function largestAmount(problem: AllocationProblem, limits: readonly Limit[]): number {
  let largest = 0;
  for (const limit of limits) {
    if (limit.type === "change_limit_pct")
      for (const { current } of problem.channels) largest = Math.max(largest, current!);
    else if (limit.type === "channel_min" || limit.type === "channel_max") largest = Math.max(largest, limit.value);
    else if (spendRow(problem, limit).length > 0)
      largest = Math.max(largest, Math.abs(limit.value) / largestCoefficient(problem, limit));
  }
  return largest > 0 ? largest : 1;
}
