import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { sampleTexts } from "@touchline/sql";
import type { Connector } from "../connectors/index.ts";
import { type ConnectorUse, type InspectedFile, inspectFile } from "../ingest/index.ts";
import type { Workspace } from "../workspace.ts";
import type { FileLook } from "./look-at-file.ts";

/** A report frame alone: where the header is, and nothing of what its columns mean. */
function frameAt(header: string[][]): ConnectorUse {
  const declaration: Connector = {
    ...{ name: "file", title: "", numbers: "point", dates: "year-first", locales: [], nulls: [] },
    ...{ header, footer: [], tables: [] },
  };
  const table: ConnectorUse["table"] = { kind: "spend", optional: false, take: [], drop: [], columns: {}, keep: [] };
  return { declaration, table };
}

/** Inspects the copy of a file's beginning, does something with it, and leaves no copy of the copy. */
export async function withSample<T>(
  workspace: Workspace,
  { look, name, spoolFolder }: { look: FileLook; name: string; spoolFolder: string },
  connector: ConnectorUse,
  work: (file: InspectedFile, errorsPath: string) => Promise<T>,
): Promise<T> {
  const { format, samplePath } = look;
  const errorsPath = join(spoolFolder, `${randomUUID()}.csv`);
  const file = await inspectFile(workspace, {
    path: samplePath,
    name,
    format,
    encoding: "utf-8",
    spoolFolder,
    connector,
  });
  try {
    return await work(file, errorsPath);
  } finally {
    if (file.source.path !== samplePath) rmSync(file.source.path, { force: true });
    rmSync(errorsPath, { force: true });
  }
}

/** The columns and texts of the first rows, with the header on the line where it seems to be. */
export function readSample(
  workspace: Workspace,
  where: { look: FileLook; name: string; spoolFolder: string },
  headerNames: readonly string[],
): Promise<{ file: InspectedFile; rows: string[][] }> {
  const frame = frameAt(headerNames.map((name) => [name]));
  return withSample(workspace, where, frame, async (file, errorsPath) => ({
    file,
    rows: await sampleTexts(workspace.warehouse, file.source, errorsPath),
  }));
}
