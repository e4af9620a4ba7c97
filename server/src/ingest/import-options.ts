import { type ImportKind, LAYOUTS } from "@touchline/sql";
import { UserError } from "../user-error.ts";

/** What the person said about a foreign layout, by contract column. */
export interface Mapping {
  /** Column of the file, or a constant where the text stood in quotes. */
  readonly sources: ReadonlyMap<string, { kind: "column"; name: string } | { kind: "constant"; text: string }>;
  readonly replacements: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly filters: readonly { column: string; operator: "=" | "!="; text: string }[];
}

function usage(message: string): UserError {
  return new UserError(message, { exitCode: 2 });
}

/** Splits at commas that stand outside quotes. */
function splitList(text: string): string[] {
  const parts = text.match(/(?:'(?:[^']|'')*'|[^,])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function unquote(text: string): { kind: "column"; name: string } | { kind: "constant"; text: string } {
  const quoted = /^'((?:[^']|'')*)'$/.exec(text);
  return quoted ? { kind: "constant", text: quoted[1]!.replaceAll("''", "'") } : { kind: "column", name: text };
}

/**
 * Reads `--map`, `--replace` and `--where`.
 * `--map visitor_id=customer_id,currency='EUR'`   a column of the file, or a constant in single quotes
 * `--replace interaction:conversion=click`        a text of a contract column stands for another
 * `--where conversion=1`, `--where status!=test`   only these rows; all must hold
 * @throws UserError (exit code 2) that names the part that cannot be read
 */
export function parseMapping(
  kind: ImportKind,
  options: { map: readonly string[]; replace: readonly string[]; where: readonly string[] },
): Mapping {
  const known = new Set(LAYOUTS[kind].map(({ name }) => name));
  const requireKnown = (name: string, option: string) => {
    if (!known.has(name)) {
      throw usage(`${option}: ${kind} have no column "${name}"; they have ${[...known].join(", ")}`);
    }
  };
  const sources = new Map<string, { kind: "column"; name: string } | { kind: "constant"; text: string }>();
  for (const entry of options.map.flatMap(splitList)) {
    const at = entry.indexOf("=");
    if (at < 1) throw usage(`--map: "${entry}" is not of the form column=source`);
    const name = entry.slice(0, at).trim();
    requireKnown(name, "--map");
    sources.set(name, unquote(entry.slice(at + 1).trim()));
  }
  const replacements = new Map<string, Map<string, string>>();
  for (const entry of options.replace.flatMap(splitList)) {
    const match = /^([^:=]+):(.*?)=(.*)$/.exec(entry);
    if (match === null) throw usage(`--replace: "${entry}" is not of the form column:text=new text`);
    const name = match[1]!.trim();
    requireKnown(name, "--replace");
    const texts = replacements.get(name) ?? new Map<string, string>();
    texts.set(match[2]!.trim(), match[3]!.trim());
    replacements.set(name, texts);
  }
  const filters = options.where.flatMap(splitList).map((entry) => {
    const match = /^(.+?)(!?=)(.*)$/.exec(entry);
    if (match === null) throw usage(`--where: "${entry}" is not of the form column=text or column!=text`);
    const operator: "=" | "!=" = match[2] === "!=" ? "!=" : "=";
    const value = unquote(match[3]!.trim());
    return { column: match[1]!.trim(), operator, text: value.kind === "constant" ? value.text : value.name };
  });
  return { sources, replacements, filters };
}
