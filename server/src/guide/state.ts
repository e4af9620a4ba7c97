import { firstSteps } from "@touchline/sql";
import type { GuideState } from "../contract/index.ts";
import { memberships, proposals, scenarios, type WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";

/** What has been done so far of what leads to a first plan. */
export async function fetchGuideState({
  workspace,
  store,
}: {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
}): Promise<GuideState> {
  const [steps, rules, saved, proposed, members] = await Promise.all([
    workspace.warehouse.askOne(firstSteps, {}),
    workspace.setting("channel-rules"),
    store.count(scenarios),
    store.count(proposals),
    store.count(memberships),
  ]);
  return {
    touchpoints: steps.touchpoints === 1,
    spend: steps.spend === 1,
    conversions: steps.conversions === 1,
    channels: steps.channels,
    hasChannelRules: rules !== undefined,
    hasRun: steps.runs === 1,
    hasPlan: saved + proposed > 0,
    members,
  };
}
