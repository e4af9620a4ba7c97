import { TRPCError } from "@trpc/server";
import { NewPassword } from "../contract/index.ts";
import { UserError } from "../user-error.ts";

let wellKnown: Promise<ReadonlySet<string>> | undefined;

/** The passwords that are tried first, by how often leaks contain them. */
function wellKnownPasswords(): Promise<ReadonlySet<string>> {
  wellKnown ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map((word) => String(word).toLowerCase())),
  );
  return wellKnown;
}

const OWN_WORDS = /touchline/g;
const SHORTEST_REST = 8;

/**
 * Refuses a password that guessers try first: one that leaks contain, or little more than words that they know of the person.
 * @throws UserError or TRPCError that says what is wrong with it
 */
export async function requireGoodPassword(password: string, email: string): Promise<void> {
  const shape = NewPassword.safeParse(password);
  if (!shape.success) throw new TRPCError({ code: "BAD_REQUEST", message: shape.error.issues[0]!.message });
  const lower = password.toLowerCase();
  const stem = lower.replace(/[^\p{L}]+$/u, "").replace(/^[^\p{L}]+/u, "");
  const known = await wellKnownPasswords();
  if (known.has(lower) || known.has(stem) || isRepetition(lower)) {
    throw new UserError("this password is among those that are guessed first: choose another one, three words or more");
  }
  const rest = email
    .toLowerCase()
    .split(/[@._+-]/)
    .filter((word) => word.length > 3)
    .reduce((text, word) => text.replaceAll(word, ""), lower.replace(OWN_WORDS, ""));
  if (rest.length < SHORTEST_REST) {
    throw new UserError("this password is little more than your address or our name: choose another one");
  }
}

/** A short piece again and again. */
function isRepetition(text: string): boolean {
  return /^(.{1,4})\1+.{0,3}$/u.test(text);
}
