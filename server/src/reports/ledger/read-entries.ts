import { type NewLedgerEntry, NewLedgerEntry as Shape } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";

const COLUMNS = ["kind", "month", "channel", "amount", "supplier", "reference", "note"] as const;
const REQUIRED = ["kind", "month", "channel", "amount"];

/**
 * Commitments and invoices of a CSV file with a head of column names.
 * @throws UserError for the first line that cannot be read: nothing of the file is written then
 */
export function readEntries(text: string, name: string): NewLedgerEntry[] {
  const [head, ...lines] = fieldsOf(text.replace(/^\ufeff/, ""));
  const columns = (head?.fields ?? []).map((column) => column.trim().toLowerCase());
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new UserError(
      `${name} has no column ${missing.join(", ")}: the first line names the columns, ${COLUMNS.join(", ")}`,
    );
  if (lines.length === 0) throw new UserError(`${name} has no entries below its head`);
  return lines.map(({ line, fields }) => {
    const row = Object.fromEntries(
      COLUMNS.flatMap((column) => {
        const at = columns.indexOf(column);
        return at < 0 ? [] : [[column, (fields[at] ?? "").trim()]];
      }),
    );
    const parsed = Shape.safeParse(row);
    if (parsed.success) return parsed.data;
    const { path, message } = parsed.error.issues[0]!;
    throw new UserError(`${name}, line ${line}: ${path.join(".")}: ${message}`);
  });
}

interface Line {
  readonly line: number;
  readonly fields: string[];
}

/** RFC 4180: fields in quotes may hold separators and line ends. Empty lines are none. */
function fieldsOf(text: string): Line[] {
  const lines: Line[] = [];
  let [line, begun, field, isQuoted, fields]: [number, number, string, boolean, string[]] = [1, 1, "", false, []];
  const endLine = () => {
    if (fields.length > 0 || field.trim() !== "") lines.push({ line: begun, fields: [...fields, field] });
    [fields, field] = [[], ""];
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === "\n") line++;
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') field += text[at++];
      else isQuoted = false;
    } else if (sign === '"' && field === "") isQuoted = true;
    else if (sign === ",") {
      fields.push(field);
      field = "";
    } else if (sign === "\n") {
      endLine();
      begun = line;
    } else if (sign !== "\r") field += sign;
  }
  endLine();
  return lines;
}
