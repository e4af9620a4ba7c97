import {
  type Allocation,
  type AllocationProblem,
  allocate,
  type DrawsProblem,
  isConcave,
  type ParsedProblem,
} from "@touchline/solver";
import { DAYS_PER_PERIOD } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import { giveWay, MOST_TURNS } from "./give-way.ts";
import type { PlanFacts } from "./plan-facts.ts";
import type { PlanCurves } from "./plan-frame.ts";
import { NO_RESPONSE, sameAt } from "./plan-problem.ts";
import type { PlanLimits } from "./prepare-channels.ts";
import { type PlanQuestion, preparePlan } from "./prepare-plan.ts";
import { curvePerPeriod } from "./revenue-curve.ts";
import { solveInThread } from "./solve-in-thread.ts";

/** Concave plans of so many channels take a few milliseconds: asking another thread would take longer. */
const FEW_CHANNELS = 20;
/** What is not solved by then is said to be not solved. */
export const PLAN_SECONDS = 20;
/** A cautious plan looks at the worst fifth of what the curves may be. */
const WORST_SHARE = 0.2;

/** A question and the optimiser's answer to it. */
export interface SolvedPlan {
  readonly question: PlanQuestion;
  readonly allocation: Allocation;
}

/** Asks for a plan on these curves, until nothing but the caller's own limits is in the way of one. */
export async function solveOn(
  curves: PlanCurves,
  limits: PlanLimits,
  facts: PlanFacts,
  solve: (question: PlanQuestion) => Promise<Allocation> = solvePlan,
): Promise<SolvedPlan> {
  let question = preparePlan(curves, limits, facts);
  let allocation = await solve(question);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const freer = giveWay(question, allocation);
    if (freer === null) break;
    question = preparePlan(curves, freer, facts);
    allocation = await solve(question);
  }
  return { question, allocation };
}

/**
 * Solves a plan where that is quickest; whatever takes its time, in a thread.
 * @throws UserError when wishes do not go together
 */
export async function solvePlan(question: PlanQuestion): Promise<Allocation> {
  const { problem, limits } = question;
  const caution = limits.caution ?? 0;
  if (caution > 0) return solved({ layout: "draws", problem: drawsProblem(question, caution), names: {} });
  if (isConcaveProblem(problem) && problem.channels.length <= FEW_CHANNELS) return allocate(problem);
  return solved({ layout: "one-period", problem, names: {} });
}

async function solved(parsed: ParsedProblem): Promise<Allocation> {
  const outcome = await solveInThread(parsed, PLAN_SECONDS);
  if (outcome.kind === "late") return { status: "stopped", reason: `it took longer than ${PLAN_SECONDS} seconds` };
  const { answer } = outcome;
  if (answer.layout === "one-period" || answer.layout === "draws") return answer.allocation;
  throw new Error(`the optimiser answered with ${answer.layout} where a plan was asked for`);
}

function isConcaveProblem({ channels }: AllocationProblem): boolean {
  return channels.every(
    ({ curve, minimumIfOn, step }) => isConcave(curve) && minimumIfOn === undefined && step === undefined,
  );
}

function drawsProblem({ problem, prepared, limits }: PlanQuestion, caution: number): DrawsProblem {
  const { objective, channels, constraints } = problem;
  if (objective.type === "min_spend")
    throw new UserError("a target is for the mean of what the curves may be: leave caution out", { exitCode: 2 });
  if (channels.some(({ minimumIfOn, step }) => minimumIfOn !== undefined || step !== undefined))
    throw new UserError("caution does not go with all-or-nothing minimums or steps: leave one of them out", {
      exitCode: 2,
    });
  const days = DAYS_PER_PERIOD[limits.period];
  const drawn = prepared.channels.map(({ fitted }) => fitted?.draws ?? null);
  const count = Math.min(...drawn.flatMap((draws) => (draws === null ? [] : [draws.length])));
  if (!Number.isFinite(count) || count === 0)
    throw new UserError("caution needs draws of the curves, and these have none: leave it out", { exitCode: 2 });
  const { response_weight, spend_weight, weights } = objective;
  return {
    objective: {
      ...{ type: "cautious", alpha: WORST_SHARE, caution, response_weight, spend_weight },
      ...(weights === undefined ? {} : { weights }),
    },
    channels: channels.map(({ name, lower, upper, current }, i) => ({
      ...{ name, lower, upper, current },
      draws: Array.from({ length: count }, (_, draw) => {
        const curve = drawn[i]?.[draw];
        return curve === undefined ? NO_RESPONSE : sameAt(curvePerPeriod(curve, days), { lower, upper });
      }),
    })),
    constraints,
  };
}
