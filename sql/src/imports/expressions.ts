import { INTERACTIONS, type LayoutColumn } from "./layouts.ts";

/** A column of the file as the engine sees it. */
export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** Where a value comes from: a column of the file, the same text for every row, or nowhere. */
export type ValueSource =
  | { readonly kind: "column"; readonly column: SourceColumn }
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "absent" };

export interface ReadingOptions {
  /** Times without an offset and days are of this zone. */
  readonly timeZone: string;
  /** True: `12,50` is a number. */
  readonly decimalComma: boolean;
}

/** A parsed column: its value (never NULL unless optional), when it is bad, and the sentence for that, all as SQL. */
export interface ParsedExpression {
  readonly value: string;
  readonly isBad: string;
  readonly reason: string;
}

export function quoteIdentifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, (character) => `\\${character}`)}\``;
}

/** How a column of the file is called inside a query: its own name could be that of a column which the query makes. */
export function fileColumn(name: string): string {
  return quoteIdentifier(`file: ${name}`);
}

export function quoteText(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

function isNullable(type: string): boolean {
  return type.includes("Nullable(");
}

function plainType(type: string): string {
  return type
    .replace(/^(?:LowCardinality|Nullable)\(|\)$/g, (part) => (part === ")" ? "" : ""))
    .replace(/^Nullable\(/, "");
}

/** Any source as trimmed text; NULL becomes empty. */
export function textOf(source: ValueSource): string {
  switch (source.kind) {
    case "absent":
      return "''";
    case "constant":
      return quoteText(source.text);
    case "column": {
      const name = fileColumn(source.column.name);
      const text = plainType(source.column.type).startsWith("String") ? name : `toString(${name})`;
      return `trimBoth(${isNullable(source.column.type) ? `ifNull(${text}, '')` : text})`;
    }
  }
}

/** Rows of another zone than the ISO text says are read in the workspace's zone. Epochs in seconds, milli- or microseconds. */
function instantFromText(text: string, timeZone: string): string {
  const zone = quoteText(timeZone);
  const digits = `toInt64OrNull(${text})`;
  const looksLikeDate = `(substring(${text}, 5, 1) = '-' OR substring(${text}, 5, 1) = '/' OR substring(${text}, 3, 1) = '/')`;
  return `multiIf(
    ${looksLikeDate}, toTimeZone(parseDateTime64BestEffortOrNull(${text}, 3, ${zone}), 'UTC'),
    length(${text}) IN (9, 10) AND ${digits} IS NOT NULL, fromUnixTimestamp64Milli(assumeNotNull(${digits}) * 1000, 'UTC'),
    length(${text}) = 13 AND ${digits} IS NOT NULL, fromUnixTimestamp64Milli(assumeNotNull(${digits}), 'UTC'),
    length(${text}) = 16 AND ${digits} IS NOT NULL, fromUnixTimestamp64Milli(intDiv(assumeNotNull(${digits}), 1000), 'UTC'),
    NULL)`;
}

function instantOf(source: ValueSource, text: string, { timeZone }: ReadingOptions): string {
  if (source.kind === "column") {
    const name = fileColumn(source.column.name);
    const type = plainType(source.column.type);
    if (type.startsWith("DateTime")) return `toDateTime64(${name}, 3, 'UTC')`;
    if (type.startsWith("Date")) return `toTimeZone(toDateTime64(toString(${name}), 3, ${quoteText(timeZone)}), 'UTC')`;
  }
  return instantFromText(text, timeZone);
}

function dayOf(source: ValueSource, text: string, { timeZone }: ReadingOptions): string {
  if (source.kind === "column") {
    const name = fileColumn(source.column.name);
    const type = plainType(source.column.type);
    if (type.startsWith("DateTime")) return `toDate(${name}, ${quoteText(timeZone)})`;
    if (type.startsWith("Date")) return `toDate(${name})`;
  }
  // Only the day counts: an hour behind it is cut off, because platforms write days as midnight of their own zone.
  const iso = `parseDateTime64BestEffortOrNull(substring(${text}, 1, 10), 3, 'UTC')`;
  return `multiIf(
    (substring(${text}, 5, 1) IN ('-', '/') OR substring(${text}, 3, 1) = '/') AND length(${text}) >= 10, toDate(${iso}),
    length(${text}) = 8 AND toUInt32OrNull(${text}) IS NOT NULL, toDate(parseDateTime64BestEffortOrNull(concat(substring(${text}, 1, 4), '-', substring(${text}, 5, 2), '-', substring(${text}, 7, 2)), 3, 'UTC')),
    NULL)`;
}

/** Spaces that group thousands go; 18 decimals are read, 9 are kept, rounded half away from zero. */
function decimalOf(text: string, { decimalComma }: ReadingOptions): string {
  const bare = `replaceRegexpAll(${text}, '[ \\\\x{00A0}\\\\x{202F}]', '')`;
  const dotted = decimalComma ? `replaceOne(${bare}, ',', '.')` : bare;
  return `toDecimal128OrNull(toString(round(toDecimal256OrNull(${dotted}, 18), 9)), 9)`;
}

function shown(text: string): string {
  return `concat('"', substringUTF8(${text}, 1, 60), '"')`;
}

function sentence(column: LayoutColumn, text: string, expected: string): string {
  return `if(${text} = '', ${quoteText(`${column.name} is empty`)}, concat(${quoteText(`${column.name} `)}, ${shown(text)}, ${quoteText(` is not ${expected}`)}))`;
}

/** Parses one column: the value, when it is bad, and why. */
export function parsedExpression(
  column: LayoutColumn,
  source: ValueSource,
  text: string,
  options: ReadingOptions,
): ParsedExpression {
  const never = { isBad: "false", reason: "''" };
  const numeric = (parsed: string, expected: string, nonNegative: boolean): ParsedExpression => {
    const wrong = nonNegative ? `ifNull(${parsed} < 0, true)` : `${parsed} IS NULL`;
    return column.required
      ? { value: `assumeNotNull(${parsed})`, isBad: wrong, reason: sentence(column, text, expected) }
      : { value: parsed, isBad: `${text} != '' AND ${wrong}`, reason: sentence(column, text, expected) };
  };
  switch (column.parsing) {
    case "text":
      return { value: text, ...never };
    case "key":
      return { value: text, isBad: `${text} = ''`, reason: quoteText(`${column.name} is empty`) };
    case "interaction": {
      const words = INTERACTIONS.map(quoteText).join(", ");
      return {
        value: `lower(${text})`,
        isBad: `lower(${text}) NOT IN (${words})`,
        reason: sentence(column, text, `one of ${INTERACTIONS.join(", ")}`),
      };
    }
    case "currency":
      return {
        value: `upper(${text})`,
        isBad: `NOT match(upper(${text}), '^[A-Z]{3}$')`,
        reason: sentence(column, text, "a currency code such as EUR"),
      };
    case "instant": {
      const parsed = instantOf(source, text, options);
      return {
        value: `assumeNotNull(${parsed})`,
        isBad: `ifNull(${parsed} < toDateTime64('2000-01-01 00:00:00', 3, 'UTC') OR ${parsed} >= toDateTime64('2100-01-01 00:00:00', 3, 'UTC'), true)`,
        reason: sentence(column, text, "a time between 2000 and 2099 such as 2026-03-31T18:05:00Z or an epoch"),
      };
    }
    case "day": {
      const parsed = dayOf(source, text, options);
      return {
        value: `assumeNotNull(${parsed})`,
        isBad: `ifNull(${parsed} < toDate('2000-01-01') OR ${parsed} >= toDate('2100-01-01'), true)`,
        reason: sentence(column, text, "a day between 2000 and 2099 such as 2026-03-31"),
      };
    }
    case "amount":
      return numeric(decimalOf(text, options), "a number such as 1234.50", false);
    case "cost":
      return numeric(decimalOf(text, options), "a number such as 1234.50 that is not negative", true);
    case "count":
      return numeric(`toUInt64OrNull(${text})`, "a whole number", false);
  }
}
