import { z } from "zod";
import { question, statement } from "../question.ts";
import type { Warehouse } from "../warehouse.ts";

/** A setting as JSON text; no row for one that was never written. */
export const workspaceSetting = question({
  name: "workspace-setting",
  params: z.object({ settingName: z.string() }),
  row: z.object({ value: z.string() }),
  sql: `
    SELECT value
    FROM workspace_settings FINAL
    WHERE workspace_id = {workspaceId:String} AND name = {settingName:String}`,
});

export const saveWorkspaceSetting = statement({
  name: "save-workspace-setting",
  params: z.object({ settingName: z.string(), settingValue: z.string() }),
  sql: `
    INSERT INTO workspace_settings (workspace_id, name, value, updated_at)
    SELECT {workspaceId:String}, {settingName:String}, {settingValue:String}, now64(3)`,
});

/** True when somebody has written this setting for the workspace: whoever only names a workspace must not make one. */
export async function hasSetting(warehouse: Warehouse, workspaceId: string, settingName: string): Promise<boolean> {
  const rows = await warehouse.anyWorkspace(
    "has-setting",
    "SELECT 1 FROM workspace_settings WHERE workspace_id = {workspaceId:String} AND name = {settingName:String} LIMIT 1",
    { workspaceId, settingName },
  );
  return rows.length > 0;
}

/** What the workspaces have written under this name, one JSON text each. */
export async function settingsOfAll(warehouse: Warehouse, settingName: string): Promise<string[]> {
  const rows = (await warehouse.anyWorkspace(
    "settings-of-all",
    "SELECT value FROM workspace_settings FINAL WHERE name = {settingName:String}",
    { settingName },
  )) as { value: string }[];
  return rows.map(({ value }) => value);
}
