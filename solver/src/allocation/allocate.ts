import type { Engines } from "../linear/index.ts";
import { curveSlope, curveValue } from "../response/curve-families.ts";
import { dualBound, objectiveValue, relativeGap, rowAt, unitPrices } from "./certificate.ts";
import { refusalOf } from "./compile-bounds.ts";
import { findConflict } from "./conflict.ts";
import { type Maximum, maximise, type Proved } from "./maximise.ts";
import { type AllocationProblem, type Limit, limitsOf } from "./problem.ts";
import { compileProgramme, type Programme } from "./programme.ts";
import type { Repair } from "./repair.ts";
import { type CrossCheck, crossCheckOf } from "./root-finding-check.ts";

export type Allocation = OptimalAllocation | InfeasibleAllocation | StoppedAllocation;

/** The best plan within the limits, with its proof. Arrays follow the order of the problem's channels. */
export interface OptimalAllocation {
  readonly status: "optimal";
  readonly spend: Float64Array;
  /** What is sold: all of the response, except where stocks run out */
  readonly response: Float64Array;
  readonly objectiveValue: number;
  /** Response that the next unit of spend would bring, before any weights; Infinity for a power curve at 0, 0 where it could not be sold */
  readonly marginal: Float64Array;
  readonly duals: Duals;
  readonly certificate: Certificate;
  /** Every limit that the plan stands on, in the order of the problem */
  readonly binding: BindingLimit[];
}

/**
 * Shadow prices by the KKT conditions. With w and c the weights of response and spend, R the blended ROAS floor (0 for a
 * response target):
 *
 *     reducedCost_i = (w + multiplier) * f_i'(x_i) - (c + budget + multiplier * R + sum of i's groups)
 *
 * 0 for a channel between its bounds, above 0 at its upper bound, below 0 at its lower bound. Prices of further limits are
 * in `binding`; they enter the reduced costs in the same way.
 */
export interface Duals {
  /** Change of the objective for one more unit of total spend; null where there is no total_spend limit */
  readonly budget: number | null;
  /**
   * Price, >= 0, of the blended ROAS floor or else of the response target, for min_spend the other way round: there it is what
   * one more unit of response costs; null where there is neither
   */
  readonly multiplier: number | null;
  /** One a group_spend constraint, in their order: above 0 for a binding maximum, below 0 for a binding minimum */
  readonly groups: number[];
  readonly reducedCost: Float64Array;
}

export interface Certificate {
  /** No plan within the limits is worth more (Lagrangian bound at the prices in `duals`, independent of the solver) */
  readonly upperBound: number;
  /** (upperBound - objectiveValue), relative to the objective */
  readonly gap: number;
  /** Worst breach of any original limit, relative to the limit; 0 when all are kept */
  readonly feasibility: number;
  /** Linear programmes solved */
  readonly passes: number;
  /** Whether the bound is over all plans within the limits, or the plan is only the best of those near it */
  readonly scope: "global" | "local";
  /** The same problem by root-finding on the price of money; null where it has limits that this cannot solve */
  readonly crossCheck: CrossCheck | null;
}

export interface BindingLimit {
  readonly limit: Limit;
  /** The channel that is held, where the limit is one on channels */
  readonly channel?: string;
  /**
   * Price as in `duals`, change of the objective for one more unit: of spend allowed (or asked for) by a limit on spend and
   * by a CPA ceiling, of response that a ROAS floor lets go or a target stops asking for, of stock, of touches.
   */
  readonly price: number;
}

/** No plan keeps all limits. */
export interface InfeasibleAllocation {
  readonly status: "infeasible";
  /** Limits that contradict each other; dropping any one of them ends this contradiction */
  readonly conflict: Limit[];
  /** Single numbers that would make the problem possible, least relative change first; empty if no single one does */
  readonly repairs: Repair[];
}

/** No answer that could be proved. Nothing is returned in its place. */
export interface StoppedAllocation {
  readonly status: "stopped";
  readonly reason: string;
}

/** A limit is called binding when the plan is this close to it, relative to the limit. */
const BINDING = 1e-9;

/**
 * The split of spend over channels that maximises the objective within the limits: every curve is cut into tangent
 * segments, the linear programme is solved and refined until no feasible plan can be worth more than 1e-8 of the objective
 * above the one returned (typically 1e-14).
 * Laws: a looser limit never lowers the optimum; the optimum is concave in the budget; a currency changes nothing but the
 * scale; the order of channels changes nothing but the order; identical channels get identical spend.
 */
export function allocate(problem: AllocationProblem, engines?: Engines): Allocation {
  const refusal = refusalOf(problem);
  if (refusal !== null) return { status: "stopped", reason: refusal };
  const limits = limitsOf(problem);
  const programme = compileProgramme(problem, problem.objective, limits);
  const best = holdsSpend(problem) ? maximiseHeld(problem, programme, engines) : maximise(programme, { engines });
  if (best.kind === "proved") return describe(problem, programme, best);
  // A solver that stops has proved nothing; a conflict that is found has been proved
  const { limits: conflict, repairs } = findConflict(problem, limits, engines);
  return conflict.length > 0
    ? { status: "infeasible", conflict, repairs }
    : { status: "stopped", reason: explainStop(problem, best) };
}

/** Least spend under an exact total: every plan is as good, and the one that brings most is taken. */
function holdsSpend({ objective, constraints }: AllocationProblem): boolean {
  return objective.type === "min_spend" && constraints.some((one) => one.type === "total_spend" && one.sense === "=");
}

function maximiseHeld(problem: AllocationProblem, programme: Programme, engines: Engines | undefined): Maximum {
  const most = compileProgramme(
    problem,
    { ...problem.objective, response_weight: 1, spend_weight: 0 },
    limitsOf(problem),
  );
  const best = maximise(most, { engines });
  if (best.kind !== "proved") return best;
  const prices = {
    rows: Float64Array.from(programme.rows, ({ limit }) => (limit.type === "total_spend" ? -1 : 0)),
    returns: new Float64Array(programme.returns.length),
    stocks: new Float64Array(programme.stocks.length),
  };
  const { bound } = dualBound(programme, best.spend, prices);
  return { ...best, prices, value: objectiveValue(programme, best), bound, gap: relativeGap(programme, best, bound) };
}

function explainStop(problem: AllocationProblem, outcome: Exclude<Maximum, Proved>): string {
  switch (outcome.kind) {
    case "unlimited": {
      const { name } = problem.channels[outcome.channel]!;
      return `nothing stops the spend of ${name}: give a total, a maximum, a return floor or a price of spend`;
    }
    case "infeasible":
      return "the limits hold together only within rounding; give them a little more room";
    case "stopped":
      return outcome.reason;
  }
}

function describe(problem: AllocationProblem, programme: Programme, best: Proved): OptimalAllocation {
  const { spend, sold, prices } = best;
  const { weight, cost } = unitPrices(programme, prices);
  const marginal = Float64Array.from(programme.curves, (curve, i) => {
    const wasted = sold[i]! < curveValue(curve, spend[i]!) * (1 - BINDING);
    return wasted ? 0 : curveSlope(curve, spend[i]!);
  });
  const reducedCost = marginal.map((slope, i) => (weight[i]! > 0 ? weight[i]! * slope : 0) - cost[i]!);
  return {
    status: "optimal",
    spend,
    response: sold,
    objectiveValue: best.value,
    marginal,
    duals: dualsOf(problem, programme, best, reducedCost),
    certificate: {
      upperBound: best.bound,
      gap: best.gap,
      feasibility: best.feasibility,
      passes: best.passes,
      scope: "global",
      crossCheck: crossCheckOf(problem, best.value),
    },
    binding: bindingLimits(problem, programme, best, reducedCost),
  };
}

export function dualsOf(
  { objective, constraints }: AllocationProblem,
  { rows, returns }: Programme,
  { prices }: Proved,
  reducedCost: Float64Array,
): Duals {
  const has = (type: string) => constraints.some((constraint) => constraint.type === type);
  const priceOf = (matches: (limit: Limit) => boolean) =>
    rows.reduce((sum, { limit }, r) => (matches(limit) ? sum + prices.rows[r]! : sum), 0);
  const asking = ["blended_roas_floor", "min_total_response"];
  const returned = (objective.type === "min_spend" ? asking.toReversed() : asking).find(has);
  const at = returns.findIndex(({ limit }) => limit.type === returned);
  return {
    budget: has("total_spend") ? priceOf((limit) => limit.type === "total_spend") : null,
    multiplier: returned === undefined ? null : (prices.returns[at] ?? 0),
    groups: constraints.flatMap((constraint) =>
      constraint.type === "group_spend"
        ? [priceOf((limit) => "group" in limit && limit.group === constraint.name)]
        : [],
    ),
    reducedCost,
  };
}

export function bindingLimits(
  problem: AllocationProblem,
  programme: Programme,
  best: Proved,
  reducedCost: Float64Array,
): BindingLimit[] {
  const { spend, prices } = best;
  const near = (amount: number, bound: number) => Math.abs(amount - bound) <= BINDING * Math.abs(bound);
  const binding: BindingLimit[] = [];
  for (const [i, { name: channel }] of problem.channels.entries()) {
    const price = reducedCost[i]!;
    const lowerBy = programme.lowerBy[i] ?? null;
    const upperBy = programme.upperBy[i] ?? null;
    if (lowerBy !== null && near(spend[i]!, programme.lower[i]!) && price <= 0)
      binding.push({ limit: lowerBy, channel, price });
    else if (upperBy !== null && near(spend[i]!, programme.upper[i]!)) binding.push({ limit: upperBy, channel, price });
  }
  for (const [r, row] of programme.rows.entries()) {
    const { sum, size } = rowAt(row, spend);
    if (Math.abs(sum - row.value) <= BINDING * size) binding.push({ limit: row.limit, price: prices.rows[r]! });
  }
  for (const [k, { limit }] of programme.returns.entries())
    if (prices.returns[k]! > 0) binding.push({ limit, price: prices.returns[k]! });
  for (const [q, { limit }] of programme.stocks.entries())
    if (prices.stocks[q]! > 0) binding.push({ limit, price: prices.stocks[q]! });
  return binding;
}
