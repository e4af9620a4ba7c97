import type { WhatIf, WhatIfInput } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { gatherFacts } from "../gather-facts.ts";
import type { PlanFacts } from "../plan-facts.ts";
import type { PlanCurves } from "../plan-frame.ts";
import type { PlanQuestion } from "../prepare-plan.ts";
import { solveOn, solvePlan } from "../solve-plan.ts";
import { splitWorth } from "../split-worth.ts";
import { todaysCurves } from "../todays-curves.ts";
import { describeBest, frameOf, inTurns } from "./best-split.ts";
import { warnOfStops } from "./warn-of-stops.ts";

const POINTS = 17;
const REACH = 2;

/** One channel at one spend after the other, the others planned anew around it within the same limits. */
export async function tryChannel(workspace: Workspace, input: WhatIfInput): Promise<WhatIf> {
  const limits = { ...input.limits, target: null };
  const curves = await todaysCurves(workspace);
  return whatIfOn(curves, { ...input, limits }, await gatherFacts(workspace, curves, limits));
}

/** The same on curves of anybody. @throws UserError when the channel has no curve */
export async function whatIfOn(
  curves: PlanCurves,
  { limits, channel, spends }: WhatIfInput,
  facts: PlanFacts,
): Promise<WhatIf> {
  const { question, allocation: plan } = await solveOn(curves, limits, facts);
  const index = requireCurve(question, channel);
  const { current } = question.prepared.channels[index]!;
  const recommended = plan.status === "optimal" ? plan.spend[index]! : current;
  const most = REACH * Math.max(current, recommended);
  const tried = [...new Set(spends ?? Array.from({ length: POINTS }, (_, i) => (most * i) / (POINTS - 1)))].toSorted(
    (a, b) => a - b,
  );
  const solved = await inTurns(tried, async (spend) => {
    const held = heldAt(question, index, spend);
    return { question: held, allocation: await solvePlan(held) };
  });
  const ofPlan = plan.status === "optimal" ? valueOfSplit(question, plan.spend) : null;
  const ofToday = valueOfSplit(
    question,
    question.prepared.channels.map((each) => each.current),
  );
  return {
    ...frameOf(question),
    ...{ channel, today: current, recommended },
    points: solved.map(({ question: held, allocation }, i) => {
      const best = allocation.status === "optimal" ? describeBest(held, allocation) : null;
      return {
        spend: tried[i]!,
        best,
        againstPlan: best === null || ofPlan === null ? null : best.value - ofPlan,
        againstToday: best === null ? null : best.value - ofToday,
      };
    }),
    warnings: warnOfStops(solved),
  };
}

/** The change limit gives way for this channel: the question is what happens beyond it. */
function heldAt(question: PlanQuestion, index: number, spend: number): PlanQuestion {
  const { problem } = question;
  const channels = problem.channels.map((each, i) => {
    if (i !== index) return each;
    const { name, curve } = each;
    return { name, curve, lower: spend, upper: spend, current: spend };
  });
  return { ...question, problem: { ...problem, channels } };
}

function requireCurve({ prepared: { channels } }: PlanQuestion, channel: string): number {
  const index = channels.findIndex(({ name }) => name === channel);
  const known = channels.filter(({ curve }) => curve !== null).map(({ name }) => name);
  if (index < 0 || channels[index]!.curve === null) {
    throw new UserError(
      `"${channel}" ${index < 0 ? "has no spend" : "has no response curve"}: try one of ${known.join(", ")}`,
      { exitCode: 2 },
    );
  }
  return index;
}

function valueOfSplit({ problem, prepared }: PlanQuestion, spend: ArrayLike<number>): number {
  return splitWorth(problem, prepared.channels, spend).value;
}
