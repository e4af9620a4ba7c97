import { resolve } from "node:path";
import { IMPORT_KINDS, type ImportKind } from "@touchline/sql";
import type { House } from "../house/index.ts";
import { type ImportReport, importFile, parseMapping } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, grouped, ProgressLine } from "./io.ts";

export interface ImportOptions {
  readonly workspace: string;
  readonly map: readonly string[];
  readonly replace: readonly string[];
  readonly where: readonly string[];
  readonly format?: string;
  readonly encoding?: string;
  readonly json: boolean;
}

function requireKind(kind: string): ImportKind {
  const found = IMPORT_KINDS.find((known) => known === kind);
  if (found === undefined)
    throw new UserError(`"${kind}" cannot be imported; choose ${IMPORT_KINDS.join(", ")}`, { exitCode: 2 });
  return found;
}

function inWords(report: ImportReport): string {
  const rows = (count: number) => `${grouped(count)} ${count === 1 ? "row" : "rows"}`;
  if (report.unchanged) {
    return `${report.file}: imported before, nothing changed (${rows(report.received)}${report.rejected > 0 ? `, ${grouped(report.rejected)} of them rejected then` : ""}).\n`;
  }
  const parts = [`${grouped(report.stored)} stored`];
  if (report.replaced > 0) parts.push(`${grouped(report.replaced)} replaced`);
  if (report.duplicates > 0) parts.push(`${grouped(report.duplicates)} already there`);
  if (report.filtered > 0) parts.push(`${grouped(report.filtered)} left out by --where`);
  parts.push(`${grouped(report.rejected)} rejected`);
  const lines = [
    `${report.file}: ${rows(report.received)} read in ${report.seconds.toFixed(1)} s: ${parts.join(", ")}.\n`,
  ];
  for (const { reason, rows: count, firstLine } of report.reasons) {
    lines.push(
      `  ${count === 1 ? `line ${grouped(firstLine)}` : `${grouped(count)} rows, first on line ${grouped(firstLine)}`}: ${reason}\n`,
    );
  }
  return lines.join("");
}

/** `touchline import KIND FILE…`: each file whole or not at all; files before a bad one stay imported. */
export async function runImport(
  house: House,
  kindName: string,
  files: readonly string[],
  options: ImportOptions,
  io: CommandIo,
): Promise<number> {
  const kind = requireKind(kindName);
  const mapping = parseMapping(kind, options);
  const workspace = await house.workspace(options.workspace);
  if ((await workspace.settings()).simulated) {
    io.stderr(
      "touchline: this workspace holds the simulated shop; your rows are added to it. Use --data DIR for a folder of your own.\n",
    );
  }
  const progress = new ProgressLine(io);
  const reports: ImportReport[] = [];
  const printJson = () => io.stdout(`${JSON.stringify({ imports: reports })}\n`);
  for (const file of files) {
    const name = io.fileNames[file] ?? file;
    try {
      const report = await importFile(workspace, {
        kind,
        path: resolve(io.cwd, file),
        name,
        mapping,
        format: options.format,
        encoding: options.encoding,
        spoolFolder: house.spoolFolder,
        onProgress: io.isWatched ? ({ rows, share }) => progress.show(name, share, `${grouped(rows)} rows`) : undefined,
      });
      reports.push(report);
      progress.clear();
      if (!options.json) io.stdout(inWords(report));
    } catch (error) {
      // What came before is in the data by now, whoever reads the JSON has to know.
      if (options.json && reports.length > 0) printJson();
      throw error;
    } finally {
      progress.clear();
    }
  }
  if (options.json) printJson();
  const isUseless = reports.some(
    ({ received, rejected, filtered }) => rejected > 0 && rejected === received - filtered,
  );
  return isUseless ? 1 : 0;
}
