import { type AllocationProblem, type Constraint, type Curve, curveValue, sum } from "@touchline/solver";
import type { BrokenLimit, Period, PlanLimit } from "../contract/index.ts";
import { keepsConstraint } from "./keeps-limits.ts";
import { amount, limitInWords } from "./limit-words.ts";

/** Amounts are whole cents, the split that was proved is not: a limit that is kept but for so little is kept. */
const EASE = 5e-4;

/** One limit on what a split brings, with what the split comes to. */
interface Measured {
  readonly constraint: Constraint;
  readonly limit: PlanLimit;
  readonly actual: number;
  readonly advice: string;
}

/**
 * Limits on what a split brings (returns, costs per conversion, targets, contacts and capacity) that it does not keep, by the same
 * check that today's split is held to. Limits on the amounts themselves are checked where they are typed.
 * @param spend by channel, in the problem's order
 * @param response what that spend would bring, by channel, as if there were enough of everything
 * Law: what `allocate` returns for a problem breaks none, but for what it sells beyond a capacity for nothing.
 */
export function brokenLimits(
  problem: AllocationProblem,
  spend: readonly number[],
  response: readonly number[],
  period: Period,
): BrokenLimit[] {
  return problem.constraints
    .flatMap((constraint) => measure(problem, constraint, spend, response))
    .filter(({ constraint, actual }) =>
      constraint.type === "response_cap"
        ? actual > constraint.value * (1 + EASE)
        : !keepsConstraint(problem, eased(constraint), spend, response),
    )
    .map((each) => ({
      ...{ limit: each.limit, actual: Number.isFinite(each.actual) ? each.actual : null },
      text: inWords(each, period),
    }));
}

function measure(
  { channels }: AllocationProblem,
  constraint: Constraint,
  spend: readonly number[],
  response: readonly number[],
): Measured[] {
  const total = (amounts: readonly number[], weightOf: (channel: string) => number) =>
    sum(amounts.map((each, i) => weightOf(channels[i]!.name) * each));
  const within = (members: readonly string[] | undefined) => (channel: string) =>
    members === undefined || members.includes(channel) ? 1 : 0;
  const roas = (members?: readonly string[]) => total(response, within(members)) / total(spend, within(members));
  const one = (limit: PlanLimit, actual: number, advice: string): Measured[] => [{ constraint, limit, actual, advice }];
  const { type } = constraint;
  switch (type) {
    case "blended_roas_floor":
      return one({ type, value: constraint.value }, roas(), "give more to the channels that return most");
    case "channel_roas_floor":
      return Object.entries(constraint.values).map(([channel, value]) => ({
        constraint: { type, values: { [channel]: value } },
        ...{ limit: { type, channel, value }, actual: roas([channel]), advice: `give ${channel} less` },
      }));
    case "group_roas_floor": {
      const { name, value, members } = constraint;
      return one({ type, name, value }, roas(members), `give ${members.join(", ")} less`);
    }
    case "cpa_ceiling": {
      const { value, members, conversions } = constraint;
      const brought = total(response, (channel) => within(members)(channel) * (conversions[channel] ?? 0));
      const advice = `give less to ${members === undefined ? "the channels whose conversions cost most" : members.join(", ")}`;
      const limit = { type, value, ...(members === undefined ? {} : { members: [...members] }) };
      return one(limit, total(spend, within(members)) / brought, advice);
    }
    case "min_total_response": {
      const brought = total(response, (channel) => constraint.weights?.[channel] ?? 1);
      return one({ type, value: constraint.value }, brought, "give more to the channels that return most");
    }
    case "contact_cap": {
      const { name, value, touches } = constraint;
      const sent = sum(channels.map((channel, i) => touchesOf(touches[channel.name], spend[i]!)));
      return one({ type, name, value }, sent, `give less to ${Object.keys(touches).join(", ")}`);
    }
    case "response_cap": {
      const { name, value, perResponse } = constraint;
      const used = total(response, (channel) => perResponse[channel] ?? 0);
      return one(
        { type, name, value },
        used,
        "what goes beyond it is worth nothing: give the channels that need it less",
      );
    }
    case "total_spend":
    case "group_spend":
    case "change_limit_pct":
    case "weighted_spend":
      return [];
  }
}

function eased(constraint: Constraint): Constraint {
  switch (constraint.type) {
    case "blended_roas_floor":
    case "group_roas_floor":
    case "min_total_response":
      return { ...constraint, value: constraint.value * (1 - EASE) };
    case "channel_roas_floor": {
      const values = Object.entries(constraint.values).map(
        ([channel, value]) => [channel, value * (1 - EASE)] as const,
      );
      return { ...constraint, values: Object.fromEntries(values) };
    }
    case "cpa_ceiling":
    case "contact_cap":
      return { ...constraint, value: constraint.value * (1 + EASE) };
    default:
      return constraint;
  }
}

function touchesOf(touches: number | Curve | undefined, spend: number): number {
  return typeof touches === "object" ? curveValue(touches, spend) : (touches ?? 0) * spend;
}

function inWords({ limit, actual, advice }: Omit<Measured, "constraint">, period: Period): string {
  const reached = Number.isFinite(actual) ? `these amounts come to ${amount(actual)}` : "these amounts bring nothing";
  return `the limit is ${limitInWords(limit, period)}, and ${reached}: ${advice}`;
}
