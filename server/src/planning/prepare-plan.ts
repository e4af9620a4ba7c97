import type { AllocationProblem } from "@touchline/solver";
import { UserError } from "../user-error.ts";
import type { PlanFacts } from "./plan-facts.ts";
import { type PlanCurves, type PlanFrame, planFrame } from "./plan-frame.ts";
import { planProblem, settleBounds } from "./plan-problem.ts";
import { type PlanLimits, type PreparedChannels, prepareChannels } from "./prepare-channels.ts";

/** What the optimiser is asked, and everything that its answer is put into words with. */
export interface PlanQuestion {
  readonly limits: PlanLimits;
  readonly prepared: PreparedChannels;
  readonly problem: AllocationProblem;
  readonly frame: PlanFrame;
}

/** @throws UserError when there is nothing to plan on, or a limit names an unknown channel */
export function preparePlan(curves: PlanCurves, asked: PlanLimits, facts: PlanFacts): PlanQuestion {
  const limits = settleBounds(asked);
  const prepared = prepareChannels(curves, limits);
  requireMembers(limits, prepared);
  const problem = planProblem(prepared, limits, facts);
  return { limits, prepared, problem, frame: planFrame(curves, prepared, limits, facts) };
}

function requireMembers({ groups = [], contacts = [] }: PlanLimits, { channels }: PreparedChannels): void {
  const names = channels.map(({ name }) => name);
  const named = [
    ...groups.flatMap(({ name, members }) => members.map((channel) => [name, channel] as const)),
    ...contacts.flatMap(({ name, channels: members }) => members.map((channel) => [name, channel] as const)),
  ];
  for (const [of, channel] of named) {
    if (!names.includes(channel)) {
      throw new UserError(
        `"${of}" names the channel "${channel}", which has no spend; channels are ${names.join(", ")}`,
        { exitCode: 2 },
      );
    }
  }
}
