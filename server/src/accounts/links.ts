import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Role } from "../contract/index.ts";
import { type Database, type LinkKind, oneTimeLinks } from "../store/index.ts";

const HOUR_MS = 3_600_000;

export interface NewLink {
  readonly kind: LinkKind;
  /** Empty where the link belongs to no workspace. */
  readonly workspaceId: string;
  /** Null for the first owner, who says it. */
  readonly email: string | null;
  readonly role: Role | null;
  readonly createdBy: string;
  readonly hours: number;
}

export type OpenLink = typeof oneTimeLinks.$inferSelect;

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Makes a link that works once. The token is returned once and cannot be read again. */
export async function createLink(db: Database, { hours, ...link }: NewLink): Promise<{ id: string; token: string }> {
  const token = randomBytes(32).toString("base64url");
  const id = randomUUID();
  const expiresAt = new Date(Date.now() + hours * HOUR_MS);
  await db.insert(oneTimeLinks).values({ ...link, id, tokenHash: hashOf(token), expiresAt });
  return { id, token };
}

/** The page that opens a link. The token stands behind #, where no log of a server or a proxy sees it. */
export function linkAddress(url: string, token: string): string {
  return `${url}/link#token=${token}`;
}

/** The link of a token, where it still works; null otherwise. */
export async function findLink(db: Database, token: string): Promise<OpenLink | null> {
  const [link] = await db.select().from(oneTimeLinks).where(stillWorks(token));
  return link ?? null;
}

/**
 * Uses a link up: of two who come with the same one, one gets it. Runs inside the transaction of what the link is for.
 * @returns null when it does not work any more
 */
export async function takeLink(tx: Database, token: string): Promise<OpenLink | null> {
  const [link] = await tx.update(oneTimeLinks).set({ endedAt: new Date() }).where(stillWorks(token)).returning();
  return link ?? null;
}

function stillWorks(token: string) {
  return and(
    eq(oneTimeLinks.tokenHash, hashOf(token)),
    isNull(oneTimeLinks.endedAt),
    gt(oneTimeLinks.expiresAt, new Date()),
  );
}

/** Ends the links of a kind for an address, so that only the newest one works. */
export async function endLinks(db: Database, kind: LinkKind, email: string | null): Promise<void> {
  await db
    .update(oneTimeLinks)
    .set({ endedAt: new Date() })
    .where(
      and(
        eq(oneTimeLinks.kind, kind),
        isNull(oneTimeLinks.endedAt),
        email === null ? isNull(oneTimeLinks.email) : eq(oneTimeLinks.email, email),
      ),
    );
}
