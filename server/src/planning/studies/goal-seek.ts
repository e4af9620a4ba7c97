import type { Allocation, AllocationProblem, OptimalAllocation } from "@touchline/solver";
import type { GoalSeek, GoalSeekInput } from "../../contract/index.ts";
import type { Workspace } from "../../workspace.ts";
import { gatherFacts } from "../gather-facts.ts";
import { amount, figureOf, GOAL_UNITS, limitInWords } from "../limit-words.ts";
import type { PlanFacts } from "../plan-facts.ts";
import type { PlanCurves } from "../plan-frame.ts";
import type { PlanLimits } from "../prepare-channels.ts";
import type { PlanQuestion } from "../prepare-plan.ts";
import { asPlanLimit } from "../price-limits.ts";
import { roomToRound, roundToCents } from "../round-to-cents.ts";
import { solveOn } from "../solve-plan.ts";
import { todaysCurves } from "../todays-curves.ts";
import { describeBest, describeSplit, describeToday, frameOf } from "./best-split.ts";
import { solveHighestRoas } from "./highest-roas.ts";
import { warnOfStops } from "./warn-of-stops.ts";

/** The least money for a target, or the highest ROAS that can be reached. */
export async function seekGoal(workspace: Workspace, { limits, seek }: GoalSeekInput): Promise<GoalSeek> {
  const asked: PlanLimits =
    seek.type === "least-spend" ? { ...limits, target: seek.target } : { ...limits, target: null };
  const curves = await todaysCurves(workspace);
  return seekOn(curves, { limits: asked, seek }, await gatherFacts(workspace, curves, asked));
}

/** The same on curves of anybody. */
export async function seekOn(curves: PlanCurves, { limits, seek }: GoalSeekInput, facts: PlanFacts): Promise<GoalSeek> {
  if (seek.type === "least-spend") {
    const { question, allocation } = await solveOn(curves, { ...limits, target: seek.target, exact: false }, facts);
    return describeTarget(question, allocation, seek.target);
  }
  const asked = { ...limits, target: null, exact: false };
  const { question, allocation } = await solveOn(curves, asked, facts, (each) =>
    solveHighestRoas(limits.budget === null ? withoutTotal(each) : each, seek.minSpend),
  );
  return describeRoas(question, allocation, seek.minSpend);
}

function withoutTotal(question: PlanQuestion): PlanQuestion {
  const { problem } = question;
  const constraints = problem.constraints.filter(({ type }) => type !== "total_spend");
  return { ...question, problem: { ...problem, constraints } };
}

function describeTarget(question: PlanQuestion, allocation: Allocation, target: number): GoalSeek {
  const { frame } = question;
  const unit = frame.goal === "conversions" ? "conversions" : `of ${GOAL_UNITS[frame.goal]}`;
  const wish = `${amount(target)} ${unit} a ${frame.period}`;
  if (allocation.status !== "optimal") return describeFailure(question, allocation, wish);
  const marginalCost = priceOfTarget(question.problem, allocation);
  const best = describeSplit(question, allocation.spend, marginalCost === null ? null : 1 / marginalCost);
  const more = marginalCost === null ? "" : `; one more unit would cost ${figureOf(marginalCost)}`;
  return {
    ...describeReached(question, allocation),
    best,
    marginalCost,
    text: `${wish} cost ${amount(best.spend)} ${frame.currency} at least${more}.`,
  };
}

function describeRoas(question: PlanQuestion, allocation: Allocation, minSpend: number): GoalSeek {
  const { frame } = question;
  const wish = `A spend of at least ${amount(minSpend)} ${frame.currency} a ${frame.period}`;
  if (allocation.status !== "optimal") return describeFailure(question, allocation, wish);
  const best = describeBest(question, allocation);
  return {
    ...describeReached(question, allocation),
    best: { ...best, marginal: null },
    marginalCost: null,
    text: `${wish} brings a ROAS of ${figureOf(best.roas ?? 0)} at most.`,
  };
}

function describeReached(question: PlanQuestion, allocation: OptimalAllocation) {
  const { channels } = question.prepared;
  const amounts = roundToCents(allocation.spend, Number.POSITIVE_INFINITY, ...roomToRound(question.problem, channels));
  const { gap, feasibility } = allocation.certificate;
  return {
    ...frameOf(question),
    status: "reached" as const,
    today: describeToday(question),
    allocation: channels.map(({ name, current }, i) => ({
      channel: name,
      current: current.toFixed(2),
      recommended: amounts[i]!.toFixed(2),
    })),
    ...{ mostReachable: null, conflict: [], warnings: [] },
    certificate: { gap, feasibility, scope: scopeOf(allocation) },
  };
}

function describeFailure(
  question: PlanQuestion,
  allocation: Exclude<Allocation, OptimalAllocation>,
  wish: string,
): GoalSeek {
  const isImpossible = allocation.status === "infeasible";
  const conflict = isImpossible
    ? allocation.conflict.map((limit) => asPlanLimit(limit, question.prepared.channels))
    : [];
  const most = isImpossible
    ? allocation.repairs.find(({ limit }) => limit.type === "min_total_response")?.to
    : undefined;
  const { period } = question.frame;
  return {
    ...frameOf(question),
    status: isImpossible ? "unreachable" : "unsolved",
    ...{ best: null, today: describeToday(question), allocation: [], marginalCost: null, certificate: null },
    mostReachable: most ?? null,
    conflict: conflict.map((limit) => ({ ...limit, text: limitInWords(limit, period) })),
    text: isImpossible
      ? `${wish}: no plan within the limits reaches it${most === undefined ? "" : `; ${amount(most)} can be reached`}.`
      : `${wish}: nothing could be proved.`,
    warnings: warnOfStops([{ question, allocation }]),
  };
}

/** Money that one more unit of the target costs. */
function priceOfTarget({ constraints }: AllocationProblem, { binding }: OptimalAllocation): number | null {
  const target = binding.find(({ limit }) => limit.type === "min_total_response");
  if (target === undefined || !constraints.some(({ type }) => type === "min_total_response")) return null;
  return target.price === 0 ? null : Math.abs(target.price);
}

function scopeOf({ certificate }: OptimalAllocation): "global" | "local" {
  return "scope" in certificate && certificate.scope === "local" ? "local" : "global";
}
