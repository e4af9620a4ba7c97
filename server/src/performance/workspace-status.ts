import { dataWatermark, workspaceChannels, workspaceExtent } from "@touchline/sql";
import type { WorkspaceStatus } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";

/** What the workspace holds. */
export async function fetchWorkspaceStatus(workspace: Workspace): Promise<WorkspaceStatus> {
  const settings = await workspace.settings();
  const { warehouse } = workspace;
  const [extent, channels, { lastImportAt }] = await Promise.all([
    warehouse.askOne(workspaceExtent, { timeZone: settings.timeZone }),
    warehouse.ask(workspaceChannels, {}),
    warehouse.askOne(dataWatermark, { liveUntilMs: workspace.shownUntilMs }),
  ]);
  const { firstDay, lastDay, lastBookedDay, ...rows } = extent;
  const to = lastBookedDay === "" ? lastDay : lastBookedDay;
  return {
    workspace: workspace.id,
    ...settings,
    days: firstDay === "" || to === "" ? null : { from: firstDay, to },
    rows,
    lastImportAt,
    channels: channels.map(({ channel }) => channel),
  };
}
