import type { SourceColumn } from "@touchline/sql";

/** Names are the same in whatever case and with whatever spaces a tool writes them. */
export function comparableName(name: string): string {
  return name.normalize("NFC").replace(/\s+/gu, " ").trim().toLowerCase();
}

/** The first of several names that the file has; a name between slashes is a pattern. */
export function findColumn(columns: readonly SourceColumn[], names: readonly string[]): SourceColumn | undefined {
  for (const name of names) {
    if (/^\/.+\/$/.test(name)) {
      const pattern = new RegExp(name.slice(1, -1), "iu");
      const matching = columns.find((column) => pattern.test(column.name));
      if (matching !== undefined) return matching;
      continue;
    }
    const exact = columns.find((column) => column.name === name);
    if (exact !== undefined) return exact;
    const wanted = comparableName(name);
    const alike = columns.find((column) => comparableName(column.name) === wanted);
    if (alike !== undefined) return alike;
  }
  return undefined;
}
