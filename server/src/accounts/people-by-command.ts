import { eq } from "drizzle-orm";
import { type Actor, oneTimeLinks, type Store, secondFactors, sessions, users } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { chainsOf, INSTALLATION } from "./audit-acts.ts";
import { membershipsOf } from "./memberships.ts";
import { type Person, personByEmail } from "./people.ts";
import { holdTeam, requireAnotherOwner } from "./team/standing.ts";

async function requirePerson({ db }: Pick<Store, "db">, email: string): Promise<Person> {
  const person = await personByEmail(db, email);
  if (person === null)
    throw new UserError(`nobody has an account with the address ${email}: touchline users list shows who there is`);
  return person;
}

/**
 * Takes somebody's second factor away, who has lost telephone and spare codes: whoever keeps the server vouches for them. Every session
 * ends, and the password alone opens the next one.
 * @throws UserError when there is no such account, or no second factor
 */
export async function forgetSecondFactor(store: Store, email: string, actor: Actor): Promise<void> {
  const { id, twoFactorEnabled } = await requirePerson(store, email);
  if (twoFactorEnabled !== true) throw new UserError(`${email} has no second factor`);
  await store.transaction(async (tx) => {
    await tx.db.delete(secondFactors).where(eq(secondFactors.userId, id));
    await tx.db.update(users).set({ twoFactorEnabled: false, updatedAt: new Date() }).where(eq(users.id, id));
    await tx.db.delete(sessions).where(eq(sessions.userId, id));
    for (const chain of await chainsOf(tx.db, id))
      await tx.in(chain).audit({ actor, action: "account.forget-second-factor", subject: { kind: "person", id } });
  });
}

/**
 * Deletes an account: sessions, memberships, credentials and open links with it. What the person did stays in the audit and on
 * proposals, under their name.
 * @returns the workspaces that they belonged to
 * @throws UserError when there is no such account, or a workspace would be left without an owner
 */
export async function deletePerson(store: Store, email: string, actor: Actor): Promise<string[]> {
  const { id } = await requirePerson(store, email);
  return store.transaction(async (tx) => {
    const own = await membershipsOf(tx.db, id);
    for (const { id: workspace, role } of own) {
      await holdTeam(tx.db, workspace);
      if (role === "owner") await requireAnotherOwner(tx.db, workspace, id);
      const subject = { kind: "person", id };
      await tx.in(workspace).audit({ actor, action: "account.delete", subject, before: { role } });
    }
    if (own.length === 0)
      await tx.in(INSTALLATION).audit({ actor, action: "account.delete", subject: { kind: "person", id } });
    await tx.db.delete(users).where(eq(users.id, id));
    await tx.db.delete(oneTimeLinks).where(eq(oneTimeLinks.email, email));
    return own.map(({ id: workspace }) => workspace);
  });
}
