import { delimiterOf, splitHeader } from "../ingest/index.ts";

interface Cut {
  readonly text: string;
  /** Lines of the table, a quoted line break counted as none. */
  readonly records: number;
  /** True where nothing was cut off. */
  readonly isAll: boolean;
}

/**
 * The first whole records of a text.
 * @returns null where not even the first record ends
 * Law: what is cut off begins at the start of a record, so every record of the sample is one of the file.
 */
export function cutSample(
  text: string,
  { format, isWhole, rows }: { format: "csv" | "ndjson"; isWhole: boolean; rows: number },
): Cut | null {
  let inQuotes = false;
  let records = 0;
  let end = 0;
  for (let at = 0; at < text.length && records < rows; at++) {
    const character = text[at];
    if (character === '"' && format === "csv") inQuotes = !inQuotes;
    if (character !== "\n" || inQuotes) continue;
    if (text.slice(end, at).trim() !== "") records++;
    end = at + 1;
  }
  const rest = text.slice(end);
  if (isWhole && records < rows) {
    return { text, records: records + (rest.trim() === "" ? 0 : 1), isAll: true };
  }
  if (end === 0) return null;
  return { text: text.slice(0, end), records, isAll: isWhole && rest.trim() === "" };
}

/** Reports say something before their table, within so many lines. */
const LONGEST_PREAMBLE = 30;

/**
 * The line that looks like a header: the first with names alone, all of them different, and as many fields as the line below it has. A
 * file whose lines are all alike begins with it.
 */
export function guessHeaderLine(text: string): number {
  const lines = text.split("\n", LONGEST_PREAMBLE + 1).map((line) => line.replace(/\r$/, ""));
  const widest = Math.max(...lines.map((line) => fieldsOf(line).length));
  for (const [i, line] of lines.entries()) {
    const fields = fieldsOf(line);
    const below = lines[i + 1];
    if (fields.length < 2 || fields.length < widest) continue;
    const isNamed = fields.every((field) => field.trim() !== "" && !/^[\d.,\s]+$/.test(field));
    if (isNamed && (below === undefined || below === "" || fieldsOf(below).length >= fields.length)) return i;
  }
  return 0;
}

const fieldsOf = (line: string) => splitHeader(line, delimiterOf(line));
