import { createHash, randomUUID } from "node:crypto";
import { closeSync, createReadStream, openSync, readSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  describeNdjson,
  describeParquet,
  type FileFormat,
  isPathPattern,
  type SourceColumn,
  type SourceFile,
  type ValueSource,
  writeArrayAsLines,
} from "@touchline/sql";
import type { Connector, ConnectorTable } from "../connectors/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { delimiterOf, requireHeader, splitHeader } from "./csv-header.ts";
import { cutReport, type ReportFrame, transcode } from "./prepare-text.ts";
import { scanText } from "./scan-text.ts";

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
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), "is compressed with Zstandard: unpack it, or use gzip"],
];

/** The encoding that a byte-order mark names. */
function markedEncoding(head: Buffer): string | undefined {
  if (startsWith(head, Buffer.from([0xff, 0xfe]))) return "utf-16le";
  return startsWith(head, Buffer.from([0xfe, 0xff])) ? "utf-16be" : undefined;
}

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

/** What the first bytes say. @throws UserError where they are those of something that cannot be imported */
export function requireKnownHead(path: string, name: string): { isParquet: boolean; isGzip: boolean; head: Buffer } {
  const head = readHead(path, name);
  for (const [magic, sentence] of FOREIGN) if (startsWith(head, magic)) throw new UserError(`${name} ${sentence}`);
  return { isParquet: startsWith(head, PARQUET), isGzip: startsWith(head, GZIP), head };
}

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

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** A declaration and the table of it that the file is read for. */
export interface ConnectorUse {
  readonly declaration: Connector;
  readonly table: ConnectorTable;
}

export interface FileToInspect {
  readonly path: string;
  readonly name: string;
  readonly format?: string | undefined;
  readonly encoding?: string | undefined;
  readonly spoolFolder: string;
  readonly connector?: ConnectorUse | undefined;
}

/**
 * Looks at a file before anything is changed: that it is there, what it is, that it can be read, its columns and its fingerprint.
 * @throws UserError with the one sentence that helps
 */
export async function inspectFile(workspace: Workspace, file: FileToInspect): Promise<InspectedFile> {
  const made: string[] = [];
  let kept: string | undefined;
  try {
    const inspected = await inspectSteps(workspace, file, made);
    kept = inspected.source.path;
    return inspected;
  } finally {
    // Copies that were only steps on the way have served.
    for (const path of made) if (path !== kept) rmSync(path, { force: true });
  }
}

async function inspectSteps(workspace: Workspace, file: FileToInspect, made: string[]): Promise<InspectedFile> {
  const { name, spoolFolder: folder, connector } = file;
  const stepped = (path: string) => {
    if (path !== file.path) made.push(path);
    return path;
  };
  const { head, isParquet, isGzip } = requireKnownHead(file.path, name);
  const encoding = file.encoding ?? markedEncoding(head) ?? connector?.declaration.encoding ?? "utf-8";
  const isRecoded = !/^utf-?8$/i.test(encoding) && !isParquet;
  const format = formatOf(name, head, file.format);
  let gzip = isGzip;
  let path = file.path;
  if (isRecoded) {
    path = stepped(await transcode(path, { name, encoding, gzip, folder }));
    gzip = false;
  } else path = stepped(plainPath(path, folder));
  const inspect = { workspace, name, folder, stepped };
  if (format === "csv") return inspectCsv(path, gzip, inspect, frameOf(connector));
  const inspected = format === "parquet" ? await inspectParquet(path, inspect) : await inspectJson(path, gzip, inspect);
  return withItems(inspected, connector?.table.each);
}

function frameOf(connector: ConnectorUse | undefined): ReportFrame | undefined {
  if (connector === undefined) return undefined;
  const { header, footer } = connector.declaration;
  return { header: header ?? [], footer };
}

interface Inspection {
  readonly workspace: Workspace;
  readonly name: string;
  readonly folder: string;
  /** Notes a path that an inspection made. */
  readonly stepped: (path: string) => string;
}

/** The file itself, or a link to it in the spool folder where the engine would read its path as a pattern. */
function plainPath(path: string, spoolFolder: string): string {
  if (!isPathPattern(path)) return path;
  const link = join(spoolFolder, `link-${randomUUID()}`);
  symlinkSync(resolve(path), link);
  return link;
}

async function inspectParquet(path: string, { workspace, name }: Inspection): Promise<InspectedFile> {
  try {
    const { columns, rows } = await describeParquet(workspace.warehouse, path);
    if (rows === 0) throw new UserError(`${name} has no rows: there is nothing to import`);
    return {
      source: { path, format: "parquet", compression: "none", delimiter: ",", columns, headerLines: 0 },
      name,
      bytes: statSync(path).size,
      sha256: await hashFile(path),
      rows,
    };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${name} is not a readable Parquet file: it may be cut off or damaged`, { cause: error });
  }
}

async function inspectCsv(
  given: string,
  isPacked: boolean,
  { name, folder, stepped }: Inspection,
  frame: ReportFrame | undefined,
): Promise<InspectedFile> {
  const { path, linesBefore, gzip } =
    frame === undefined
      ? { path: given, linesBefore: 0, gzip: isPacked }
      : await cutReport(given, { name, frame, gzip: isPacked, folder });
  if (path !== given) stepped(path);
  const { sha256, firstLine } = await scanText(path, { name, gzip, format: "csv", linesBefore });
  const delimiter = delimiterOf(firstLine);
  const names = splitHeader(firstLine, delimiter);
  requireHeader(name, names);
  const columns = names.map((column): SourceColumn => ({ name: column, type: "String" }));
  const compression = gzip ? "gzip" : "none";
  const source = { path, format: "csv", compression, delimiter, columns, headerLines: linesBefore + 1 } as const;
  return { source, name, bytes: statSync(path).size, sha256, rows: null };
}

async function inspectJson(given: string, isPacked: boolean, inspection: Inspection): Promise<InspectedFile> {
  const { workspace, name, folder, stepped } = inspection;
  let scan = await scanText(given, { name, gzip: isPacked, format: "ndjson", linesBefore: 0 });
  let path = given;
  let compression: "gzip" | "none" = isPacked ? "gzip" : "none";
  if (scan.firstLine.trimStart().startsWith("[")) {
    path = stepped(join(folder, `lines-${randomUUID()}.ndjson`));
    try {
      await writeArrayAsLines(workspace.warehouse, given, compression, path);
    } catch (error) {
      throw new UserError(`${name} is not one whole JSON array of objects: it may be cut off`, { cause: error });
    }
    if (statSync(path).size === 0) throw new UserError(`${name} is an empty JSON array: there is nothing to import`);
    compression = "none";
    scan = await scanText(path, { name, gzip: false, format: "ndjson", linesBefore: 0 });
  }
  const columns = await describeNdjson(workspace.warehouse, path, compression);
  if (columns.length === 0) throw new UserError(`${name} holds no JSON objects: NDJSON has one object a line`);
  const source = { path, format: "ndjson", compression, delimiter: ",", columns, headerLines: 0 } as const;
  return { source, name, bytes: statSync(path).size, sha256: scan.sha256, rows: null };
}

/** A source that reads the items of a list says so; a file in which no row has the list has no items. */
function withItems(file: InspectedFile, each: readonly string[] = []): InspectedFile {
  const [first, ...path] = each;
  if (first === undefined) return file;
  const column = file.source.columns.find(({ name }) => name === first);
  const list: ValueSource = column === undefined ? { kind: "absent" } : { kind: "column", column };
  return { ...file, source: { ...file.source, items: path.length === 0 ? list : { kind: "path", of: list, path } } };
}
