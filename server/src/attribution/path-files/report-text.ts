/** A text report as tools export them: lines of comments, a header, rows, perhaps a second table after an empty line. */
export interface ReportTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What stood before the header, without its #. */
  readonly comments: readonly string[];
}

/** Spreadsheet exports come as UTF-16 too; a mark at the beginning says so. */
export function decodeReport(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** Takes delimited text apart into the first table that it holds. A comment or an empty line ends the rows. */
export function readReport(text: string): ReportTable {
  const comments: string[] = [];
  const lines = { at: 0 };
  // Comments carry quotes and commas that mean nothing: they are cut off before anything is split.
  for (;;) {
    const end = text.indexOf("\n", lines.at);
    const line = text.slice(lines.at, end < 0 ? text.length : end).trim();
    const bare = line.replace(/^"|"$/g, "");
    if (end < 0 || (line !== "" && !bare.startsWith("#") && !/^[,;\t]+$/.test(line))) break;
    if (bare.startsWith("#")) comments.push(bare.replace(/^#+\s*/, ""));
    lines.at = end + 1;
  }
  const body = text.slice(lines.at);
  const [header = [], ...others] = splitRecords(body, delimiterOf(body));
  const end = others.findIndex((fields) => fields.every((field) => field.trim() === "") || fields[0]!.startsWith("#"));
  return {
    header: header.map((name) => name.trim()),
    rows: end < 0 ? others : others.slice(0, end),
    comments: comments.filter((comment) => !/^-*$/.test(comment)),
  };
}

/** The one that stands in the header most often. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/\r?\n|$/)).replace(/"[^"]*"/g, "");
  const count = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Quoted fields may hold delimiters, line breaks and doubled quotes. */
function splitRecords(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[++at];
      else isQuoted = false;
    } else if (character === '"' && field === "") isQuoted = true;
    else if (character === delimiter || character === "\n") {
      fields.push(field.replace(/\r$/, ""));
      field = "";
      if (character === "\n") {
        records.push(fields);
        fields = [];
      }
    } else field += character;
  }
  if (field !== "" || fields.length > 0) records.push([...fields, field]);
  return records;
}
