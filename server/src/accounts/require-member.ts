import { TRPCError } from "@trpc/server";
import { type Right, type Role, roleMay, rolesWith } from "../contract/index.ts";
import { log } from "../log.ts";
import type { Actor, WorkspaceStore } from "../store/index.ts";
import type { Accounts } from "./accounts.ts";
import { standingOf } from "./memberships.ts";
import { recently } from "./recent.ts";
import { actorOf, type RequestFacts } from "./request-facts.ts";
import { isStronglySignedIn, type SignedIn } from "./sessions.ts";

/** Somebody whose membership and right are proved, and what they may reach by it. */
export interface Member {
  readonly member: { readonly id: string; readonly name: string; readonly email: string; readonly role: Role };
  /** Bound to the workspace. */
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  viewer: "viewers",
  "media-buyer": "media buyers",
  finance: "finance",
  admin: "admins",
  owner: "owners",
};

function whoMay(right: Right): string {
  const names = rolesWith(right).map((role) => ROLE_NAMES[role]);
  const last = names.pop();
  return names.length === 0 ? String(last) : `${names.join(", ")} and ${last}`;
}

/** The same for a workspace that is not there and for one that is somebody else's. */
function noSuchWorkspace(name: string | null): TRPCError {
  return new TRPCError({
    code: "NOT_FOUND",
    message: name === null ? "the request names no workspace" : `you belong to no workspace called "${name}"`,
  });
}

/** @throws TRPCError UNAUTHORIZED where nobody is signed in */
export function requireSignedIn(who: SignedIn | null): SignedIn {
  if (who === null) throw new TRPCError({ code: "UNAUTHORIZED", message: "sign in first" });
  return who;
}

/** What somebody is in a workspace: who belongs to it, and as what, may have been found out a moment ago. */
function findStanding({ store }: Accounts, userId: string, workspaceId: string) {
  return recently(store, `standing ${userId} ${workspaceId}`, () => standingOf(store.db, userId, workspaceId));
}

/**
 * Proves that somebody belongs to a workspace and has a right in it. A role that was taken away is gone with the next request.
 * @throws TRPCError NOT_FOUND for who does not belong there; FORBIDDEN for who lacks the right, or the second factor that is asked for
 */
export async function requireMember(
  accounts: Accounts,
  who: SignedIn,
  workspaceName: string | null,
  right: Right,
  request: RequestFacts,
): Promise<Member> {
  const refused = (error: TRPCError) => {
    log.warn(
      { event: "access-refused", person: who.id, workspace: workspaceName, right, ip: request.ip },
      error.message,
    );
    return error;
  };
  const standing = workspaceName === null ? null : await findStanding(accounts, who.id, workspaceName);
  if (workspaceName === null || standing === null) throw refused(noSuchWorkspace(workspaceName));
  const { role, requiresSecondFactor } = standing;
  if (!roleMay(role, right)) {
    const message = `your role does not allow this: ${whoMay(right)} may`;
    throw refused(new TRPCError({ code: "FORBIDDEN", message }));
  }
  if (requiresSecondFactor && !isStronglySignedIn(who)) {
    const message = "this workspace asks for a second factor: set one up in your account, or sign in with it";
    throw refused(new TRPCError({ code: "FORBIDDEN", message }));
  }
  const { id, name, email } = who;
  return { member: { id, name, email, role }, store: accounts.store.in(workspaceName), actor: actorOf(who, request) };
}
