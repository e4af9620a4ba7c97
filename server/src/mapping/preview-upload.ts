import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_CHANNEL_RULES, LAYOUTS, type PreviewedRow, previewRows, readMalformedRows } from "@touchline/sql";
import { type ConnectorTable, resolveConnector, TableNotInFile } from "../connectors/index.ts";
import type { FileLayout, UploadPreview } from "../contract/index.ts";
import { planOf } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { declarationOf } from "./layout-of.ts";
import { type FileLook, lookAtFile } from "./look-at-file.ts";
import { withSample } from "./sample-file.ts";
import type { Upload } from "./uploads.ts";

type PreviewTable = UploadPreview["tables"][number];

const SHOWN = 20;
const LONGEST_RAW = 500;

/**
 * What would become of the first rows of a file, by the expressions that an import uses. What keeps the file from being read at all is
 * part of the answer: whoever is choosing columns is not done yet.
 */
export async function previewUpload(
  workspace: Workspace,
  upload: Upload,
  layout: FileLayout,
  spoolFolder: string,
): Promise<UploadPreview> {
  try {
    const declaration = declarationOf(layout);
    const encoding = layout.type === "own" ? layout.mapping.encoding : null;
    const look = await lookAtFile(workspace, upload, { encoding, spoolFolder });
    const tables: PreviewTable[] = [];
    let absent: TableNotInFile | undefined;
    for (const table of declaration.tables) {
      try {
        tables.push(await previewTable(workspace, { upload, look, declaration, table, spoolFolder }));
      } catch (error) {
        if (!(error instanceof TableNotInFile && table.optional)) throw error;
        absent = error;
      }
    }
    return { problem: tables.length === 0 ? (absent?.message ?? null) : null, tables };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error.message, tables: [] };
  }
}

interface Previewed {
  readonly upload: Upload;
  readonly look: FileLook;
  readonly declaration: ReturnType<typeof declarationOf>;
  readonly table: ConnectorTable;
  readonly spoolFolder: string;
}

async function previewTable(
  workspace: Workspace,
  { upload, look, declaration, table, spoolFolder }: Previewed,
): Promise<PreviewTable> {
  const { name } = upload;
  const rules = (await workspace.setting("channel-rules")) ?? DEFAULT_CHANNEL_RULES;
  const settings = await workspace.settings();
  return withSample(workspace, { look, name, spoolFolder }, { declaration, table }, async (file, errorsPath) => {
    const columns = resolveConnector(declaration, table, file, rules);
    const forgottenPath = join(spoolFolder, `${randomUUID()}.tsv`);
    try {
      const batch = { kind: table.kind, file: file.source, columns };
      const plan = await planOf(workspace, batch, settings, forgottenPath);
      const rows = await previewRows(workspace.warehouse, plan, errorsPath);
      const malformed = existsSync(errorsPath) ? await readMalformedRows(workspace.warehouse, errorsPath) : [];
      const refused = malformed.map(({ row, reason, raw }) => ({ line: row, reason, raw }));
      return tableOf(table.kind, rows, refused, file.source.headerLines);
    } finally {
      rmSync(forgottenPath, { force: true });
    }
  });
}

function tableOf(
  kind: PreviewTable["kind"],
  rows: readonly PreviewedRow[],
  malformed: PreviewTable["refused"],
  headerLines: number,
): PreviewTable {
  const selected = rows.filter(({ isSelected }) => isSelected);
  const stored = selected.filter(({ reason }) => reason === "");
  const refused = [
    ...malformed,
    ...selected.filter(({ reason }) => reason !== "").map(({ line, reason, raw }) => ({ line, reason, raw })),
  ].sort((a, b) => a.line - b.line);
  return {
    kind,
    columns: LAYOUTS[kind].map(({ name }) => name),
    stored: stored.length,
    rejected: refused.length,
    filtered: rows.length - selected.length,
    rows: stored.slice(0, SHOWN).map(({ line, values }) => ({ line: line + headerLines, values: [...values] })),
    refused: refused.slice(0, SHOWN).map(({ line, reason, raw }) => ({
      ...{ line: line + headerLines, reason, raw: raw.slice(0, LONGEST_RAW) },
    })),
  };
}
