import type { Plan } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { planToday } from "./plan-today.ts";
import type { PlanLimits } from "./prepare-channels.ts";
import { changesSinceLast } from "./scenarios/index.ts";

/**
 * The best split of a budget on a workspace's curves, beside the plan that was saved last.
 * @throws UserError when there is nothing to plan on, or a limit names an unknown channel
 */
export async function proposePlan(workspace: Workspace, limits: PlanLimits): Promise<Plan> {
  const planned = await planToday(workspace, limits);
  return { ...planned.plan, changes: await changesSinceLast(workspace, limits, planned) };
}
