import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { credentials, type Database, sessions, users } from "../store/index.ts";
import { verifyPassword } from "./password-hash.ts";

export type Person = typeof users.$inferSelect;

export async function personByEmail(db: Database, email: string): Promise<Person | null> {
  const [person] = await db.select().from(users).where(eq(users.email, email));
  return person ?? null;
}

/** Makes somebody who may sign in with a password. The address counts as proved: the link was sent there, or printed to an owner. */
export async function createPerson(
  tx: Database,
  { name, email, hash }: { name: string; email: string; hash: string },
): Promise<Person> {
  const now = new Date();
  const [person] = await tx
    .insert(users)
    .values({ id: randomUUID(), name, email, emailVerified: true, createdAt: now, updatedAt: now })
    .returning();
  await setPassword(tx, person!.id, hash);
  return person!;
}

const BY_PASSWORD = "credential";

/** Gives somebody a new password, by its hash, and ends every session: whoever knew the old one is out. */
export async function setPassword(tx: Database, userId: string, hash: string): Promise<void> {
  const now = new Date();
  const own = await passwordOf(tx, userId);
  if (own === undefined)
    await tx.insert(credentials).values({
      ...{ id: randomUUID(), accountId: userId, providerId: BY_PASSWORD, userId, password: hash },
      ...{ createdAt: now, updatedAt: now },
    });
  else await tx.update(credentials).set({ password: hash, updatedAt: now }).where(eq(credentials.id, own.id));
  await tx.delete(sessions).where(eq(sessions.userId, userId));
}

async function passwordOf(db: Database, userId: string) {
  const known = await db.select().from(credentials).where(eq(credentials.userId, userId));
  return known.find(({ providerId }) => providerId === BY_PASSWORD);
}

export async function hasPassword(db: Database, userId: string): Promise<boolean> {
  return (await passwordOf(db, userId)) !== undefined;
}

/** Whether this is somebody's password. */
export async function isPasswordOf(db: Database, userId: string, password: string): Promise<boolean> {
  const hash = (await passwordOf(db, userId))?.password ?? null;
  return hash !== null && verifyPassword({ hash, password });
}
