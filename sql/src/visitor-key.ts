import { createHash, createHmac } from "node:crypto";

/** The two halves of a 128-bit key, as decimal text: JavaScript's numbers do not hold 64 bits. */
export type VisitorKey = readonly [string, string];

/** Each workspace hashes with its own key, so that nobody can tell that two workspaces know the same visitor. */
export function visitorKey(secret: Uint8Array, workspaceId: string): VisitorKey {
  const key = createHmac("sha256", secret).update(`visitors of ${workspaceId}`).digest();
  return [key.readBigUInt64LE(0).toString(), key.readBigUInt64LE(8).toString()];
}

/** Tells two secrets apart, and tells nothing about either. */
export function secretPrint(secret: Uint8Array): string {
  return createHash("sha256").update("touchline secret ").update(secret).digest("hex").slice(0, 32);
}

/**
 * SQL for the keyed hash (SipHash, a pseudo-random function) of an identifier: UInt64, 0 for an empty one. Visitors and persons
 * share it, because a customer id may stand in either place.
 */
export function identifierHash([k0, k1]: VisitorKey, text: string): string {
  return `if(${text} = '', toUInt64(0), sipHash64Keyed((toUInt64('${k0}'), toUInt64('${k1}')), ${text}))`;
}
