import type { Me } from "../contract/index.ts";
import type { Accounts } from "./accounts.ts";
import { hasPeople, membershipsOf } from "./memberships.ts";
import { hasPassword } from "./people.ts";
import { policiesOf } from "./policies/index.ts";
import { isStronglySignedIn, type SignedIn } from "./sessions.ts";

/** Who is looking at the page, and where they may go. */
export async function describeMe({ store, sso }: Accounts, who: SignedIn | null, isDemo: boolean): Promise<Me> {
  const { db } = store;
  if (who === null)
    return {
      state: "signed-out",
      sso: sso === null ? null : new URL(sso.issuer).hostname,
      isNew: !(await hasPeople(db)),
    };
  const { id, name, email, hasSecondFactor } = who;
  const own = await membershipsOf(db, id);
  const workspaces = await Promise.all(
    own.map(async ({ id: workspace, role }) => {
      const { requireSecondFactor } = await policiesOf(store.in(workspace));
      return { id: workspace, role, needsSecondFactor: requireSecondFactor && !isStronglySignedIn(who) };
    }),
  );
  return {
    state: "signed-in",
    user: { id, name, email, hasSecondFactor, hasPassword: await hasPassword(db, id) },
    ...{ workspaces, isDemo, mayCreateWorkspaces: own.some(({ role }) => role === "owner") },
  };
}
