import { asc, count, eq, sql } from "drizzle-orm";
import { type Actor, type Database, memberships, type Store, workspaces } from "../store/index.ts";
import { UserError } from "../user-error.ts";

export interface KnownWorkspace {
  readonly id: string;
  readonly createdAt: string;
  readonly members: number;
  readonly owners: number;
}

/** The workspaces that people can belong to, by name. */
export async function listWorkspaces(db: Database): Promise<KnownWorkspace[]> {
  const rows = await db
    .select({
      ...{ id: workspaces.id, createdAt: workspaces.createdAt, members: count(memberships.userId) },
      owners: sql<number>`(count(*) FILTER (WHERE ${memberships.role} = 'owner'))::int`,
    })
    .from(workspaces)
    .leftJoin(memberships, eq(memberships.workspaceId, workspaces.id))
    .groupBy(workspaces.id)
    .orderBy(asc(workspaces.id));
  return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }));
}

/** Makes a workspace that nobody belongs to yet. @throws UserError when there is one of this name */
export function createWorkspaceByCommand(store: Store, id: string, actor: Actor): Promise<void> {
  return store.in(id).transaction(async (tx, db) => {
    const [made] = await db.insert(workspaces).values({ id }).onConflictDoNothing().returning();
    if (made === undefined) throw new UserError(`there is a workspace ${id} already`);
    await tx.audit({ actor, action: "workspaces.create", subject: { kind: "workspace", id } });
  });
}
