import { DEFAULT_CHANNEL_RULES, type ImportKind } from "@touchline/sql";
import { type Connector, type ConnectorTable, resolveConnector, TableNotInFile } from "../connectors/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type ImportReport, type ImportRequest, importFile } from "./import-file.ts";

const NO_MAPPING = { sources: new Map(), replacements: new Map(), filters: [] };

/** One of the kinds that a source yields, where only that one is wanted. @throws UserError when the source does not yield it */
export function tablesOfKind(declaration: Connector, kind: ImportKind | undefined): readonly ConnectorTable[] {
  const tables = declaration.tables.filter((table) => kind === undefined || table.kind === kind);
  if (tables.length > 0) return tables;
  const kinds = [...new Set(declaration.tables.map((table) => table.kind))].join(", ");
  throw new UserError(`--source ${declaration.name} gives no ${kind}: it gives ${kinds}`, { exitCode: 2 });
}

/**
 * Imports everything that a source's file holds: once for each table of the declaration, in its order. Tables before one that fails stay
 * imported; the same command again finds them unchanged.
 * @throws UserError when the file has not what a table needs, or has none of the optional tables
 */
export async function importWithConnector(
  workspace: Workspace,
  given: Connector,
  request: Omit<ImportRequest, "kind" | "mapping" | "resolve" | "connector"> & {
    readonly kind?: ImportKind | undefined;
    /** Name of the source of the rows, where there are several accounts of one tool. */
    readonly as?: string | undefined;
  },
): Promise<ImportReport[]> {
  const declaration = { ...given, name: request.as ?? given.name };
  const rules = (await workspace.setting("channel-rules")) ?? DEFAULT_CHANNEL_RULES;
  const reports: ImportReport[] = [];
  let absent: TableNotInFile | undefined;
  for (const table of tablesOfKind(declaration, request.kind)) {
    try {
      reports.push(
        await importFile(workspace, {
          ...request,
          kind: table.kind,
          mapping: NO_MAPPING,
          connector: { declaration, table },
          resolve: (file) => resolveConnector(declaration, table, file, rules),
        }),
      );
    } catch (error) {
      if (!(error instanceof TableNotInFile && table.optional)) throw error;
      absent = error;
    }
  }
  if (reports.length === 0 && absent !== undefined) throw absent;
  return reports;
}
