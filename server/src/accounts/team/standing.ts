import { TRPCError } from "@trpc/server";
import { and, eq } from "drizzle-orm";
import { type Role, rolesGrantedBy } from "../../contract/index.ts";
import { type Actor, type Database, memberships, type WorkspaceStore, workspaces } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import { standingOf } from "../memberships.ts";

/** Who changes a team, and which. */
export interface TeamDesk {
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

/**
 * Holds a workspace's team until the transaction ends. Law: changes of one team follow one another, so what was looked at before a change
 * still is so when it is made.
 */
export async function holdTeam(tx: Database, workspaceId: string): Promise<void> {
  await tx.insert(workspaces).values({ id: workspaceId }).onConflictDoNothing();
  await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
}

/** Roles that the actor may give and take, as they stand now; whoever is at the server's own command line acts as an owner. */
export async function rolesInHands(tx: Database, workspaceId: string, actor: Actor): Promise<readonly Role[]> {
  if (actor.kind === "command") return rolesGrantedBy("owner");
  const role = (await standingOf(tx, actor.id, workspaceId))?.role ?? null;
  if (role === null) throw forbidden("you do not belong to this workspace any more");
  return rolesGrantedBy(role);
}

export function requireInHands(roles: readonly Role[], role: Role): void {
  if (roles.includes(role)) return;
  throw forbidden(
    roles.length === 0
      ? "admins and owners change the team: ask one of them"
      : `only an owner can make somebody ${withArticle(role)}, or change one`,
  );
}

function withArticle(role: Role): string {
  return `${/^[aeio]/.test(role) ? "an" : "a"} ${role}`;
}

/** @throws UserError when the workspace would be without an owner. The team has to be held. */
export async function requireAnotherOwner(tx: Database, workspaceId: string, userId: string): Promise<void> {
  const owners = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, "owner")));
  if (owners.some((owner) => owner.userId !== userId)) return;
  throw new UserError("a workspace keeps at least one owner: make somebody else an owner first");
}

/** @throws TRPCError when this is nobody of the workspace */
export async function requireMemberRole(tx: Database, workspaceId: string, userId: string): Promise<Role> {
  const role = (await standingOf(tx, userId, workspaceId))?.role ?? null;
  if (role === null) throw new TRPCError({ code: "NOT_FOUND", message: "there is no such member in this workspace" });
  return role;
}

export function forbidden(message: string): TRPCError {
  return new TRPCError({ code: "FORBIDDEN", message });
}
