import { and, asc, eq, isNull, max } from "drizzle-orm";
import { Role, type Team } from "../../contract/index.ts";
import { type Database, memberships, oneTimeLinks, sessions, users, type WorkspaceStore } from "../../store/index.ts";
import {
  forbidden,
  holdTeam,
  requireAnotherOwner,
  requireInHands,
  requireMemberRole,
  rolesInHands,
  type TeamDesk,
} from "./standing.ts";

export type Member = Team["members"][number];

/** Who belongs to the workspace, in the order in which they came. */
export function listMembers(store: WorkspaceStore): Promise<Member[]> {
  return store.transaction(async (_, db) => {
    const seen = db
      .select({ userId: sessions.userId, at: max(sessions.updatedAt).as("last_seen_at") })
      .from(sessions)
      .groupBy(sessions.userId)
      .as("seen");
    const rows = await db
      .select({
        ...{ userId: users.id, name: users.name, email: users.email, role: memberships.role },
        ...{ joinedAt: memberships.createdAt, seenAt: seen.at, hasSecondFactor: users.twoFactorEnabled },
      })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .leftJoin(seen, eq(seen.userId, users.id))
      .where(eq(memberships.workspaceId, store.workspaceId))
      .orderBy(asc(memberships.createdAt), asc(users.email));
    return rows.map(({ joinedAt, seenAt, hasSecondFactor, ...member }) => ({
      ...member,
      joinedAt: joinedAt.toISOString(),
      lastSeenAt: seenAt?.toISOString() ?? null,
      hasSecondFactor: hasSecondFactor === true,
    }));
  });
}

/**
 * Gives a member another role.
 * @throws TRPCError when the actor may not give or take one of the two; UserError when nobody would be left who owns the workspace
 */
export function changeRole(desk: TeamDesk, { userId, role }: { userId: string; role: Role }): Promise<void> {
  const { store, actor } = desk;
  const { workspaceId } = store;
  return store.transaction(async (tx, db) => {
    await holdTeam(db, workspaceId);
    const roles = await rolesInHands(db, workspaceId, actor);
    const before = await requireMemberRole(db, workspaceId, userId);
    if (before === role) return;
    requireInHands(roles, before);
    requireInHands(roles, role);
    if (isThemselves(desk, userId) && Role.options.indexOf(role) > Role.options.indexOf(before))
      throw forbidden("nobody raises their own role: ask another admin or owner");
    if (before === "owner") await requireAnotherOwner(db, workspaceId, userId);
    await tx.update(memberships, { role }, eq(memberships.userId, userId));
    await tx.audit({
      ...{ actor, action: "members.change-role", subject: { kind: "person", id: userId } },
      ...{ before: { role: before }, after: { role } },
    });
  });
}

/**
 * Takes somebody out of the workspace: their next request fails.
 * @throws TRPCError when the actor may not; UserError when nobody would be left who owns the workspace
 */
export function removeMember(desk: TeamDesk, userId: string): Promise<void> {
  const { store, actor } = desk;
  const { workspaceId } = store;
  return store.transaction(async (tx, db) => {
    await holdTeam(db, workspaceId);
    const roles = await rolesInHands(db, workspaceId, actor);
    const role = await requireMemberRole(db, workspaceId, userId);
    const isLeaving = isThemselves(desk, userId);
    if (!isLeaving) requireInHands(roles, role);
    if (role === "owner") await requireAnotherOwner(db, workspaceId, userId);
    await tx.remove(memberships, eq(memberships.userId, userId));
    await endOwnInvitations(db, workspaceId, userId);
    await tx.audit({
      ...{ actor, action: isLeaving ? "members.leave" : "members.remove", subject: { kind: "person", id: userId } },
      before: { role },
    });
  });
}

function isThemselves({ actor }: TeamDesk, userId: string): boolean {
  return actor.kind === "person" && actor.id === userId;
}

/** An older invitation would let somebody back in who was just taken out. */
async function endOwnInvitations(tx: Database, workspaceId: string, userId: string): Promise<void> {
  const [person] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  await tx
    .update(oneTimeLinks)
    .set({ endedAt: new Date() })
    .where(
      and(
        eq(oneTimeLinks.kind, "invitation"),
        eq(oneTimeLinks.workspaceId, workspaceId),
        eq(oneTimeLinks.email, person!.email),
        isNull(oneTimeLinks.endedAt),
      ),
    );
}
