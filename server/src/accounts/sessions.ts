import { and, desc, eq, gt, ne } from "drizzle-orm";
import type { SessionRow } from "../contract/index.ts";
import { type Database, type SessionFactors, StoreFull, sessions } from "../store/index.ts";
import type { Accounts } from "./accounts.ts";
import { recently } from "./recent.ts";
import type { RequestFacts } from "./request-facts.ts";
import { ABSOLUTE_DAYS } from "./sign-in-engine.ts";

const DAY_MS = 86_400_000;

/** Somebody who is signed in, and by which session. */
export interface SignedIn {
  readonly sessionId: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whether codes are asked for when they sign in. */
  readonly hasSecondFactor: boolean;
  /** By what this session was opened. */
  readonly factors: SessionFactors;
}

/** True where more than a password was shown; what a single sign-on asks for is the company's own rule. */
export function isStronglySignedIn({ factors }: Pick<SignedIn, "factors">): boolean {
  return factors !== "password";
}

/** Who asks; null for nobody. A session that was revoked is over at once. */
export async function whoAsks(accounts: Accounts, request: RequestFacts): Promise<SignedIn | null> {
  const cookies = request.headers.get("cookie");
  return cookies === null ? null : recently(accounts.store, `who ${cookies}`, () => findWho(accounts, request));
}

async function findWho({ engine, store }: Accounts, request: RequestFacts): Promise<SignedIn | null> {
  const asked = { headers: request.headers, returnHeaders: true } as const;
  const { response, headers } = await engine.api.getSession(asked).catch((error: unknown) => {
    // That somebody was seen cannot be written down: they are signed in all the same.
    if (!isStoreFull(error)) throw error;
    return engine.api.getSession({ ...asked, query: { disableRefresh: true } });
  });
  request.setCookies(headers.getSetCookie());
  if (response === null) return null;
  const { session, user } = response;
  if (session.createdAt.getTime() + ABSOLUTE_DAYS * DAY_MS < Date.now()) {
    await store.db.delete(sessions).where(eq(sessions.id, session.id));
    return null;
  }
  return {
    ...{ sessionId: session.id, id: user.id, name: user.name, email: user.email },
    hasSecondFactor: user.twoFactorEnabled === true,
    factors: session.factors as SessionFactors,
  };
}

function isStoreFull(error: unknown): boolean {
  return error instanceof StoreFull || (error instanceof Error && isStoreFull(error.cause));
}

/** The browsers in which somebody is signed in, the one seen last first. */
export async function listSessions({ store: { db } }: Accounts, who: SignedIn): Promise<SessionRow[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, who.id), gt(sessions.expiresAt, new Date())))
    .orderBy(desc(sessions.updatedAt));
  return rows.map(({ id, createdAt, updatedAt, expiresAt, ipAddress, userAgent }) => ({
    ...{ id, isThis: id === who.sessionId, ip: ipAddress, userAgent },
    createdAt: createdAt.toISOString(),
    lastSeenAt: updatedAt.toISOString(),
    expiresAt: new Date(Math.min(expiresAt.getTime(), createdAt.getTime() + ABSOLUTE_DAYS * DAY_MS)).toISOString(),
  }));
}

/** Ends a session of somebody; one of somebody else's is not found. @returns how many ended */
export async function revokeSession(db: Database, who: SignedIn, sessionId: string): Promise<number> {
  const own = and(eq(sessions.userId, who.id), eq(sessions.id, sessionId));
  return (await db.delete(sessions).where(own).returning({ id: sessions.id })).length;
}

export async function revokeOtherSessions(db: Database, who: SignedIn): Promise<number> {
  const others = and(eq(sessions.userId, who.id), ne(sessions.id, who.sessionId));
  return (await db.delete(sessions).where(others).returning({ id: sessions.id })).length;
}

/** Whoever signs in again in a browser has one session there: a copy of the former one opens nothing any more. */
export async function endFormerSession({ store: { db } }: Accounts, former: SignedIn | null): Promise<void> {
  if (former !== null) await db.delete(sessions).where(eq(sessions.id, former.sessionId));
}
