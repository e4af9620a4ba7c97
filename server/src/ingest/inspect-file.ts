import { isUtf8 } from "node:buffer";
import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import {
  describeNdjson,
  describeParquet,
  type FileFormat,
  isPathPattern,
  type SourceColumn,
  type SourceFile,
} from "@touchline/sql";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { QuoteWatch } from "./quote-watch.ts";

export interface InspectedFile {
  readonly source: SourceFile;
  /** As the person wrote it. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the bytes. */
  readonly sha256: string;
  /** Known beforehand for Parquet only. */
  readonly rows: number | null;
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const PARQUET = Buffer.from("PAR1");
const FOREIGN: readonly (readonly [Buffer, string])[] = [
  [
    Buffer.from("PK\u0003\u0004"),
    "is a ZIP archive or an Excel workbook: save the sheet as CSV (UTF-8), or unpack it first",
  ],
  [Buffer.from("%PDF"), "is a PDF: export the table as CSV"],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "is an old Excel workbook: save the sheet as CSV (UTF-8)"],
  [Buffer.from([0xff, 0xfe]), "is written in UTF-16: save it as UTF-8, or say --encoding utf-16le"],
  [Buffer.from([0xfe, 0xff]), "is written in UTF-16: save it as UTF-8, or say --encoding utf-16be"],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), "is compressed with Zstandard: unpack it, or use gzip"],
];

function readHead(path: string, name: string): Buffer {
  let descriptor: number;
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new UserError(`${name} is a folder: name a file in it`);
    if (stat.size === 0) throw new UserError(`${name} is empty: there is nothing to import`);
    descriptor = openSync(path, "r");
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UserError(`${name} does not exist`, { cause: error });
    if (code === "EACCES") throw new UserError(`${name} may not be read: check its permissions`, { cause: error });
    throw new UserError(`${name} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    const head = Buffer.alloc(8);
    return head.subarray(0, readSync(descriptor, head, 0, 8, 0));
  } finally {
    closeSync(descriptor);
  }
}

const startsWith = (head: Buffer, magic: Buffer) => head.subarray(0, magic.length).equals(magic);

function formatOf(name: string, head: Buffer, said: string | undefined): FileFormat {
  if (startsWith(head, PARQUET)) return "parquet";
  if (said === "csv" || said === "ndjson" || said === "parquet") return said;
  if (said !== undefined) throw new UserError(`--format: "${said}" is not csv, ndjson or parquet`, { exitCode: 2 });
  const bare = name.toLowerCase().replace(/\.gz$/, "");
  if (/\.(csv|tsv|txt)$/.test(bare)) return "csv";
  if (/\.(ndjson|jsonl|json)$/.test(bare)) return "ndjson";
  if (bare.endsWith(".parquet")) throw new UserError(`${name} is not a Parquet file, though it is called one`);
  throw new UserError(`${name}: its name does not say what it is; add --format csv, ndjson or parquet`, {
    exitCode: 2,
  });
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

interface TextScan {
  readonly sha256: string;
  /** The first line, without its end. */
  readonly firstLine: string;
}

/** One pass over the bytes: fingerprint, first line, and proof that the text is UTF-8 without NUL bytes, its CSV quotes closed. */
async function scanText(path: string, name: string, gzip: boolean, format: FileFormat): Promise<TextScan> {
  const hash = createHash("sha256");
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  file.on("data", (chunk) => hash.update(chunk));
  const text = gzip ? file.pipe(createGunzip()) : file;
  if (gzip) file.on("error", (error) => text.destroy(error));
  let carried = Buffer.alloc(0);
  let line = 1;
  let firstLine = "";
  let hasFirstLine = false;
  let quotes: QuoteWatch | undefined;
  let checked = 0;
  try {
    for await (const part of text as AsyncIterable<Buffer>) {
      const chunk = carried.length > 0 ? Buffer.concat([carried, part]) : part;
      const body = chunk.subarray(0, chunk.length - openTail(chunk));
      carried = Buffer.from(chunk.subarray(body.length));
      if (!isUtf8(body)) {
        throw new UserError(
          `${name} is not UTF-8 (near line ${line + lineOfBadByte(body)}): save it as UTF-8, or say --encoding windows-1252`,
        );
      }
      if (body.includes(0)) throw new UserError(`${name} holds NUL bytes (near line ${line}): it is not a text file`);
      if (!hasFirstLine) {
        const end = body.indexOf(10);
        firstLine += body.subarray(0, end < 0 ? body.length : end).toString("utf8");
        hasFirstLine = end >= 0;
        if (firstLine.length > 1 << 20)
          throw new UserError(`${name}: its first line is longer than a megabyte: it is not a table`);
        if (hasFirstLine && format === "csv") {
          const delimiter = delimiterOf(firstLine);
          quotes = new QuoteWatch(name, delimiter, splitHeader(firstLine, delimiter).length, 2);
          quotes.read(body.subarray(end + 1));
        }
      } else quotes?.read(body);
      for (let at = body.indexOf(10); at >= 0; at = body.indexOf(10, at + 1)) line++;
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

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

function delimiterOf(header: string): "," | ";" | "\t" {
  const count = (mark: string) => header.split(mark).length - 1;
  const marks = [",", ";", "\t"] as const;
  return marks.reduce((best, mark) => (count(mark) > count(best) ? mark : best), ",");
}

/** Names of a CSV header; quotes may hold the delimiter. */
export function splitHeader(header: string, delimiter: string): string[] {
  const names: string[] = [];
  let name = "";
  let quoted = false;
  for (let i = 0; i < header.length; i++) {
    const character = header[i]!;
    if (character === '"') {
      if (quoted && header[i + 1] === '"') {
        name += '"';
        i++;
      } else quoted = !quoted;
    } else if (character === delimiter && !quoted) {
      names.push(name.trim());
      name = "";
    } else name += character;
  }
  return [...names, name.trim()];
}

/** Writes the file anew as UTF-8 beside the data; the engine reads nothing else. */
async function transcode(path: string, name: string, encoding: string, folder: string): Promise<string> {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new UserError(
      `--encoding: "${encoding}" is not known; common ones are windows-1252, iso-8859-15 and utf-16le`,
      { exitCode: 2 },
    );
  }
  const target = join(folder, `utf8-${Date.now()}.txt`);
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
  const head = readHead(path, name);
  const file = createReadStream(path);
  try {
    await (startsWith(head, GZIP)
      ? pipeline(file, createGunzip(), recode, createWriteStream(target))
      : pipeline(Readable.from(file), recode, createWriteStream(target)));
  } catch (error) {
    throw new UserError(`${name} is not ${encoding}: ${(error as Error).message}`, { cause: error });
  }
  return target;
}

/**
 * Looks at a file before anything is changed: that it is there, what it is, that it can be read, its columns and its fingerprint.
 * @throws UserError with the one sentence that helps
 */
export async function inspectFile(
  workspace: Workspace,
  file: { path: string; name: string; format?: string | undefined; encoding?: string | undefined; spoolFolder: string },
): Promise<InspectedFile> {
  const { name } = file;
  readHead(file.path, name);
  const recoded = file.encoding !== undefined && !/^utf-?8$/i.test(file.encoding);
  const path = recoded
    ? await transcode(file.path, name, file.encoding!, file.spoolFolder)
    : plainPath(file.path, file.spoolFolder);
  try {
    return await inspectPath(workspace, path, { name, recoded, format: file.format });
  } catch (error) {
    if (path !== file.path) rmSync(path, { force: true });
    throw error;
  }
}

/** The file itself, or a link to it in the spool folder where the engine would read its path as a pattern. */
function plainPath(path: string, spoolFolder: string): string {
  if (!isPathPattern(path)) return path;
  const link = join(spoolFolder, `link-${randomUUID()}`);
  symlinkSync(resolve(path), link);
  return link;
}

async function inspectPath(
  workspace: Workspace,
  path: string,
  { name, recoded, format: said }: { name: string; recoded: boolean; format: string | undefined },
): Promise<InspectedFile> {
  const head = readHead(path, name);
  for (const [magic, sentence] of FOREIGN) if (startsWith(head, magic)) throw new UserError(`${name} ${sentence}`);
  const format = formatOf(recoded ? name.replace(/\.gz$/i, "") : name, head, said);
  const bytes = statSync(path).size;
  if (format === "parquet") {
    try {
      const { columns, rows } = await describeParquet(workspace.warehouse, path);
      if (rows === 0) throw new UserError(`${name} has no rows: there is nothing to import`);
      return {
        source: { path, format, compression: "none", delimiter: ",", columns },
        name,
        bytes,
        sha256: await hashFile(path),
        rows,
      };
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(`${name} is not a readable Parquet file: it may be cut off or damaged`, { cause: error });
    }
  }
  const compression = startsWith(head, GZIP) ? "gzip" : "none";
  const { sha256, firstLine } = await scanText(path, name, compression === "gzip", format);
  if (format === "csv") {
    const delimiter = delimiterOf(firstLine);
    const names = splitHeader(firstLine, delimiter);
    requireHeader(name, names);
    const columns = names.map((column): SourceColumn => ({ name: column, type: "String" }));
    return { source: { path, format, compression, delimiter, columns }, name, bytes, sha256, rows: null };
  }
  if (firstLine.trimStart().startsWith("[")) {
    throw new UserError(`${name} is one JSON array: write one object a line (NDJSON), for example with jq -c '.[]'`);
  }
  const columns = await describeNdjson(workspace.warehouse, path, compression);
  if (columns.length === 0) throw new UserError(`${name} holds no JSON objects: NDJSON has one object a line`);
  return { source: { path, format, compression, delimiter: ",", columns }, name, bytes, sha256, rows: null };
}

function requireHeader(name: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const column of names) {
    if (column === "") throw new UserError(`${name}: its header has a column without a name`);
    if (seen.has(column)) throw new UserError(`${name}: its header names the column "${column}" twice`);
    seen.add(column);
  }
}
