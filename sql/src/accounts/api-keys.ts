import { z } from "zod";
import { question, statement } from "../question.ts";
import type { Warehouse } from "../warehouse.ts";

/** The keys of a workspace, newest first. The key itself is nowhere: `hint` is its beginning. */
export const apiKeys = question({
  name: "api-keys",
  params: z.object({}),
  row: z.object({ name: z.string(), hint: z.string(), createdAt: z.string(), revoked: z.boolean() }),
  sql: `
    SELECT name, hint, created_at AS createdAt, revoked
    FROM api_keys FINAL
    WHERE workspace_id = {workspaceId:String}
    ORDER BY created_at DESC, hint`,
});

export const saveApiKey = statement({
  name: "save-api-key",
  params: z.object({ keyHash: z.string(), keyName: z.string(), hint: z.string() }),
  sql: `
    INSERT INTO api_keys (workspace_id, key_hash, name, hint, created_at, revoked, updated_at)
    SELECT {workspaceId:String}, {keyHash:String}, {keyName:String}, {hint:String}, now64(3), false, now64(3)`,
});

/** Revokes the keys of this name or hint. */
export const revokeApiKey = statement({
  name: "revoke-api-key",
  params: z.object({ keyName: z.string() }),
  sql: `
    INSERT INTO api_keys (workspace_id, key_hash, name, hint, created_at, revoked, updated_at)
    SELECT workspace_id, key_hash, name, hint, created_at, true, now64(3)
    FROM api_keys FINAL
    WHERE workspace_id = {workspaceId:String} AND NOT revoked AND (name = {keyName:String} OR hint = {keyName:String})`,
});

/** The workspace that a key opens, null for one that is unknown or revoked. The only question that is asked before a workspace is known. */
export async function workspaceOfKey(warehouse: Warehouse, keyHash: string): Promise<string | null> {
  const [row] = (await warehouse.anyWorkspace(
    "workspace-of-key",
    "SELECT toString(workspace_id) AS workspaceId FROM api_keys FINAL WHERE key_hash = {keyHash:String} AND NOT revoked",
    { keyHash },
  )) as { workspaceId: string }[];
  return row?.workspaceId ?? null;
}
