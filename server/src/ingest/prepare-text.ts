import { randomUUID } from "node:crypto";
import { createWriteStream, rmSync } from "node:fs";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "../user-error.ts";
import { distinctHeader, isHeaderWith } from "./csv-header.ts";
import { readBytes } from "./scan-text.ts";

/** A report has its header within so many lines. */
const LONGEST_PREAMBLE = 100;

/** Writes the file anew as UTF-8 beside the data; the engine reads nothing else. @returns the path of the copy */
export async function transcode(
  path: string,
  { name, encoding, gzip, folder }: { name: string; encoding: string; gzip: boolean; folder: string },
): Promise<string> {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new UserError(
      `--encoding: "${encoding}" is not known; common ones are windows-1252, iso-8859-15 and utf-16le`,
      { exitCode: 2 },
    );
  }
  const target = join(folder, `utf8-${randomUUID()}.txt`);
  const recode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, decoder.decode(chunk, { stream: true }));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
  try {
    await pipeline(readBytes(path, gzip).text, recode, createWriteStream(target));
  } catch (error) {
    rmSync(target, { force: true });
    throw new UserError(`${name} is not ${encoding}: ${(error as Error).message}`, { cause: error });
  }
  return target;
}

/** How a report is laid out around its table. */
export interface ReportFrame {
  /** The header is the first line that names a column of each group; without groups, the first one. */
  readonly header: readonly (readonly string[])[];
  /** The table ends before a line that begins with one of these. */
  readonly footer: readonly string[];
}

interface CutReport {
  /** The file itself where there was nothing to cut off. */
  readonly path: string;
  readonly linesBefore: number;
  readonly gzip: boolean;
}

/**
 * Cuts off what a report says before and behind its table, and gives every column a name of its own, so that what is left is a table like
 * any other.
 * @throws UserError when no line has the columns
 */
export async function cutReport(
  path: string,
  { name, frame, gzip, folder }: { name: string; frame: ReportFrame; gzip: boolean; folder: string },
): Promise<CutReport> {
  const { line: linesBefore, text } = await findHeader(path, { name, frame, gzip });
  const header = distinctHeader(text);
  if (linesBefore === 0 && frame.footer.length === 0 && header === null) return { path, linesBefore, gzip };
  const target = join(folder, `table-${randomUUID()}.txt`);
  await pipeline(async function* table() {
    let line = 0;
    for await (const bytes of linesOf(path, gzip)) {
      const isBehind = line > linesBefore && frame.footer.some((mark) => textOfLine(bytes).startsWith(mark));
      if (isBehind) return;
      if (line === linesBefore && header !== null) yield Buffer.from(`${header}\n`);
      else if (line >= linesBefore) yield Buffer.from(`${bytes}\n`, "latin1");
      line++;
    }
  }, createWriteStream(target));
  return { path: target, linesBefore, gzip: false };
}

/** Lines as bytes, one character each: whether they are UTF-8 is judged later, with the line's number. */
async function* linesOf(path: string, gzip: boolean): AsyncGenerator<string> {
  let open = "";
  for await (const chunk of readBytes(path, gzip).text as AsyncIterable<Buffer>) {
    const lines = (open + chunk.toString("latin1")).split("\n");
    open = lines.pop()!;
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  if (open !== "") yield open;
}

function textOfLine(bytes: string): string {
  return Buffer.from(bytes, "latin1")
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}

async function findHeader(
  path: string,
  { name, frame, gzip }: { name: string; frame: ReportFrame; gzip: boolean },
): Promise<{ line: number; text: string }> {
  let line = 0;
  try {
    for await (const bytes of linesOf(path, gzip)) {
      const text = textOfLine(bytes);
      if (isHeaderWith(text, frame.header)) return { line, text };
      if (++line >= LONGEST_PREAMBLE) break;
    }
  } catch (error) {
    throw new UserError(`${name} is not a whole gzip file: ${(error as Error).message}`, { cause: error });
  }
  const wanted = frame.header.map((group) => group.map((column) => `"${column}"`).join(" or ")).join(", ");
  throw new UserError(
    `${name}: no line among its first ${LONGEST_PREAMBLE} is a header with ${wanted}: export the report with these columns`,
  );
}
