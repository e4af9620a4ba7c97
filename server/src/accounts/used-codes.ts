import { createHmac } from "node:crypto";
import { lt } from "drizzle-orm";
import { type Database, usedCodes } from "../store/index.ts";

/** A code is valid for its own half minute, and one on either side. */
const VALID_MS = 120_000;

/**
 * Takes a code of an app as used.
 * @returns false for one that was used before: whoever looked over a shoulder is too late
 */
export async function useCode(db: Database, secret: Uint8Array, userId: string, code: string): Promise<boolean> {
  const now = new Date();
  await db.delete(usedCodes).where(lt(usedCodes.expiresAt, now));
  const print = createHmac("sha256", secret)
    .update(JSON.stringify(["used code", userId, code]))
    .digest("hex");
  const rows = await db
    .insert(usedCodes)
    .values({ print, expiresAt: new Date(now.getTime() + VALID_MS) })
    .onConflictDoNothing()
    .returning();
  return rows.length > 0;
}
