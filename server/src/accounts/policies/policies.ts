import { TRPCError } from "@trpc/server";
import { DEFAULT_POLICIES, type Policies } from "../../contract/index.ts";
import { type Actor, policies, type WorkspaceStore } from "../../store/index.ts";

/** What a workspace asks of its people. */
export async function policiesOf(store: WorkspaceStore): Promise<Policies> {
  const [row] = await store.select(policies);
  return row?.policies ?? DEFAULT_POLICIES;
}

interface PolicyDesk {
  readonly store: WorkspaceStore;
  readonly actor: Actor;
  /** Whether whoever asks has shown more than a password. */
  readonly isStrong: boolean;
}

/** @throws TRPCError when the change would shut out whoever makes it */
export function changePolicies({ store, actor, isStrong }: PolicyDesk, asked: Policies): Promise<Policies> {
  return store.transaction(async (tx, db) => {
    const before = await policiesOf(tx);
    if (asked.requireSecondFactor && !before.requireSecondFactor && !isStrong) {
      const message = "set up a second factor and sign in with it first: otherwise this rule would shut you out";
      throw new TRPCError({ code: "PRECONDITION_FAILED", message });
    }
    const row = { policies: asked, updatedAt: new Date() };
    await db
      .insert(policies)
      .values({ ...row, workspaceId: tx.workspaceId })
      .onConflictDoUpdate({ target: policies.workspaceId, set: row });
    const subject = { kind: "workspace", id: tx.workspaceId };
    await tx.audit({ actor, action: "policies.change", subject, before, after: asked });
    return asked;
  });
}
