import type { Plan, PlanChanges, ProposeInput } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { type PlannedToday, planToday } from "../plan-today.ts";
import { describeChanges } from "./describe-changes.ts";

/** A plan as it was made, under which limits. */
export interface MadePlan {
  readonly id: string;
  readonly name: string;
  readonly madeAt: string;
  readonly input: ProposeInput;
  readonly plan: Plan;
}

/** What one plan recommends otherwise than an earlier one, and why; what the limits of then would give is planned on the data of now. */
export async function changesBetween(workspace: Workspace, before: MadePlan, after: MadePlan): Promise<PlanChanges> {
  const between = await replanned(workspace, before.input);
  const isSame = JSON.stringify(before.input) === JSON.stringify(after.input);
  const saved = { ...before, run: before.plan.sources.run ?? "", savedBy: "", savedAt: before.madeAt };
  const planned = { plan: after.plan, marginalAt: between?.marginalAt ?? (() => null) };
  return describeChanges(saved, after.input, planned, isSame ? after.plan : (between?.plan ?? null));
}

/** Null where the old limits name what is not there any more. */
async function replanned(workspace: Workspace, input: ProposeInput): Promise<PlannedToday | null> {
  try {
    return await planToday(workspace, input);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
