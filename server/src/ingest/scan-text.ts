import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { FileFormat } from "@touchline/sql";
import { UserError } from "../user-error.ts";
import { delimiterOf, splitHeader } from "./csv-header.ts";
import { QuoteWatch } from "./quote-watch.ts";

const LONGEST_HEADER = 1 << 20;

interface TextScan {
  readonly sha256: string;
  /** The first line, without its end. */
  readonly firstLine: string;
}

/** Length of the incomplete UTF-8 character at the end of a chunk, 0 to 3: it is judged together with the next chunk. */
function openTail(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** The bytes of a file, unpacked where they are packed. */
export function readBytes(path: string, gzip: boolean): { file: NodeJS.ReadableStream; text: NodeJS.ReadableStream } {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  if (!gzip) return { file, text: file };
  const text = file.pipe(createGunzip());
  file.on("error", (error) => text.destroy(error));
  text.on("close", () => file.destroy());
  return { file, text };
}

/**
 * One pass over the bytes: fingerprint, first line, and proof that the text is UTF-8 without NUL bytes, its CSV quotes closed.
 * @param linesBefore lines that stood before the first one in the file that people see
 */
export async function scanText(
  path: string,
  { name, gzip, format, linesBefore }: { name: string; gzip: boolean; format: FileFormat; linesBefore: number },
): Promise<TextScan> {
  const hash = createHash("sha256");
  const { file, text } = readBytes(path, gzip);
  file.on("data", (chunk) => hash.update(chunk as Buffer));
  let carried = Buffer.alloc(0);
  let line = linesBefore + 1;
  let firstLine = "";
  let hasFirstLine = false;
  let quotes: QuoteWatch | undefined;
  let checked = 0;
  try {
    for await (const part of text as AsyncIterable<Buffer>) {
      const chunk = carried.length > 0 ? Buffer.concat([carried, part]) : part;
      const body = chunk.subarray(0, chunk.length - openTail(chunk));
      carried = Buffer.from(chunk.subarray(body.length));
      requireText(body, name, line);
      if (!hasFirstLine) {
        const end = body.indexOf(10);
        firstLine += body.subarray(0, end < 0 ? body.length : end).toString("utf8");
        hasFirstLine = end >= 0;
        if (firstLine.length > LONGEST_HEADER && format === "csv")
          throw new UserError(`${name}: its first line is longer than a megabyte: it is not a table`);
        hasFirstLine ||= firstLine.length > LONGEST_HEADER;
        if (hasFirstLine && format === "csv") {
          const delimiter = delimiterOf(firstLine);
          quotes = new QuoteWatch(name, delimiter, splitHeader(firstLine, delimiter).length, linesBefore + 2);
          quotes.read(body.subarray(end + 1));
        }
      } else quotes?.read(body);
      // The watch counts lines as it goes: a second count would cost a tenth of the scan.
      if (quotes === undefined) for (let at = body.indexOf(10); at >= 0; at = body.indexOf(10, at + 1)) line++;
      else line = quotes.line;
      checked += body.length;
    }
    quotes?.end();
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (gzip) throw new UserError(`${name} is not a whole gzip file: ${(error as Error).message}`, { cause: error });
    throw error;
  }
  if (carried.length > 0) throw new UserError(`${name} ends in the middle of a character: it is cut off, or not UTF-8`);
  if (checked === 0) throw new UserError(`${name} is empty: there is nothing to import`);
  return { sha256: hash.digest("hex"), firstLine: firstLine.replace(/^\uFEFF/, "").replace(/\r$/, "") };
}

function requireText(body: Buffer, name: string, line: number): void {
  if (!isUtf8(body)) {
    throw new UserError(
      `${name} is not UTF-8 (near line ${line + lineOfBadByte(body)}): save it as UTF-8, or say --encoding windows-1252`,
    );
  }
  if (body.includes(0)) throw new UserError(`${name} holds NUL bytes (near line ${line}): it is not a text file`);
}

function lineOfBadByte(body: Buffer): number {
  let lines = 0;
  let start = 0;
  for (let at = body.indexOf(10); at >= 0; at = body.indexOf(10, start)) {
    if (!isUtf8(body.subarray(start, at))) return lines;
    lines++;
    start = at + 1;
  }
  return lines;
}
