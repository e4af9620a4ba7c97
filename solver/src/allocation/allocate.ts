import { curveValue } from "../response/curve-families.ts";
import { unitCosts } from "./certificate.ts";
import { findConflict, type Repair } from "./conflict.ts";
import { type Maximum, maximise, type Proved } from "./maximise.ts";
import { type AllocationProblem, type Limit, limitsOf } from "./problem.ts";
import { compileProgramme, marginalResponse, type Programme } from "./programme.ts";

export type Allocation = OptimalAllocation | InfeasibleAllocation | StoppedAllocation;

/** The best plan within the limits, with its proof. Arrays follow the order of the problem's channels. */
export interface OptimalAllocation {
  readonly status: "optimal";
  readonly spend: Float64Array;
  readonly response: Float64Array;
  readonly objectiveValue: number;
  /** Response that the next unit of spend would bring, before any weights; Infinity for a power curve at 0 */
  readonly marginal: Float64Array;
  readonly duals: Duals;
  readonly certificate: Certificate;
  /** Every limit that the plan stands on, in the order of the problem */
  readonly binding: BindingLimit[];
}

/**
 * Shadow prices by the KKT conditions. With w and c the weights of response and spend, R the blended ROAS floor:
 *
 *     reducedCost_i = (w + multiplier) * f_i'(x_i) - (c + budget + multiplier * R + sum of i's groups)
 *
 * 0 for a channel between its bounds, above 0 at its upper bound, below 0 at its lower bound.
 */
export interface Duals {
  /** Change of the objective for one more unit of total spend; null where there is no total_spend limit */
  readonly budget: number | null;
  /** Price of the blended ROAS floor, >= 0; null where there is none */
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
}

export interface BindingLimit {
  readonly limit: Limit;
  /** The channel that is held, where the limit is one on channels */
  readonly channel?: string;
  /** Price as in `duals`: change of the objective for one more unit of spend allowed (or asked for) by this limit */
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
export function allocate(problem: AllocationProblem): Allocation {
  const limits = limitsOf(problem);
  const programme = compileProgramme(problem, problem.objective, limits);
  const best = maximise(programme);
  if (best.kind === "proved") return describe(problem, programme, best);
  // A solver that stops has proved nothing; a conflict that is found has been proved
  const { limits: conflict, repairs } = findConflict(problem, limits);
  return conflict.length > 0
    ? { status: "infeasible", conflict, repairs }
    : { status: "stopped", reason: explainStop(problem, best) };
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
  const { spend, prices } = best;
  const response = Float64Array.from(programme.curves, (curve, i) => curveValue(curve, spend[i]!));
  const marginal = marginalResponse(programme, spend);
  const weight = programme.responseWeight + prices.roas;
  const costs = unitCosts(programme, prices);
  const reducedCost = marginal.map((slope, i) => weight * slope - costs[i]!);
  const priceOf = (matches: (limit: Limit) => boolean) =>
    programme.rows.reduce((sum, { limit }, r) => (matches(limit) ? sum + prices.rows[r]! : sum), 0);
  const has = (type: string) => problem.constraints.some((constraint) => constraint.type === type);
  return {
    status: "optimal",
    spend,
    response,
    objectiveValue: best.value,
    marginal,
    duals: {
      budget: has("total_spend") ? priceOf((limit) => limit.type === "total_spend") : null,
      multiplier: has("blended_roas_floor") ? prices.roas : null,
      groups: problem.constraints.flatMap((constraint) =>
        constraint.type === "group_spend"
          ? [priceOf((limit) => "group" in limit && limit.group === constraint.name)]
          : [],
      ),
      reducedCost,
    },
    certificate: { upperBound: best.bound, gap: best.gap, feasibility: best.feasibility, passes: best.passes },
    binding: bindingLimits(problem, programme, best, reducedCost),
  };
}

function bindingLimits(
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
  for (const [r, { limit, members, value }] of programme.rows.entries()) {
    const total = members.reduce((sum, i) => sum + spend[i]!, 0);
    if (near(total, value)) binding.push({ limit, price: prices.rows[r]! });
  }
  if (programme.roasFloor > 0 && prices.roas > 0)
    binding.push({ limit: { type: "blended_roas_floor", value: programme.roasFloor }, price: prices.roas });
  return binding;
}
