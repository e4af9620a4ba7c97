import { refuseFile } from "./given-model.ts";

/** A table as read from CSV: rows by the names of the header. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  /** Of the file, the header being line 1 */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Comma or semicolon, quoted cells, a byte order mark; headings in lower case unless said otherwise. @throws UserError naming the line at fault */
export function readCsv(file: string, text: string, nameOf = (heading: string) => heading.toLowerCase()): CsvTable {
  const lines = splitRecords(text.replace(/^\uFEFF/, ""));
  const head = lines[0];
  if (head === undefined) refuseFile(file, "is empty");
  const separator = count(head.text, ";") > count(head.text, ",") ? ";" : ",";
  const columns = splitCells(head.text, separator).map((heading) => nameOf(heading.trim()));
  const rows = lines.slice(1).map(({ line, text: record }) => {
    const values = splitCells(record, separator);
    if (values.length !== columns.length)
      refuseFile(file, `line ${line}: has ${values.length} cells, the header has ${columns.length}`);
    return { line, cells: Object.fromEntries(columns.map((name, i) => [name, values[i]!.trim()])) };
  });
  return { columns, rows };
}

/** @throws UserError where the cell is no number */
export function requireCell(file: string, { line, cells }: CsvRow, column: string): number {
  const text = cells[column] ?? "";
  const value = Number(text);
  return text !== "" && Number.isFinite(value)
    ? value
    : refuseFile(file, `line ${line}: ${column}: "${text}" is not a number such as 1234.5`);
}

/** Null where the cell is empty or there is no such column. */
export function optionalCell(file: string, row: CsvRow, column: string): number | null {
  const text = row.cells[column] ?? "";
  return text === "" || /^(nan|na|<na>|null)$/i.test(text) ? null : requireCell(file, row, column);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** A record may run over several lines inside quotes; empty lines are none. */
function splitRecords(text: string): { line: number; text: string }[] {
  const records: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | null = null;
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    open = open === null ? { line: i + 1, text: line } : { line: open.line, text: `${open.text}\n${line}` };
    if (count(open.text, '"') % 2 === 1) continue;
    if (open.text.trim() !== "") records.push(open);
    open = null;
  }
  return records;
}

function splitCells(record: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < record.length; i++) {
    const character = record[i]!;
    if (character === '"' && isQuoted && record[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...cells, cell];
}
