import { quoteText } from "./imports/quoting.ts";

/**
 * The text of a command with its values written into it, quoted, in place of being bound beside it. The engine writes a command with
 * bound values anew, without its comments, so nobody could find it by them; and embedded it runs one such command at a time, in all
 * connections together (measured: an event of 20 ms waited 3 s for a page's question), which is why none is bound there.
 */
export function writeValues(sql: string, params: Readonly<Record<string, unknown>>): string {
  return sql.replace(/\{(\w+):([^{}]+)\}/g, (_, name: string, type: string) => {
    if (!(name in params)) throw new Error(`the parameter ${name} has no value`);
    const literal = literalOf(params[name]);
    return type === "String" ? literal : `CAST(${literal}, ${quoteText(type)})`;
  });
}

function literalOf(value: unknown): string {
  if (typeof value === "string") return quoteText(value);
  if (Array.isArray(value)) return `[${value.map(literalOf).join(", ")}]`;
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error("a value that is no text, number, truth or list of these cannot be written into a command");
}
