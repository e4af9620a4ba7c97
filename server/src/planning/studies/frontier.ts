import type { Frontier, FrontierInput } from "../../contract/index.ts";
import type { Workspace } from "../../workspace.ts";
import { gatherFacts } from "../gather-facts.ts";
import type { PlanFacts } from "../plan-facts.ts";
import type { PlanCurves } from "../plan-frame.ts";
import { type PlanQuestion, preparePlan } from "../prepare-plan.ts";
import { solveOn, solvePlan } from "../solve-plan.ts";
import { todaysCurves } from "../todays-curves.ts";
import { describeBest, describeToday, frameOf, inTurns } from "./best-split.ts";
import { warnOfStops } from "./warn-of-stops.ts";

/** Budgets that are tried where none are given: up to twice what is spent today, or what was asked for. */
const POINTS = 21;
const REACH = 2;
const FIRST_STEP = 1e-3;

/**
 * What the best split brings at every budget.
 * Law: a point is the plan that is proposed at its budget, before anybody asks whether it convinces.
 */
export async function traceFrontier(workspace: Workspace, input: FrontierInput): Promise<Frontier> {
  const limits = { ...input.limits, target: null };
  const curves = await todaysCurves(workspace);
  return frontierOn(curves, { ...input, limits }, await gatherFacts(workspace, curves, limits));
}

/** The same on curves of anybody. */
export async function frontierOn(
  curves: PlanCurves,
  { limits, budgets }: FrontierInput,
  facts: PlanFacts,
): Promise<Frontier> {
  const asked = preparePlan(curves, limits, facts);
  const tried = [
    ...new Set(budgets ?? budgetsToTry(asked, preparePlan(curves, { ...limits, budget: 0 }, facts))),
  ].toSorted((a, b) => a - b);
  const solved = await inTurns(tried, (budget) => solveOn(curves, { ...limits, budget }, facts));
  return {
    ...frameOf(asked),
    points: solved.map(({ question, allocation }, i) => ({
      budget: tried[i]!,
      best: allocation.status === "optimal" ? describeBest(question, allocation) : null,
    })),
    today: describeToday(asked),
    breakEven: await breakEven(preparePlan(curves, { ...limits, budget: tried.at(-1)!, exact: false }, facts)),
    warnings: warnOfStops(solved),
  };
}

/** From a little more than what is spent in any case, where a price can be told, to far beyond today. */
function budgetsToTry({ prepared }: PlanQuestion, { prepared: nothing }: PlanQuestion): number[] {
  const least = nothing.channels.reduce((sum, { lower }) => sum + lower, 0);
  const most = Math.max(least, REACH * Math.max(prepared.today, prepared.budget));
  return Array.from({ length: POINTS }, (_, i) => least + (most - least) * Math.max(FIRST_STEP, i / (POINTS - 1)));
}

/** What is spent where every unit of money is to bring back one unit at least. */
async function breakEven(question: PlanQuestion): Promise<number | null> {
  const { frame, problem, prepared } = question;
  if (frame.goal === "conversions") return null;
  const objective = { ...problem.objective, type: "max_profit", spend_weight: -1 } as const;
  const best = await solvePlan({ ...question, problem: { ...problem, objective } });
  if (best.status !== "optimal") return null;
  const spend = best.spend.reduce((sum, each) => sum + each, 0);
  return spend < prepared.budget * (1 - 1e-6) ? spend : null;
}
