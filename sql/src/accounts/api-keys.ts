import type { Warehouse } from "../warehouse.ts";

/** Keys of machines as versions before the store of accounts kept them. */
export interface FormerKey {
  readonly workspaceId: string;
  readonly keyHash: string;
  readonly name: string;
  readonly hint: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** Asked once, of all workspaces, when the store of accounts takes them over. */
export async function formerKeys(warehouse: Warehouse): Promise<FormerKey[]> {
  return (await warehouse.anyWorkspace(
    "former-keys",
    `SELECT toString(workspace_id) AS workspaceId, key_hash AS keyHash, name, hint, created_at AS createdAt,
       if(revoked, updated_at, NULL) AS revokedAt
     FROM api_keys FINAL ORDER BY workspaceId, created_at, keyHash`,
    {},
  )) as FormerKey[];
}
