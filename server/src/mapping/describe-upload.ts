import { readFileSync } from "node:fs";
import { IMPORT_KINDS, LAYOUTS } from "@touchline/sql";
import { comparableName } from "../connectors/index.ts";
import type { FileMapping, UploadDescription } from "../contract/index.ts";
import { delimiterOf, splitHeader } from "../ingest/index.ts";
import type { Workspace } from "../workspace.ts";
import { columnsOf } from "./columns-of.ts";
import { fittingSources } from "./known-sources.ts";
import { type FileLook, lookAtFile } from "./look-at-file.ts";
import { proposeMappings } from "./propose-mapping.ts";
import { readSample } from "./sample-file.ts";
import type { Upload } from "./uploads.ts";

const SHOWN_ROWS = 20;
const SHOWN_VALUES = 4;
const LONGEST_SHOWN = 200;

/**
 * What a file looks like, which tools and mappings it fits, and a mapping proposed for each kind.
 * @throws UserError where it is nothing that can be imported
 */
export async function describeUpload(
  workspace: Workspace,
  upload: Upload,
  spoolFolder: string,
): Promise<UploadDescription> {
  const look = await lookAtFile(workspace, upload, { encoding: null, spoolFolder });
  const { name, id } = upload;
  const { file, rows } = await readSample(workspace, { look, name, spoolFolder }, headerNames(look));
  const { source } = file;
  const columns = source.columns.map((column, i) => ({ name: column.name, values: rows.map((row) => row[i] ?? "") }));
  const { currency } = await workspace.settings();
  const mappings = await workspace.setting("file-mappings");
  return {
    ...{ id, name, bytes: upload.bytes, format: look.format, compression: look.compression },
    ...{ delimiter: look.format === "csv" ? source.delimiter : "", encoding: look.encoding },
    ...{ linesBefore: look.linesBefore, rows: look.rows, areRowsExact: look.areRowsExact },
    columns: columns.map(({ name: column, values }) => describeColumn(column, values)),
    sample: rows.slice(0, SHOWN_ROWS).map((row) => row.map(shortened)),
    known: fittingSources(name, look, source),
    saved: mappings.filter((mapping) => fits(mapping, source.columns)),
    targets: targets(),
    proposals: proposeMappings({ fileName: name, columns, currency, encoding: look.encoding }),
  };
}

/** The names on the line that looks like the header; none where it is the first. */
function headerNames(look: FileLook): string[] {
  if (look.format !== "csv" || look.linesBefore === 0) return [];
  const line = readFileSync(look.samplePath, "utf8").split("\n", look.linesBefore + 1)[look.linesBefore] ?? "";
  const bare = line.replace(/\r$/, "");
  return splitHeader(bare, delimiterOf(bare)).filter((name) => name !== "");
}

const shortened = (text: string) => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);

function describeColumn(name: string, values: readonly string[]): UploadDescription["columns"][number] {
  const said = values.filter((text) => text !== "");
  return {
    name,
    samples: [...new Set(said)].slice(0, SHOWN_VALUES).map(shortened),
    filled: values.length === 0 ? 0 : said.length / values.length,
  };
}

function fits(mapping: FileMapping, columns: readonly { readonly name: string }[]): boolean {
  const names = new Set(columns.map(({ name }) => comparableName(name)));
  const used = columnsOf(mapping);
  return used.length > 0 && used.every((name) => names.has(comparableName(name)));
}

function targets(): UploadDescription["targets"] {
  const entries = IMPORT_KINDS.map((kind) => [
    kind,
    LAYOUTS[kind].map(({ name, parsing, required }) => ({ name, parsing, required })),
  ]);
  return Object.fromEntries(entries) as UploadDescription["targets"];
}
