import { randomUUID } from "node:crypto";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Scope, ServiceKey } from "../../contract/index.ts";
import { type Actor, serviceKeys, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import { newKeyText } from "./key-text.ts";
import { rememberRevoked } from "./revoked-here.ts";

interface Desk {
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

/** Makes a key for machines. It is returned once and cannot be read again. */
export async function createKey(
  { store, actor }: Desk,
  { name, scopes: asked }: { name: string; scopes: readonly Scope[] },
): Promise<{ key: string; row: ServiceKey }> {
  const { key, hint, hash } = newKeyText();
  const scopes = [...new Set(asked)];
  return store.transaction(async (tx) => {
    const row = await tx.insert(serviceKeys, {
      ...{ id: randomUUID(), name, hint, keyHash: hash, scopes, createdBy: actor.name },
    });
    await tx.audit({
      ...{ actor, action: "keys.create", subject: { kind: "key", id: row.id }, after: { name, hint, scopes } },
    });
    return { key, row: describeKey(row) };
  });
}

/** The newest first, with those that were revoked. */
export async function listKeys(store: WorkspaceStore): Promise<ServiceKey[]> {
  const order = { orderBy: [desc(serviceKeys.createdAt), desc(serviceKeys.id)] };
  return (await store.select(serviceKeys, undefined, order)).map(describeKey);
}

/** @throws UserError when the workspace has no such key in use */
export async function revokeKey({ store, actor }: Desk, id: string): Promise<void> {
  await store.transaction(async (tx) => {
    const inUse = and(eq(serviceKeys.id, id), isNull(serviceKeys.revokedAt))!;
    const [row] = await tx.update(serviceKeys, { revokedAt: new Date() }, inUse);
    if (row === undefined) throw new UserError("this workspace has no such key in use");
    const { name, hint, scopes } = row;
    await tx.audit({ actor, action: "keys.revoke", subject: { kind: "key", id }, before: { name, hint, scopes } });
  });
  rememberRevoked(id);
}

function describeKey(row: typeof serviceKeys.$inferSelect): ServiceKey {
  const { id, name, hint, scopes, createdBy } = row;
  return {
    ...{ id, name, hint, scopes, createdBy },
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
