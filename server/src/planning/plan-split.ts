import { allocate } from "@touchline/solver";
import type { Plan } from "../contract/index.ts";
import { describeAnswer } from "./describe-plan.ts";
import { giveWay, MOST_TURNS } from "./give-way.ts";
import { NO_FACTS, type PlanFacts } from "./plan-facts.ts";
import type { PlanCurves } from "./plan-frame.ts";
import type { PlanLimits } from "./prepare-channels.ts";
import { preparePlan } from "./prepare-plan.ts";

/**
 * The split of a budget that the fitted curves say brings the most within the limits, with its proof. Pure: the same
 * curves and limits give the same plan.
 * @throws UserError when there is nothing to plan on, or a limit names an unknown channel
 * Law: a channel whose spend hardly varied keeps it, unless its own bounds or the total say otherwise.
 */
export function planSplit(curves: PlanCurves, limits: PlanLimits, facts: PlanFacts = NO_FACTS): Plan {
  let question = preparePlan(curves, limits, facts);
  let allocation = allocate(question.problem);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const freer = giveWay(question, allocation);
    if (freer === null) break;
    question = preparePlan(curves, freer, facts);
    allocation = allocate(question.problem);
  }
  return describeAnswer(question, allocation);
}
