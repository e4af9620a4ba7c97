import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeParquet, type FileFormat, writeParquetSample } from "@touchline/sql";
import { inspectFile, readBytes, requireKnownHead } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { cutSample, guessHeaderLine } from "./cut-sample.ts";
import { holdsFile, type Upload } from "./uploads.ts";

/** What a file looks like from outside, and a small copy of its beginning, in UTF-8 where it is text. */
export interface FileLook {
  readonly format: FileFormat;
  readonly compression: "none" | "gzip";
  readonly encoding: string;
  /** Lines above the header of a CSV. */
  readonly linesBefore: number;
  readonly rows: number | null;
  readonly areRowsExact: boolean;
  readonly samplePath: string;
}

/** As much of a text as is looked at. */
const HEAD_BYTES = 1 << 20;
/** As much of it as is searched for bytes that are not UTF-8; an import looks at all of them. */
const CHECKED_BYTES = 64 << 20;
export const SAMPLE_ROWS = 200;

/**
 * Looks at a file that was sent; once, and again where another encoding is said.
 * @throws UserError where it is nothing that can be imported
 */
export async function lookAtFile(
  workspace: Workspace,
  upload: Upload,
  { encoding, spoolFolder }: { encoding: string | null; spoolFolder: string },
): Promise<FileLook> {
  if (!holdsFile(upload)) throw new UserError(`${upload.name} was imported: send it again to import it another time`);
  const key = encoding ?? "own";
  const known = join(upload.folder, `look-${key}.json`);
  if (existsSync(known)) return JSON.parse(readFileSync(known, "utf8")) as FileLook;
  const look = await workspace.once(`look ${upload.id} ${key}`, () =>
    takeLook(workspace, upload, { encoding, spoolFolder, samplePath: join(upload.folder, `sample-${key}`) }),
  );
  writeFileSync(known, JSON.stringify(look), { mode: 0o600 });
  return look;
}

interface Where {
  readonly encoding: string | null;
  readonly spoolFolder: string;
  readonly samplePath: string;
}

async function takeLook(workspace: Workspace, upload: Upload, where: Where): Promise<FileLook> {
  const { path, name } = upload;
  const { isParquet, isGzip } = requireKnownHead(path, name);
  const compression = isGzip ? "gzip" : "none";
  const { samplePath } = where;
  if (isParquet) {
    const rows = await parquetRows(workspace, upload, samplePath);
    return {
      format: "parquet",
      compression: "none",
      encoding: "",
      linesBefore: 0,
      rows,
      areRowsExact: true,
      samplePath,
    };
  }
  const head = await readHead(path, name, isGzip);
  const encoding = where.encoding ?? (await encodingOf(path, isGzip, head.bytes));
  // As a stream even where it is whole: otherwise Node 20 takes windows-1252 for Latin-1, which has no euro sign.
  const text = new TextDecoder(encoding).decode(head.bytes, { stream: true });
  if (text.trim() === "") throw new UserError(`${name} is empty: there is nothing to import`);
  const seen = { text, encoding, isWhole: head.isWhole, size: isGzip ? null : upload.bytes };
  const isJson = /^[{[]/.test(text.trimStart());
  if (isJson && text.trimStart().startsWith("["))
    return lookAtArray(workspace, upload, where, { compression, encoding });
  return { ...writeSample(name, isJson ? "ndjson" : "csv", seen, samplePath), compression };
}

async function parquetRows(workspace: Workspace, { path, name }: Upload, samplePath: string): Promise<number> {
  try {
    const { rows } = await describeParquet(workspace.warehouse, path);
    await writeParquetSample(workspace.warehouse, path, samplePath, SAMPLE_ROWS);
    return rows;
  } catch (error) {
    throw new UserError(`${name} is not a readable Parquet file: it may be cut off or damaged`, { cause: error });
  }
}

async function readHead(path: string, name: string, gzip: boolean): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  const { file, text } = readBytes(path, gzip);
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > HEAD_BYTES) break;
    }
  } catch (error) {
    throw new UserError(`${name} is not a whole gzip file: ${(error as Error).message}`, { cause: error });
  } finally {
    (file as NodeJS.ReadableStream & { destroy(): void }).destroy();
  }
  return { bytes: Buffer.concat(chunks).subarray(0, HEAD_BYTES), isWhole: size <= HEAD_BYTES };
}

/** By its mark, by the zeros of two-byte letters, or by what is not UTF-8: then it is what Windows wrote in western Europe. */
async function encodingOf(path: string, gzip: boolean, head: Buffer): Promise<string> {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const zeros = (from: number) => {
    let count = 0;
    for (let at = from; at < Math.min(head.length, 4_000); at += 2) if (head[at] === 0) count++;
    return count / (Math.min(head.length, 4_000) / 2);
  };
  if (zeros(1) > 0.4) return "utf-16le";
  if (zeros(0) > 0.4) return "utf-16be";
  let carried = Buffer.alloc(0);
  let seen = 0;
  const { file, text } = readBytes(path, gzip);
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      // A letter may stand across two chunks: the last line break ends no letter.
      const bytes = Buffer.concat([carried, chunk]);
      const end = bytes.lastIndexOf(10) + 1;
      if (!isUtf8(bytes.subarray(0, end))) return "windows-1252";
      carried = Buffer.from(bytes.subarray(end));
      seen += chunk.length;
      if (seen > CHECKED_BYTES) return "utf-8";
    }
    return isUtf8(carried) ? "utf-8" : "windows-1252";
  } catch {
    return "utf-8";
  } finally {
    (file as NodeJS.ReadableStream & { destroy(): void }).destroy();
  }
}

interface SeenText {
  readonly text: string;
  readonly encoding: string;
  readonly isWhole: boolean;
  /** Null where it says nothing of the text's length. */
  readonly size: number | null;
}

function writeSample(
  name: string,
  format: "csv" | "ndjson",
  seen: SeenText,
  samplePath: string,
): Omit<FileLook, "compression"> {
  const plain = seen.text.replace(/^\uFEFF/, "");
  const linesBefore = format === "csv" ? guessHeaderLine(plain) : 0;
  const sample = cutSample(plain, { format, isWhole: seen.isWhole, rows: SAMPLE_ROWS + linesBefore + 1 });
  if (sample === null) throw new UserError(`${name}: its first line is longer than a megabyte: it is not a table`);
  writeFileSync(samplePath, sample.text, { mode: 0o600 });
  const above = format === "csv" ? linesBefore + 1 : 0;
  const rows = Math.max(0, sample.records - above);
  const width = seen.encoding.startsWith("utf-16") ? 2 : 1;
  const estimate =
    seen.size === null ? null : Math.round((rows * seen.size) / (width * Math.max(1, Buffer.byteLength(sample.text))));
  return {
    ...{ format, encoding: seen.encoding, linesBefore, samplePath },
    rows: sample.isAll ? rows : estimate,
    areRowsExact: sample.isAll,
  };
}

/** A JSON array has no lines of its own: they are written once, and looked at as lines. */
async function lookAtArray(
  workspace: Workspace,
  { path, name }: Upload,
  { spoolFolder, samplePath }: Where,
  { compression, encoding }: { compression: "none" | "gzip"; encoding: string },
): Promise<FileLook> {
  const { source, bytes } = await inspectFile(workspace, { path, name, format: "ndjson", encoding, spoolFolder });
  const lines = `${samplePath}-lines`;
  try {
    renameSync(source.path, lines);
    const head = await readHead(lines, name, false);
    const seen = { text: head.bytes.toString("utf8"), encoding, isWhole: head.isWhole, size: bytes };
    return { ...writeSample(name, "ndjson", seen, samplePath), compression };
  } finally {
    rmSync(lines, { force: true });
  }
}
