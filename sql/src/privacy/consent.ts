import { quoteText } from "../imports/quoting.ts";

const GRANTED = [
  ...["granted", "given", "yes", "true", "1", "y", "allow", "allowed", "accept", "accepted", "opt-in", "optin"],
  ...["oui", "o", "vrai", "accepté", "acceptée", "accordé", "accordée", "autorisé", "donné"],
];
const DENIED = [
  ...[
    "denied",
    "refused",
    "rejected",
    "declined",
    "no",
    "false",
    "0",
    "n",
    "opt-out",
    "optout",
    "withdrawn",
    "revoked",
  ],
  ...["non", "faux", "refus", "refusé", "refusée", "retiré", "retirée"],
  // Signals of the browser: Global Privacy Control and Do Not Track.
  ...["gpc", "gpc=1", "sec-gpc: 1", "dnt", "dnt=1", "dnt: 1"],
];

/** The six bits of one character of a TCF string are read by its place in the alphabet of base64url. */
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The core of a TCF 2 string in characters of six bits: the version (C is 2), times and numbers of the banner, its language as two
 * letters, numbers of lists and policy, purposes, vendors. The shortest core has 259 bits; a string that is cut off says nothing.
 */
const TCF_2 = "^C[A-Za-z0-9_-]{17}[A-Z]{2}[A-Za-z0-9_-]{24,}(\\.[A-Za-z0-9_-]+)*$";

/** The core carries 24 purposes from this bit on (IAB Europe, Transparency and Consent Framework 2.2). */
const FIRST_PURPOSE_BIT = 152;
/** Store and access information on a device; measure advertising performance. */
const PURPOSES_NEEDED = [1, 7];

function hasPurpose(text: string, purpose: number): string {
  const bit = FIRST_PURPOSE_BIT + purpose - 1;
  const place = Math.floor(bit / 6);
  const sixBits = `(position(${quoteText(BASE64URL)}, substring(${text}, ${place + 1}, 1)) - 1)`;
  return `bitTest(toUInt8(${sixBits}), ${5 - (bit % 6)})`;
}

/** The engine's lower() knows the letters of English only. */
function inAnyCase(words: readonly string[]): string {
  const variants = new Set(words.flatMap((word) => [word, word.replaceAll("é", "É")]));
  return [...variants].map(quoteText).join(", ");
}

/**
 * SQL for what a text says of consent: `granted`, `denied`, `unknown` for a text that nobody understands, empty for silence.
 *
 * A TCF 2 string grants when purposes 1 and 7 are consented to. What it does not do: legitimate interest in purpose 7 is no consent;
 * restrictions that a publisher puts on single vendors are not read, because they name vendors by number and the shop's own tool has
 * none (the ones that forbid a purpose to all would show in a vendor's consent only); a publisher who does not ask for purpose 1 at
 * all ("purpose one treatment") counts as denied.
 */
export function consentState(text: string): string {
  const purposes = PURPOSES_NEEDED.map((purpose) => hasPurpose(text, purpose)).join(" AND ");
  return `multiIf(
    ${text} = '', '',
    lower(${text}) IN (${inAnyCase(GRANTED)}), 'granted',
    lower(${text}) IN (${inAnyCase(DENIED)}), 'denied',
    match(${text}, ${quoteText(TCF_2)}), if(${purposes}, 'granted', 'denied'),
    'unknown')`;
}

/**
 * SQL for whether an identifier may be kept. On a basis of consent only what was granted is; on any other basis what was not denied.
 * A text that nobody understands is no consent.
 */
export function mayIdentify(state: string, needsConsent: boolean): string {
  return needsConsent ? `${state} = 'granted'` : `${state} NOT IN ('denied', 'unknown')`;
}
