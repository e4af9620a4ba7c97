import type { LinearEngine } from "../linear/index.ts";
import { curveSlope, curveValue } from "../response/curve-families.ts";
import type { OptimalAllocation } from "./allocate.ts";
import type { AllocationProblem } from "./problem.ts";

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, one) => total + one, 0);

/** What a limit asks of one channel: touches of spend and of response, and its number; null for bounds. */
interface Row {
  readonly spend: (i: number) => number;
  readonly sold: (i: number) => number;
  readonly sense: "<=" | ">=" | "=";
  readonly value: number;
  readonly price: number;
}

/** The limits on several channels, written out again from the problem. */
function rowsOf(problem: AllocationProblem, plan: OptimalAllocation): Row[] {
  const { channels } = problem;
  const name = (i: number) => channels[i]!.name;
  const none = () => 0;
  const priceOf = (type: string, key?: string) =>
    sum(
      plan.binding
        .filter(
          ({ limit }) =>
            limit.type === type &&
            (key === undefined || ("group" in limit ? limit.group : "name" in limit ? limit.name : "") === key),
        )
        .map(({ price }) => price),
    );
  return problem.constraints.flatMap((one): Row[] => {
    switch (one.type) {
      case "total_spend":
        return [{ spend: () => 1, sold: none, sense: one.sense, value: one.value, price: priceOf(one.type) }];
      case "group_spend": {
        const spend = (i: number) => Number(one.members.includes(name(i)));
        const [min, max] = [one.min ?? 0, one.max ?? Number.POSITIVE_INFINITY];
        return [
          { spend, sold: none, sense: ">=" as const, value: min, price: priceOf("group_min", one.name) },
          { spend, sold: none, sense: "<=" as const, value: max, price: priceOf("group_max", one.name) },
        ].filter(({ value }) => Number.isFinite(value));
      }
      case "weighted_spend": {
        const spend = (i: number) => one.weights[name(i)] ?? 0;
        return [{ spend, sold: none, sense: "<=", value: one.max!, price: priceOf("weighted_max", one.name) }];
      }
      case "contact_cap": {
        if (Object.values(one.touches).some((touches) => typeof touches !== "number")) return [];
        const spend = (i: number) => Number(one.touches[name(i)] ?? 0);
        return [{ spend, sold: none, sense: "<=", value: one.value, price: priceOf(one.type, one.name) }];
      }
      case "blended_roas_floor":
        return [{ spend: () => one.value, sold: () => -1, sense: "<=", value: 0, price: priceOf(one.type) }];
      case "group_roas_floor": {
        const inside = (i: number) => Number(one.members.includes(name(i)));
        const price = priceOf(one.type, one.name);
        return [{ spend: (i) => one.value * inside(i), sold: (i) => -inside(i), sense: "<=", value: 0, price }];
      }
      case "min_total_response":
        return [{ spend: none, sold: () => -1, sense: "<=", value: -one.value, price: priceOf(one.type) }];
      case "cpa_ceiling": {
        const sold = (i: number) => -one.value * (one.conversions[name(i)] ?? 0);
        return [{ spend: () => 1, sold, sense: "<=", value: 0, price: priceOf(one.type) }];
      }
      case "response_cap": {
        const sold = (i: number) => one.perResponse[name(i)] ?? 0;
        return [{ spend: none, sold, sense: "<=", value: one.value, price: priceOf(one.type, one.name) }];
      }
      default:
        return [];
    }
  });
}

/** What each channel may spend by itself, found from the plan's own limits by search. */
function boundsOf(problem: AllocationProblem, i: number): [number, number] {
  const channel = problem.channels[i]!;
  let [low, high] = [channel.lower, channel.upper ?? 1e9];
  for (const one of problem.constraints) {
    if (one.type === "change_limit_pct") {
      low = Math.max(low, channel.current! * (1 - one.value / 100));
      high = Math.min(high, channel.current! * (1 + one.value / 100));
    }
    const floor = one.type === "channel_roas_floor" ? one.values[channel.name] : undefined;
    if (floor !== undefined) high = last(high, (x) => curveValue(channel.curve, x) >= floor * x);
    const delivery = one.type === "contact_cap" ? one.touches[channel.name] : undefined;
    if (one.type === "contact_cap" && delivery !== undefined && typeof delivery !== "number")
      high = last(high, (x) => curveValue(delivery, x) <= one.value);
  }
  return [low, high];
}

function last(high: number, holds: (x: number) => boolean): number {
  if (holds(high)) return high;
  let [low, top] = [0, high];
  for (let step = 0; step < 200; step++) {
    const middle = (low + top) / 2;
    if (holds(middle)) low = middle;
    else top = middle;
  }
  return low;
}

/** The best that anybody could do if limits had no walls but these prices, channel by channel, by golden-section search. */
export function lagrangianBound(problem: AllocationProblem, plan: OptimalAllocation): number {
  const rows = rowsOf(problem, plan);
  const { response_weight, spend_weight, weights } = problem.objective;
  let bound = sum(rows.map(({ price, value }) => (price === 0 ? 0 : price * value)));
  for (const [i, { name, curve }] of problem.channels.entries()) {
    const worth = response_weight * (weights?.[name] ?? 1) - sum(rows.map(({ price, sold }) => price * sold(i)));
    const cost = -spend_weight + sum(rows.map(({ price, spend }) => price * spend(i)));
    const gain = (x: number) => Math.max(0, worth) * curveValue(curve, x) - cost * x;
    let [low, high] = boundsOf(problem, i);
    high = Math.max(low, Math.min(high, 50 * (sum(plan.spend) + 1)));
    for (let step = 0; step < 300; step++) {
      const [a, b] = [low + (high - low) * 0.382, low + (high - low) * 0.618];
      if (gain(a) < gain(b)) low = a;
      else high = b;
    }
    bound += gain((low + high) / 2);
  }
  return bound;
}

/** A linear programme of its own: columns spend and sold response, rows the limits and two hundred tangents a curve. */
export function solveTangents(problem: AllocationProblem, plan: OptimalAllocation, engine: LinearEngine): number {
  const n = problem.channels.length;
  const money = Math.max(1, sum(plan.spend));
  const { response_weight, spend_weight, weights } = problem.objective;
  const all = [...problem.channels.keys()];
  const bounds = all.map((i) => boundsOf(problem, i));
  const rows = rowsOf(problem, plan).map(({ spend, sold, sense, value }) => {
    const coefficients = [...all.map((i) => spend(i)), ...all.map((i) => sold(i))];
    const unit = Math.max(...coefficients.map(Math.abs));
    return {
      sense,
      value: value / money / unit,
      columns: [...all, ...all.map((i) => n + i)],
      coefficients: coefficients.map((one) => one / unit),
    };
  });
  for (const i of all) {
    const { curve } = problem.channels[i]!;
    const [low, high] = bounds[i]!;
    rows.push({ sense: ">=", value: low / money, columns: [i], coefficients: [1] });
    const top = Math.min(high, 20 * money);
    for (let k = 1; k <= 200; k++) {
      const point = low + (top - low) * (k / 200) ** 3;
      if (point <= 0) continue;
      const slope = curveSlope(curve, point);
      const unit = Math.max(1, slope);
      rows.push({
        sense: "<=",
        value: (curveValue(curve, point) - slope * point) / money / unit,
        columns: [n + i, i],
        coefficients: [1 / unit, -slope / unit],
      });
    }
  }
  const objective = Float64Array.of(
    ...all.map(() => spend_weight),
    ...problem.channels.map(({ name }) => response_weight * (weights?.[name] ?? 1)),
  );
  const upper = Float64Array.of(
    ...bounds.map(([, high]) => Math.min(high / money, 1e4)),
    ...all.map(() => Number.POSITIVE_INFINITY),
  );
  const outcome = engine.solve({ objective, upper, rows });
  if (outcome.kind !== "optimal") throw new Error(JSON.stringify(outcome));
  return outcome.value * money;
}
