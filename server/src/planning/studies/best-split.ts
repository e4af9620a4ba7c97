import type { OptimalAllocation } from "@touchline/solver";
import type { BestSplit, Frontier } from "../../contract/index.ts";
import type { PlanQuestion } from "../prepare-plan.ts";
import type { SolvedPlan } from "../solve-plan.ts";
import { splitWorth } from "../split-worth.ts";

/** What a split brings, by the curves. */
export function describeSplit(
  { prepared, problem }: PlanQuestion,
  spend: ArrayLike<number>,
  marginal: number | null,
): BestSplit {
  const total = Array.from(spend).reduce((sum, each) => sum + each, 0);
  const { revenue, value } = splitWorth(problem, prepared.channels, spend);
  return {
    ...{ spend: total, value, revenue, marginal },
    roas: total > 0 ? revenue / total : null,
    allocation: prepared.channels.map(({ name }, i) => ({ channel: name, spend: spend[i]! })),
  };
}

export function describeToday(question: PlanQuestion): BestSplit {
  return describeSplit(
    question,
    question.prepared.channels.map(({ current }) => current),
    null,
  );
}

/** The best split, with what one more unit of money brings of the goal: for profit, of margin. */
export function describeBest(question: PlanQuestion, allocation: OptimalAllocation): BestSplit {
  const { budget } = allocation.duals;
  const marginal = budget === null ? null : budget - question.problem.objective.spend_weight;
  return describeSplit(question, allocation.spend, marginal);
}

/** One after the other; whoever waits for the thread that serves gets its turn between two. */
export async function inTurns<T>(given: readonly T[], solve: (each: T) => Promise<SolvedPlan>): Promise<SolvedPlan[]> {
  const solved: SolvedPlan[] = [];
  for (const each of given) {
    solved.push(await solve(each));
    await new Promise(setImmediate);
  }
  return solved;
}

/** What every study says of itself. */
export function frameOf({ frame }: PlanQuestion): Pick<Frontier, "period" | "currency" | "goal" | "sources"> {
  const { period, currency, goal, sources } = frame;
  return { period, currency, goal, sources };
}
