/**
 * What the generator sends. Every line follows from its number alone, so that a repeated event is the same event and the tables can be
 * checked from how many were sent.
 */
export const LOAD_KINDS = ["touchpoints", "conversions"] as const;
export type LoadKind = (typeof LOAD_KINDS)[number];

/** One in so many lines lacks what every event needs. */
export const MALFORMED_EVERY = 1_000;
/** Where in each thousand it stands. */
export const MALFORMED_AT = 7;
/** Purchases for each thousand events. */
export const CONVERSIONS_IN_A_THOUSAND = 10;
/** One in so many batches is sent a second time, as senders do whose connection broke before the answer. */
export const REPEATED_EVERY = 50;

const VISITORS = 400_000;
const CHANNELS = ["Search generic", "Meta prospecting", "Display", "Email", "Affiliates", "YouTube", "TikTok"];
const CAMPAIGNS = 40;
/** Spreads numbers that follow each other over visitors and channels. */
const scatter = (n: number): number => Math.imul(n ^ (n >>> 15), 0x2c1b3c6d) >>> 0;

/** How the ids of a kind begin in a run of the generator: another run's ids are others. */
export const idStart = (run: string, kind: LoadKind): string => `load-${run}-${kind[0]}-`;

function lineOf(kind: LoadKind, start: string, n: number, at: string): string {
  const drawn = scatter(n);
  const visitor = `load-${drawn % VISITORS}`;
  const isMalformed = n % MALFORMED_EVERY === MALFORMED_AT;
  if (kind === "conversions")
    return `{"conversion_id":"${start}${n}","occurred_at":"${at}","visitor_id":"${visitor}","conversion_type":"purchase","revenue":"${isMalformed ? "much" : `${20 + (drawn % 80)}.50`}","currency":"EUR"}\n`;
  const channel = CHANNELS[drawn % CHANNELS.length];
  const interaction = isMalformed ? "stare" : drawn % 9 === 0 ? "click" : "impression";
  return `{"event_id":"${start}${n}","occurred_at":"${at}","visitor_id":"${visitor}","channel":"${channel}","campaign":"${channel} ${drawn % CAMPAIGNS}","interaction":"${interaction}","consent":"granted"}\n`;
}

/** Lines `from` to before `to` as NDJSON. The time of an event is part of it: the same batch has the same one when it is sent again. */
export function bodyOf(kind: LoadKind, start: string, from: number, to: number, at: Date): Buffer {
  const time = at.toISOString();
  let text = "";
  for (let n = from; n < to; n++) text += lineOf(kind, start, n, time);
  return Buffer.from(text);
}

/** How many of the lines before `count` are malformed. */
export const malformedBefore = (count: number): number =>
  Math.floor((count + MALFORMED_EVERY - MALFORMED_AT - 1) / MALFORMED_EVERY);
