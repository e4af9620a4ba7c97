import type { FieldOrigin, FileMapping } from "../contract/index.ts";

function columnsOfOrigin(origin: FieldOrigin): string[] {
  if ("column" in origin) return [origin.column];
  return "rules" in origin ? Object.values(origin.rules).filter((column) => column !== undefined) : [];
}

/** The columns of a file that a mapping reads, each once. */
export function columnsOf(mapping: FileMapping): string[] {
  const used = Object.values(mapping.columns).flatMap(columnsOfOrigin);
  return [...new Set([...used, ...mapping.only.map(({ column }) => column)])];
}
