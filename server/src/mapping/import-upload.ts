import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FileLayout, UploadState } from "../contract/index.ts";
import { sentenceIn } from "../http/public-error.ts";
import { type ImportReport, importWithConnector } from "../ingest/index.ts";
import { log } from "../log.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { declarationOf } from "./layout-of.ts";
import { lookAtFile } from "./look-at-file.ts";
import { keepMapping } from "./saved-mappings.ts";
import { dropFile, holdsFile, type Upload } from "./uploads.ts";

/** Imports of this process that are under way, by the folder of their upload. */
const underway = new Map<string, UploadState>();

const resultPath = ({ folder }: Upload) => join(folder, "result.json");

function stateWith(upload: Upload, part: Partial<UploadState>): UploadState {
  const { id, name, bytes } = upload;
  return { id, name, bytes, state: "waiting", rows: 0, share: null, problem: null, source: "", outcomes: [], ...part };
}

/** Where the import of a file stands; what came of it is known for as long as the upload is. */
export function uploadState(upload: Upload): UploadState {
  const running = underway.get(upload.folder);
  if (running !== undefined) return running;
  if (existsSync(resultPath(upload))) return UploadState.parse(JSON.parse(readFileSync(resultPath(upload), "utf8")));
  return stateWith(upload, {});
}

/**
 * Begins an import, which goes on by itself.
 * @throws UserError where the layout cannot be used, or the file is imported already
 */
export async function beginImport(
  workspace: Workspace,
  upload: Upload,
  { layout, keepMapping: isKept }: { layout: FileLayout; keepMapping: boolean },
  spoolFolder: string,
): Promise<UploadState> {
  if (underway.has(upload.folder)) throw new UserError(`${upload.name} is being imported already`);
  if (!holdsFile(upload)) throw new UserError(`${upload.name} was imported: send it again to import it another time`);
  const declaration = declarationOf(layout);
  const begun = stateWith(upload, { state: "importing", source: declaration.name });
  underway.set(upload.folder, begun);
  try {
    if (isKept && layout.type === "own") await keepMapping(workspace, layout.mapping);
  } catch (error) {
    underway.delete(upload.folder);
    throw error;
  }
  void run(workspace, upload, { layout, declaration }, spoolFolder);
  return begun;
}

async function run(
  workspace: Workspace,
  upload: Upload,
  { layout, declaration }: { layout: FileLayout; declaration: ReturnType<typeof declarationOf> },
  spoolFolder: string,
): Promise<void> {
  const told = { source: declaration.name };
  let end: UploadState;
  try {
    const { format, encoding } = await lookAtFile(workspace, upload, { encoding: null, spoolFolder });
    const isPlain = encoding === "utf-8" || encoding === "";
    const reports = await importWithConnector(workspace, declaration, {
      ...{ path: upload.path, name: upload.name, format, spoolFolder },
      encoding: layout.type === "known" && !isPlain ? encoding : undefined,
      onProgress: ({ rows, share }) =>
        underway.set(upload.folder, stateWith(upload, { ...told, state: "importing", rows, share })),
    });
    end = stateWith(upload, { ...told, state: "done", share: 1, outcomes: reports.map(outcomeOf) });
    dropFile(upload);
  } catch (error) {
    const sentence = sentenceIn(error);
    if (sentence === null) log.error({ err: error, upload: upload.id }, "an import failed");
    const problem = sentence?.message ?? "something went wrong here, and nothing of this table was stored: try again";
    end = stateWith(upload, { ...told, state: "failed", problem });
  }
  try {
    writeFileSync(resultPath(upload), JSON.stringify(end), { mode: 0o600 });
  } catch (error) {
    log.error({ err: error, upload: upload.id }, "the result of an import could not be written down");
  }
  underway.delete(upload.folder);
}

function outcomeOf(report: ImportReport): UploadState["outcomes"][number] {
  const { kind, unchanged, received, stored, duplicates, replaced, rejected, filtered, seconds } = report;
  return {
    ...{ kind, unchanged, received, stored, duplicates, replaced, rejected, filtered, seconds },
    reasons: report.reasons.map(({ reason, rows, firstLine }) => ({ reason, rows, firstLine })),
  };
}
