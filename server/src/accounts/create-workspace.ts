import { TRPCError } from "@trpc/server";
import type { Database } from "../store/index.ts";
import { memberships, workspaces } from "../store/index.ts";
import type { Accounts } from "./accounts.ts";
import { membershipsOf } from "./memberships.ts";
import { actorOf, type RequestFacts } from "./request-facts.ts";
import type { SignedIn } from "./sessions.ts";

/** Owners of a workspace may make others. */
async function mayCreateWorkspaces(db: Database, userId: string): Promise<boolean> {
  return (await membershipsOf(db, userId)).some(({ role }) => role === "owner");
}

/** Makes a workspace and its first owner. @throws TRPCError when the name is taken, by people or by data */
export async function createWorkspace(
  { store, workspacesWithData }: Accounts,
  who: SignedIn,
  id: string,
  request: RequestFacts,
): Promise<void> {
  if (!(await mayCreateWorkspaces(store.db, who.id)))
    throw new TRPCError({ code: "FORBIDDEN", message: "owners of a workspace may make others: ask one of them" });
  const taken = () => new TRPCError({ code: "CONFLICT", message: `the name ${id} is taken: choose another one` });
  // A command may have made one a moment ago: its data must not become somebody else's by a name.
  if ((await workspacesWithData()).includes(id)) throw taken();
  await store.transaction(async (tx) => {
    const [made] = await tx.db.insert(workspaces).values({ id }).onConflictDoNothing().returning();
    if (made === undefined) throw taken();
    await tx.db.insert(memberships).values({ workspaceId: id, userId: who.id, role: "owner" });
    const subject = { kind: "workspace", id };
    await tx.in(id).audit({ actor: actorOf(who, request), action: "workspaces.create", subject });
  });
}
