import { randomUUID } from "node:crypto";
import type { Role } from "@touchline/server/contract";
import type { House } from "@touchline/server/house";
import { type Actor, memberships, users, type WorkspaceStore, workspaces } from "../../server/src/store/index.ts";

/** Somebody of a workspace, as what they do is given to the functions that do it. */
export interface Staff {
  readonly id: string;
  readonly email: string;
  readonly desk: { readonly store: WorkspaceStore; readonly actor: Actor };
}

/** Makes somebody and lets them belong to a workspace, without a sign-in. */
export async function hire(
  house: Pick<House, "store">,
  workspaceId: string,
  role: Role,
  name = role as string,
): Promise<Staff> {
  const store = await house.store();
  const [id, now] = [randomUUID(), new Date()];
  const email = `${name}-${id.slice(0, 8)}@shop.example`;
  await store.db.insert(workspaces).values({ id: workspaceId }).onConflictDoNothing();
  await store.db.insert(users).values({ id, name, email, createdAt: now, updatedAt: now });
  await store.db.insert(memberships).values({ workspaceId, userId: id, role });
  const actor: Actor = { kind: "person", id, name: `${name} <${email}>`, ip: "192.0.2.1", userAgent: "test" };
  return { id, email, desk: { store: store.in(workspaceId), actor } };
}
