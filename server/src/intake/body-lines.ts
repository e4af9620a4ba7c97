import { isUtf8 } from "node:buffer";
import type { MalformedRow } from "@touchline/sql";

/** The items of a request: one JSON text a line, and those that cannot stand in a line. */
interface BodyLines {
  /** Items of the body, counted from the first. */
  readonly count: number;
  /** Lines without their ends; those of malformed items are missing. */
  readonly lines: readonly Buffer[];
  readonly bytes: number;
  /** Items that cannot be read as text, by their place among all items, from 1. */
  readonly malformed: readonly MalformedRow[];
}

/** A sentence for a body that has no items to speak of one by one. */
export class BodyRefused extends Error {
  override readonly name = "BodyRefused";
}

/** An event is a few hundred bytes; a line of this length is something else. */
const LONGEST_LINE = 64 * 1024;
const SHOWN_OF_RAW = 2_000;

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 32;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function firstByte(body: Buffer): number | undefined {
  const bom = body.length >= 3 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  for (let i = bom; i < body.length; i++) if (!isSpace(body[i]!)) return body[i];
  return undefined;
}

/** @throws BodyRefused when the text is not one JSON array */
function linesOfArray(body: Buffer): Buffer[] {
  const text = body.toString("utf8").replace(/^\uFEFF/, "");
  try {
    JSON.parse(text);
  } catch (error) {
    throw new BodyRefused(
      `the body begins with [ and is not a whole JSON array (${(error as Error).message.slice(0, 120)}): nothing was stored; send it again, or one object a line`,
    );
  }
  return itemsOfArray(Buffer.from(text));
}

/**
 * The items of an array as they are written, because a number that is parsed and written again may be another one: ids of 18 digits
 * would meet. The array is known to be whole. Breaks between values become spaces, so that each item is a line.
 */
function itemsOfArray(array: Buffer): Buffer[] {
  const items: Buffer[] = [];
  let depth = 0;
  let start = -1;
  for (let i = 0; i < array.length; i++) {
    const byte = array[i]!;
    if (byte === QUOTE) {
      if (depth === 1 && start < 0) start = i;
      i = endOfString(array, i);
    } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) array[i] = SPACE;
    else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth--;
    if ((byte === COMMA && depth === 1) || depth === 0) {
      if (start >= 0) items.push(array.subarray(start, i));
      start = -1;
    } else if (depth === 1 && start < 0 && !isSpace(byte)) start = i;
    if (byte === OPEN_BRACKET || byte === OPEN_BRACE) depth++;
  }
  return items;
}

/** The place of the quote that ends a string. */
function endOfString(text: Buffer, quote: number): number {
  for (let i = quote + 1; ; i++) {
    if (text[i] === BACKSLASH) i++;
    else if (text[i] === QUOTE) return i;
  }
}

function linesOfText(body: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf(LINE_FEED, start);
    const end = found < 0 ? body.length : found;
    const line = body.subarray(start, end);
    if (!line.every(isSpace)) lines.push(line);
    start = end + 1;
  }
  return lines;
}

function whyUnreadable(line: Buffer, isBodyText: boolean): string | null {
  if (line.length > LONGEST_LINE) return `the item is longer than ${LONGEST_LINE / 1024} kB`;
  if (!isBodyText && !isUtf8(line)) return "the item is not UTF-8";
  return line.includes(0) ? "the item holds NUL bytes" : null;
}

/**
 * Takes a body of a JSON array or of one JSON object a line apart. Whether an item is an event is decided later, where files are
 * read too: here only that it is a line of text.
 * @throws BodyRefused when there is nothing to take apart
 */
export function readBodyLines(body: Buffer): BodyLines {
  const first = firstByte(body);
  if (first === undefined) throw new BodyRefused("the body is empty: send a JSON array, or one JSON object a line");
  const isBodyText = isUtf8(body);
  if (first === OPEN_BRACKET && !isBodyText)
    throw new BodyRefused("the body is not UTF-8: nothing was stored; encode it as UTF-8");
  const all = first === OPEN_BRACKET ? linesOfArray(body) : linesOfText(body);
  const lines: Buffer[] = [];
  const malformed: MalformedRow[] = [];
  let bytes = 0;
  all.forEach((line, i) => {
    const reason = whyUnreadable(line, isBodyText);
    if (reason === null) {
      lines.push(line);
      bytes += line.length + 1;
    } else
      malformed.push({
        row: i + 1,
        reason,
        raw: line.subarray(0, SHOWN_OF_RAW).toString("utf8").replaceAll("\0", " "),
      });
  });
  return { count: all.length, lines, bytes, malformed };
}
