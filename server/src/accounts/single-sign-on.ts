import { and, eq, gt, isNull } from "drizzle-orm";
import { type Actor, type Database, oneTimeLinks, type Store, sessions } from "../store/index.ts";
import { tokenHash } from "./hash-session-tokens.ts";
import { join, membershipsOf } from "./memberships.ts";
import { CLIENT_ADDRESS_HEADER, type SsoSession } from "./sign-in-engine.ts";

function openInvitations(email: string) {
  return and(
    eq(oneTimeLinks.kind, "invitation"),
    eq(oneTimeLinks.email, email.toLowerCase()),
    isNull(oneTimeLinks.endedAt),
    gt(oneTimeLinks.expiresAt, new Date()),
  );
}

/** Single sign-on proves who somebody is, not that they belong here: only who was invited gets an account by it. */
export async function mayJoin(db: Database, email: string): Promise<boolean> {
  return (
    (await db.select({ id: oneTimeLinks.id }).from(oneTimeLinks).where(openInvitations(email)).limit(1)).length > 0
  );
}

/** Whoever was invited and comes by single sign-on has accepted by that. */
export async function enterBySso(store: Store, { token, person }: SsoSession, headers: Headers): Promise<void> {
  const actor: Actor = {
    ...{ kind: "person", id: person.id, name: `${person.name} <${person.email}>` },
    ip: headers.get(CLIENT_ADDRESS_HEADER),
    userAgent: headers.get("user-agent"),
  };
  const subject = { kind: "person", id: person.id };
  await store.transaction(async (tx) => {
    await tx.db
      .update(sessions)
      .set({ factors: "single-sign-on" })
      .where(eq(sessions.token, tokenHash(token)));
    const accepted = await tx.db
      .update(oneTimeLinks)
      .set({ endedAt: new Date() })
      .where(openInvitations(person.email))
      .returning();
    for (const { workspaceId, role } of accepted) {
      await join(tx.db, person.id, workspaceId, role!);
      await tx.in(workspaceId).audit({ actor, action: "members.join", subject, after: { role } });
    }
    for (const { id } of await membershipsOf(tx.db, person.id))
      await tx.in(id).audit({ actor, action: "session.sign-in", subject, after: { by: "single sign-on" } });
  });
}
