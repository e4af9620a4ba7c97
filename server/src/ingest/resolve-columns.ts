import { type ImportKind, LAYOUTS, type SourceColumn, type ValueSource } from "@touchline/sql";
import { UserError } from "../user-error.ts";
import type { Mapping } from "./import-options.ts";
import type { InspectedFile } from "./inspect-file.ts";
import type { ResolvedColumns } from "./store-rows.ts";

/** Decides where each contract column comes from. @throws UserError that lists what is missing and what the file has */
export function resolveColumns(kind: ImportKind, file: InspectedFile, mapping: Mapping): ResolvedColumns {
  const byName = new Map(file.source.columns.map((column) => [column.name, column]));
  const inFile = `its columns are ${file.source.columns.map(({ name }) => name).join(", ")}`;
  const need = (name: string, option: string): SourceColumn => {
    const column = byName.get(name);
    if (column === undefined)
      throw new UserError(`${option}: ${file.name} has no column "${name}"; ${inFile}`, { exitCode: 2 });
    return column;
  };
  const sources = new Map<string, ValueSource>();
  const missing: string[] = [];
  const used = new Set<string>();
  for (const { name, required } of LAYOUTS[kind]) {
    const said = mapping.sources.get(name);
    if (said?.kind === "constant") sources.set(name, said);
    else {
      const column = said === undefined ? byName.get(name) : need(said.name, "--map");
      if (column !== undefined) {
        sources.set(name, { kind: "column", column });
        used.add(column.name);
      } else if (required) missing.push(name);
    }
  }
  if (missing.length > 0) {
    throw new UserError(
      `${file.name} has no column ${missing.join(", ")}, which ${kind} need; ${inFile}. Say where to find ${missing.length === 1 ? "it" : "them"}: --map ${missing[0]}=COLUMN, or a constant in quotes: --map "${missing[0]}='text'"`,
      { exitCode: 2 },
    );
  }
  const filters = mapping.filters.map(({ column, operator, text }) => ({
    column: need(column, "--where"),
    operator,
    text,
  }));
  const keepsExtras = kind === "touchpoints" || kind === "conversions" || kind === "adjustments";
  const extras = keepsExtras ? file.source.columns.filter(({ name }) => !used.has(name)) : [];
  return { sources, replacements: mapping.replacements, filters, extras };
}
