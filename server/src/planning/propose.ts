import type { Plan } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { fitCurves } from "./fit-curves.ts";
import { planSplit } from "./plan-split.ts";
import type { PlanLimits } from "./prepare-channels.ts";

/**
 * The best split of a budget on a workspace's curves, which are fitted if they are missing.
 * @throws UserError when there is nothing to plan on, or a limit names an unknown channel
 */
export async function proposePlan(workspace: Workspace, limits: PlanLimits): Promise<Plan> {
  return planSplit(await fitCurves(workspace), limits);
}
