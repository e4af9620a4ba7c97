import { knownSecrets } from "./secret-of-environment.ts";

export const REDACTED = "[redacted]";

/** Longer ones are cut: nobody reads them, and a log must not grow by what somebody sends. */
const LONGEST_TEXT = 16_384;
/** So much is looked at before the cut, so that no half of a secret is left at its end. */
const LONGEST_READ = 2 * LONGEST_TEXT;

/** Shorter values would take ordinary words out of the log. */
const SHORTEST_VALUE = 6;

/** Names whose values are secrets in any text; in JSON and in addresses a few more. */
const NAMES =
  "(?:pass(?:word|wd|phrase)?|pwd|[\\w-]{0,30}(?:token|secret|password|cookie|authorization|credentials?|api[_-]?key|private[_-]?key|service[_-]?key|spare[_-]?codes?|otp))";
const NOT_YET = "(?!\\[redacted\\])";

/** What is kept stands in front of a secret. All quantifiers are bounded: a text made for it cannot keep the server busy. */
function pattern(kept: string, secret: string, flags = "gi"): RegExp {
  return new RegExp(`(${kept})${NOT_YET}(?:${secret})`, flags);
}

const LIST = "\\[[^\\]]{0,4000}\\]?|\\{[^}]{0,4000}\\}?";

const PATTERNS: readonly RegExp[] = [
  pattern("\\b(?:set-|proxy-)?(?:cookie|authorization)[\"']?:[ \\t]{0,3}", "[^\\s\"'{[][^\\r\\n]{0,8000}"), // A header's whole line.
  pattern("\\b(?:Bearer|Basic|Digest)\\s{1,3}", "[^\\s\"',;]{1,4000}"),
  // Names and passwords in addresses; what begins with a figure and a slash is a port.
  pattern("\\b[a-z][a-z0-9+.-]{0,30}://", "[^\\s/:@\"'<>]{0,256}:(?!\\d{1,5}/)[^\\s\"'<>]{0,1000}(?=@)"),
  pattern("\\b[a-z][a-z0-9+.-]{0,30}://", "[^\\s/:@\"'<>]{1,1000}(?=@)"),
  pattern("\\botpauth://", "[^\\s\"'<>]{1,2000}"),
  pattern(
    "(?:[#?&;]|%23|%3F|%26)(?:[\\w-]{0,30}(?:token|secret|password|session)|code|state|key|sig|signature)(?:=|%3D)",
    "[^\\s&\"'#<>]{1,4000}",
  ),
  pattern("(?:__Host-|__Secure-)?\\btouchline[\\w.-]{0,60}=", "[^\\s;,\"']{1,4000}"), // Session cookies, wherever they stand.
  pattern("\\btlk_", "[\\w-]{1,200}"),
  pattern("", "\\beyJ[\\w-]{5,4000}\\.[\\w-]{1,8000}(?:\\.[\\w-]{0,4000})?"),
  pattern("", "\\b[0-9a-f]{64}\\b"), // The secret of a data folder, and whatever else is 32 bytes.
  // JSON, and JSON inside of it, whose quotes carry backslashes.
  pattern(`"(?:${NAMES}|code|key|uri)"\\s{0,3}:\\s{0,3}`, `"(?:[^"\\\\]|\\\\.){0,8000}"?|${LIST}`, "gis"),
  pattern(
    `\\\\"(?:${NAMES}|code|key|uri)\\\\{1,9}"\\s{0,3}:\\s{0,3}`,
    `(?<slashes>\\\\{1,9})"(?:(?!(?<!\\\\)\\k<slashes>").){0,8000}(?:\\k<slashes>")?|${LIST}`,
    "gis",
  ),
  // name=value and name: value of everything else.
  pattern(
    `\\b${NAMES}\\\\{0,9}["']?\\s{0,3}[=:]\\s{0,3}`,
    `"[^"]{0,4000}"?|'[^']{0,4000}'?|${LIST}|[^\\s"'&,;)}\\]]{1,4000}`,
  ),
  pattern("\\bparams: ", "[^\\n]{1,8000}"), // What a failed statement was given.
  pattern("\\bKey \\([^)\\n]{0,200}\\)=", "\\([^)\\n]{0,2000}\\)"), // The row that broke a rule of uniqueness.
];

function valuesOfEnvironment(): string[] {
  const values = new Set<string>();
  for (const value of knownSecrets()) {
    values.add(value);
    if (!URL.canParse(value)) continue;
    const { password } = new URL(value);
    values.add(password);
    try {
      values.add(decodeURIComponent(password));
    } catch {
      // It was not encoded: it is taken as it stands.
    }
  }
  return [...values].filter((value) => value.length >= SHORTEST_VALUE).sort((a, b) => b.length - a.length);
}

/** A text without keys, passwords, tokens and cookies, as far as they can be known by their looks. */
export function redactText(text: string): string {
  let clean = text.length > LONGEST_READ ? text.slice(0, LONGEST_READ) : text;
  for (const value of valuesOfEnvironment()) clean = clean.replaceAll(value, REDACTED);
  for (const each of PATTERNS) clean = clean.replace(each, `$1${REDACTED}`);
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)} …` : clean;
}
