import { and, asc, eq, sql } from "drizzle-orm";
import { type Right, type Role, roleMay } from "../contract/index.ts";
import { type Database, memberships, policies, users, type WorkspaceStore, workspaces } from "../store/index.ts";

export interface Membership {
  readonly id: string;
  readonly role: Role;
}

/** Where somebody belongs, by name. */
export async function membershipsOf(db: Database, userId: string): Promise<Membership[]> {
  return db
    .select({ id: memberships.workspaceId, role: memberships.role })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.workspaceId));
}

/** What somebody is in a workspace, and what it asks of them. */
export interface Standing {
  readonly role: Role;
  readonly requiresSecondFactor: boolean;
}

/** One question, because every request asks it. @returns null for who does not belong there, and for a workspace that is not there */
export async function standingOf(db: Database, userId: string, workspaceId: string): Promise<Standing | null> {
  const [row] = await db
    .select({ role: memberships.role, asked: policies.policies })
    .from(memberships)
    .leftJoin(policies, eq(policies.workspaceId, memberships.workspaceId))
    .where(and(eq(memberships.userId, userId), eq(memberships.workspaceId, workspaceId)));
  if (row === undefined) return null;
  return { role: row.role, requiresSecondFactor: row.asked?.requireSecondFactor === true };
}

/** The same for everywhere that they belong, by name. */
export async function standingsOf(db: Database, userId: string): Promise<(Standing & { readonly id: string })[]> {
  const rows = await db
    .select({ id: memberships.workspaceId, role: memberships.role, asked: policies.policies })
    .from(memberships)
    .leftJoin(policies, eq(policies.workspaceId, memberships.workspaceId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.workspaceId));
  return rows.map(({ id, role, asked }) => ({ id, role, requiresSecondFactor: asked?.requireSecondFactor === true }));
}

/** Makes somebody a member; who is one already keeps the role. */
export async function join(db: Database, userId: string, workspaceId: string, role: Role): Promise<void> {
  await db.insert(workspaces).values({ id: workspaceId }).onConflictDoNothing();
  await db.insert(memberships).values({ userId, workspaceId, role }).onConflictDoNothing();
}

/**
 * Workspaces that commands have made are known to the store from now on; those that nobody belongs to get the first owner of the
 * house as theirs, so that none is out of reach.
 */
export async function adoptWorkspaces(db: Database, names: readonly string[]): Promise<void> {
  if (names.length > 0)
    await db
      .insert(workspaces)
      .values(names.map((id) => ({ id })))
      .onConflictDoNothing();
  await db.execute(sql`
    INSERT INTO memberships (workspace_id, user_id, role)
    SELECT ${workspaces.id}, first.user_id, 'owner'
    FROM ${workspaces}, (SELECT user_id FROM memberships WHERE role = 'owner' ORDER BY created_at, user_id LIMIT 1) AS first
    WHERE NOT EXISTS (SELECT 1 FROM memberships AS known WHERE known.workspace_id = ${workspaces.id})`);
}

export async function hasPeople(db: Database): Promise<boolean> {
  return (await db.select({ id: users.id }).from(users).limit(1)).length > 0;
}

/** Members who are told something: those whose role has a right, or those of a list. @returns their addresses, in order */
export function mailAddressesOf(
  store: WorkspaceStore,
  { right, people, except }: { right?: Right; people?: readonly string[]; except: string | null },
): Promise<string[]> {
  return store.transaction(async (tx, db) => {
    const members = await db
      .select({ id: users.id, email: users.email, role: memberships.role })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.workspaceId, tx.workspaceId))
      .orderBy(asc(users.email));
    return members
      .filter(({ id, role }) => id !== except && (right === undefined || roleMay(role, right)))
      .filter(({ id }) => people === undefined || people.includes(id))
      .map(({ email }) => email);
  });
}
