import type { Plan } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { describeAnswer } from "./describe-plan.ts";
import { gatherFacts } from "./gather-facts.ts";
import { NO_FACTS, type PlanFacts } from "./plan-facts.ts";
import type { PlanCurves } from "./plan-frame.ts";
import { canTellReturns, type PlanLimits } from "./prepare-channels.ts";
import type { PlanQuestion } from "./prepare-plan.ts";
import { marginalAt } from "./revenue-curve.ts";
import { solveOn } from "./solve-plan.ts";
import { todaysCurves } from "./todays-curves.ts";

/** A plan, and what its curves say of spends that are not its own. */
export interface PlannedToday {
  readonly plan: Plan;
  /** What the next unit of spend brings of the goal; null where no curve can tell. Spend is per period of the plan. */
  marginalAt(channel: string, spend: number): number | null;
}

/**
 * The best split of a budget on a workspace's curves, which are fitted if they are missing.
 * @throws UserError when there is nothing to plan on, or a limit names an unknown channel
 */
export async function planToday(workspace: Workspace, limits: PlanLimits): Promise<PlannedToday> {
  const curves = await todaysCurves(workspace);
  const { question, allocation } = await solveOn(curves, limits, await gatherFacts(workspace, curves, limits));
  return {
    plan: describeAnswer(question, allocation),
    marginalAt: (channel, spend) => slopeOf(question, channel, spend),
  };
}

/** The best split on these curves, whoever fitted them. */
export async function planOnCurves(curves: PlanCurves, limits: PlanLimits, facts: PlanFacts = NO_FACTS): Promise<Plan> {
  const { question, allocation } = await solveOn(curves, limits, facts);
  return describeAnswer(question, allocation);
}

function slopeOf({ prepared, problem }: PlanQuestion, name: string, spend: number): number | null {
  const channel = prepared.channels.find((each) => each.name === name);
  if (channel === undefined || channel.curve === null || !canTellReturns(channel)) return null;
  const slope = (problem.objective.weights?.[name] ?? 1) * marginalAt(channel.curve, spend);
  return Number.isFinite(slope) ? slope : null;
}
