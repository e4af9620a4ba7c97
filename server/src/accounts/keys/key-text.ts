import { createHash, randomBytes } from "node:crypto";

const PREFIX = "tlk_";
const HINT_LENGTH = PREFIX.length + 6;
const FORM = /^tlk_[\w-]{32}$/;

export interface KeyText {
  readonly key: string;
  /** How it begins, for people to tell keys apart. */
  readonly hint: string;
  readonly hash: string;
}

export function newKeyText(): KeyText {
  const key = `${PREFIX}${randomBytes(24).toString("base64url")}`;
  return { key, hint: key.slice(0, HINT_LENGTH), hash: hashOf(key) };
}

/** Keys are long and random: their hash needs no salt. @returns null for what cannot be a key */
export function hashOfKey(key: string): string | null {
  return FORM.test(key) ? hashOf(key) : null;
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
