import { comparableName } from "../connectors/index.ts";
import { UserError } from "../user-error.ts";

export type Delimiter = "," | ";" | "\t";

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t"];

export function delimiterOf(header: string): Delimiter {
  const count = (mark: string) => header.split(mark).length - 1;
  return DELIMITERS.reduce((best, mark) => (count(mark) > count(best) ? mark : best), ",");
}

/** Names of a CSV header. Quotes may hold the delimiter, and what stands in them is kept as it is: so does the engine. */
export function splitHeader(header: string, delimiter: string): string[] {
  const names: string[] = [];
  let name = "";
  let inQuotes = false;
  let wasQuoted = false;
  const endName = () => {
    names.push(wasQuoted ? name : name.trim());
    name = "";
    wasQuoted = false;
  };
  for (let i = 0; i < header.length; i++) {
    const character = header[i]!;
    if (character === '"' && inQuotes && header[i + 1] === '"') {
      name += '"';
      i++;
    } else if (character === '"') {
      inQuotes = !inQuotes;
      if (!wasQuoted) name = name.trim();
      wasQuoted = true;
    } else if (character === delimiter && !inQuotes) endName();
    else if (inQuotes || !wasQuoted) name += character;
  }
  endName();
  return names;
}

/** @throws UserError when two columns could not be told apart */
export function requireHeader(name: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const column of names) {
    if (column === "") throw new UserError(`${name}: its header has a column without a name`);
    if (seen.has(column)) throw new UserError(`${name}: its header names the column "${column}" twice`);
    seen.add(column);
  }
}

/**
 * The header with a name for every column, where it has one twice or none: the second "Results" becomes "Results (2)".
 * @returns null where nothing is to be changed
 */
export function distinctHeader(line: string): string | null {
  const delimiter = delimiterOf(line);
  const seen = new Set<string>();
  const given = splitHeader(line, delimiter);
  const names = given.map((name, i) => {
    const own = name === "" ? `column ${i + 1}` : name;
    let distinct = own;
    for (let count = 2; seen.has(distinct); count++) distinct = `${own} (${count})`;
    seen.add(distinct);
    return distinct;
  });
  if (names.every((name, i) => name === given[i])) return null;
  return names.map((name) => `"${name.replaceAll('"', '""')}"`).join(delimiter);
}

/** True when the line names a column of each group. */
export function isHeaderWith(line: string, groups: readonly (readonly string[])[]): boolean {
  const names = new Set(splitHeader(line, delimiterOf(line)).map(comparableName));
  return groups.every((group) => group.some((name) => names.has(comparableName(name))));
}
