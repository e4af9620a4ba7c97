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
  if (isGuessedFirst(lower, await wellKnownPasswords())) {
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

const LOOKALIKES: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
  "7": "t",
};
const SHORTEST_WORD = 4;

/**
 * A well-known password, also with figures and signs around it, letters put for signs, twice over, or two of them in a row: the
 * rules by which guessers make long ones of short ones.
 */
function isGuessedFirst(lower: string, known: ReadonlySet<string>): boolean {
  const inner = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const plain = [...lower].map((sign) => LOOKALIKES[sign] ?? sign).join("");
  const forms = [lower, inner(lower), plain, inner(plain)];
  return forms.some((form) => known.has(form) || isRepetition(form) || isTwoWords(form, known));
}

/** A piece again and again. */
function isRepetition(text: string): boolean {
  return /^(.{1,20})\1+.{0,3}$/u.test(text);
}

function isTwoWords(text: string, known: ReadonlySet<string>): boolean {
  for (let cut = SHORTEST_WORD; cut <= text.length - SHORTEST_WORD; cut++)
    if (known.has(text.slice(0, cut)) && known.has(text.slice(cut))) return true;
  return false;
}
