import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { IMPORT_KINDS, type ImportKind } from "@touchline/sql";
import type { Connector } from "../connectors/index.ts";
import { LegalBasis } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import {
  fetchRemote,
  type ImportReport,
  type ImportRequest,
  importFile,
  importWithConnector,
  isRemote,
  parseMapping,
  tablesOfKind,
} from "../ingest/index.ts";
import { findSource } from "../mapping/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { importInWords, isUseless } from "./import-words.ts";
import { type CommandIo, grouped, ProgressLine } from "./io.ts";

export interface ImportOptions {
  readonly workspace: string;
  readonly source?: string;
  readonly as?: string;
  readonly map: readonly string[];
  readonly replace: readonly string[];
  readonly where: readonly string[];
  readonly format?: string;
  readonly encoding?: string;
  readonly legalBasis?: string;
  readonly json: boolean;
}

/** What the words of the command ask for: a kind, files, and how these are to be read. */
interface Order {
  readonly kind: ImportKind | undefined;
  readonly files: readonly string[];
  /** Name of the source that says how the files are read. */
  readonly source: string | undefined;
}

const isKind = (word: string): word is ImportKind => IMPORT_KINDS.some((known) => known === word);

function parseOrder(words: readonly string[], options: ImportOptions): Order {
  const [first = "", ...others] = words;
  if (words.length === 0) {
    throw new UserError(
      "say what is to be imported: touchline import KIND FILE, or touchline import FILE --source NAME (--help has both)",
      { exitCode: 2 },
    );
  }
  if (options.source !== undefined) {
    requireSourceName(options.as);
    const kind = isKind(first) ? first : undefined;
    if (options.map.length + options.replace.length + options.where.length > 0) {
      throw new UserError("--source says where every column comes from: leave out --map, --replace and --where", {
        exitCode: 2,
      });
    }
    return { kind, files: requireFiles(kind === undefined ? words : others), source: options.source };
  }
  if (!isKind(first)) {
    throw new UserError(
      `"${first}" cannot be imported; choose ${IMPORT_KINDS.join(", ")}, or say with --source which tool wrote the file`,
      { exitCode: 2 },
    );
  }
  return { kind: first, files: requireFiles(others), source: undefined };
}

/** @throws UserError when the name of an account cannot be that of a source */
export function requireSourceName(name: string | undefined): void {
  if (name !== undefined && !/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) {
    throw new UserError(`--as: "${name}" is not a name: use up to 63 small letters, digits and -`, { exitCode: 2 });
  }
}

function requireFiles(files: readonly string[]): readonly string[] {
  if (files.length === 0) throw new UserError("name the file that is to be imported", { exitCode: 2 });
  return files;
}

/** `touchline import KIND FILE…`, `touchline import FILE… --source NAME`: each file whole or not at all; files before a bad one stay. */
export async function runImport(
  house: House,
  words: readonly string[],
  options: ImportOptions,
  io: CommandIo,
): Promise<number> {
  const order = parseOrder(words, options);
  const legalBasis = requireBasis(options.legalBasis);
  const workspace = await house.workspace(options.workspace);
  const declaration = await requireSource(workspace, order, io);
  const read = reader(order, declaration, options);
  if ((await workspace.settings()).simulated) {
    io.stderr(
      "touchline: this workspace holds the simulated shop; your rows are added to it. Use --data DIR for a folder of your own.\n",
    );
  }
  const progress = new ProgressLine(io);
  const reports: ImportReport[] = [];
  const printJson = () => io.stdout(`${JSON.stringify({ imports: reports })}\n`);
  for (const file of order.files) {
    let path = resolve(io.cwd, file);
    try {
      const fetched = isRemote(file) ? await fetchRemote(workspace, file, house.spoolFolder) : undefined;
      path = fetched?.path ?? path;
      const name = fetched?.name ?? io.fileNames[file] ?? file;
      const done = await read(workspace, {
        ...{ path, name, format: options.format, encoding: options.encoding, spoolFolder: house.spoolFolder },
        legalBasis,
        onProgress: io.isWatched ? ({ rows, share }) => progress.show(name, share, `${grouped(rows)} rows`) : undefined,
      });
      reports.push(...done);
      progress.clear();
      if (!options.json) for (const report of done) io.stdout(inWords(report, declaration));
    } catch (error) {
      // What came before is in the data by now, whoever reads the JSON has to know.
      if (options.json && reports.length > 0) printJson();
      throw error;
    } finally {
      progress.clear();
      if (isRemote(file)) rmSync(path, { force: true });
    }
  }
  if (options.json) printJson();
  return reports.some(isUseless) ? 1 : 0;
}

/** What says how the files are read. That it is a mapping of this workspace's own is told: it may be another one tomorrow. */
async function requireSource(
  workspace: Workspace,
  { source, kind }: Order,
  io: CommandIo,
): Promise<Connector | undefined> {
  if (source === undefined) return undefined;
  const { declaration, mapping } = await findSource(workspace, source, kind, io.cwd);
  tablesOfKind(declaration, kind);
  if (mapping !== undefined)
    io.stderr(`touchline: read by the mapping "${source}" for ${mapping.kind}, kept in workspace ${workspace.id}\n`);
  return declaration;
}

function inWords(report: ImportReport, declaration: Connector | undefined): string {
  if (declaration === undefined) return importInWords(report, "--where");
  return importInWords(report, "the source's rules", declaration.tables.length > 1 ? report.kind : "");
}

type File = Pick<ImportRequest, "path" | "name" | "format" | "encoding" | "spoolFolder" | "onProgress" | "legalBasis">;

function requireBasis(text: string | undefined): LegalBasis | undefined {
  if (text === undefined) return undefined;
  const basis = LegalBasis.safeParse(text);
  if (basis.success) return basis.data;
  throw new UserError(`--legal-basis: "${text}" is not one of ${LegalBasis.options.join(", ")}`, { exitCode: 2 });
}

/** How each file is read. @throws UserError when the mapping cannot be read, before any file is touched */
function reader({ kind }: Order, declaration: Connector | undefined, options: ImportOptions) {
  if (declaration !== undefined) {
    return (workspace: Workspace, file: File) =>
      importWithConnector(workspace, declaration, { ...file, kind, as: options.as });
  }
  const mapping = parseMapping(kind!, options);
  return async (workspace: Workspace, file: File) => [await importFile(workspace, { ...file, kind: kind!, mapping })];
}
