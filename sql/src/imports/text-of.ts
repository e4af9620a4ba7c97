import { fileColumn, ITEM, quoteText } from "./quoting.ts";

/** A column of the file as the engine sees it. */
export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** Where a value comes from, as text: a column of the file, the same text for every row, nowhere, or something made of these. */
export type ValueSource =
  | { readonly kind: "column"; readonly column: SourceColumn }
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "absent" }
  /** The item of a file that is read item by item: JSON text. */
  | { readonly kind: "item" }
  /** A value inside JSON text. */
  | { readonly kind: "path"; readonly of: ValueSource; readonly path: readonly string[] }
  /** From a list of objects in JSON text, the values of the first one whose `keyName` is `key`; the first that is not empty. */
  | {
      readonly kind: "entry";
      readonly of: ValueSource;
      readonly key: string;
      readonly keyName: string;
      readonly valuePaths: readonly (readonly string[])[];
    }
  /** The first that is not empty. */
  | { readonly kind: "first"; readonly of: readonly ValueSource[] }
  /** All of them with a text between; empty when one of them is empty, because half an id is nobody's. */
  | { readonly kind: "joined"; readonly of: readonly ValueSource[]; readonly between: string }
  /** Empty where the condition does not hold. */
  | { readonly kind: "guarded"; readonly of: ValueSource; readonly by: RowFilter }
  /** Texts that stand for nothing. */
  | { readonly kind: "blanked"; readonly of: ValueSource; readonly texts: readonly string[] }
  /** Texts, in whatever case, that stand for other texts; any other text becomes `otherwise`, or stays where that is null. */
  | {
      readonly kind: "translated";
      readonly of: ValueSource;
      readonly texts: readonly (readonly [string, string])[];
      readonly otherwise: string | null;
    }
  /** A localised number as the engine writes it. What is none by its style stays as it is, to be refused by the parsing. */
  | { readonly kind: "number"; readonly of: ValueSource; readonly style: NumberStyle }
  /** A date that does not begin with its year, with its year first. */
  | { readonly kind: "date"; readonly of: ValueSource; readonly order: "day-first" | "month-first" }
  /** A number times a decimal, exactly. */
  | { readonly kind: "scaled"; readonly of: ValueSource; readonly by: string }
  /** Empty when the first summand is; empty ones behind it count as nothing. */
  | { readonly kind: "sum"; readonly plus: readonly ValueSource[]; readonly minus: readonly ValueSource[] }
  /** The part of an amount that is no tax, where the whole and the tax in it are known: to the cent, half away from zero. */
  | {
      readonly kind: "net-of-tax";
      readonly amount: ValueSource;
      readonly total: ValueSource;
      readonly tax: ValueSource;
    }
  /** What the first group of a pattern matches. */
  | { readonly kind: "extracted"; readonly of: ValueSource; readonly pattern: string }
  /** A parameter of the query of an address. */
  | { readonly kind: "url-parameter"; readonly of: ValueSource; readonly name: string }
  /** The host of an address, without www. */
  | { readonly kind: "host"; readonly of: ValueSource }
  | { readonly kind: "lower"; readonly of: ValueSource }
  /** What rules make of several texts: SQL of each text by its name in, SQL out. The rules tell one reading of a file from another. */
  | {
      readonly kind: "computed";
      readonly rules: unknown;
      readonly parts: Readonly<Record<string, ValueSource>>;
      readonly sql: (texts: Readonly<Record<string, string>>) => string;
    };

/**
 * How a source writes numbers. `point`: 1,234.56. `comma`: 1.234,56 or 1 234,56. `whole-point` and `whole-comma`: counts, where a mark
 * before three digits can only group.
 */
export type NumberStyle = "point" | "comma" | "whole-point" | "whole-comma";

/**
 * A condition on a row: its value is one of the texts, begins with one of them, matches a pattern, or is a number above; or it is the
 * same as another value, and not empty.
 */
export type RowFilter =
  | { readonly column: SourceColumn; readonly operator: "=" | "!="; readonly text: string }
  | {
      readonly value: ValueSource;
      readonly holds: "is" | "starts" | "matches" | "above";
      readonly texts: readonly string[];
      readonly negated: boolean;
    }
  | { readonly value: ValueSource; readonly other: ValueSource; readonly negated: boolean };

/** The type without its wrappers; what stands behind it, a closing bracket for one, matters to nobody here. */
export function plainType(type: string): string {
  return type.replace(/^(?:LowCardinality\(|Nullable\()+/, "");
}

const NESTED = /^(?:Tuple|Array|Map|Nested|JSON|Object|Variant)\b/;

function columnText({ name, type }: SourceColumn): string {
  const column = fileColumn(name);
  const plain = plainType(type);
  if (NESTED.test(plain)) return `toJSONString(${column})`;
  const text = plain.startsWith("String") ? column : `toString(${column})`;
  return `trimBoth(${type.includes("Nullable(") ? `ifNull(${text}, '')` : text})`;
}

const list = (texts: Iterable<string>) => `[${[...texts].map(quoteText).join(", ")}]`;

function jsonValue(text: string, path: readonly string[]): string {
  return `JSONExtract(${[text, ...path.map(quoteText), "'String'"].join(", ")})`;
}

/** Symbols and spaces that platforms write around numbers. */
const AROUND_NUMBERS = "[\\s\\x{00A0}\\x{202F}\\x{2009}€$£]";
/** With a decimal comma and none in sight: twelve, or twelve thousand? */
const POINTS_ONLY = "^[+-]?[1-9][0-9]{0,2}(\\.[0-9]{3})+$";

function numberText(text: string, style: NumberStyle): string {
  const bare = `replaceRegexpAll(${text}, ${quoteText(AROUND_NUMBERS)}, '')`;
  const ungrouped = (mark: string) =>
    `replaceRegexpAll(${bare}, ${quoteText(`${mark}([0-9]{3})\\b`)}, ${quoteText("\\1")})`;
  switch (style) {
    case "point":
    case "whole-point":
      return ungrouped(",");
    case "whole-comma":
      return ungrouped("[.]");
    case "comma":
      return `multiIf(
        position(${bare}, ',') > 0, replaceOne(replaceAll(${bare}, '.', ''), ',', '.'),
        match(${bare}, ${quoteText(POINTS_ONLY)}), concat(${bare}, ' (thousands or decimals?)'),
        ${bare})`;
  }
}

function dateText(text: string, order: "day-first" | "month-first"): string {
  const yearFirst = order === "day-first" ? "\\3-0\\2-0\\1" : "\\3-0\\1-0\\2";
  const turned = `replaceRegexpOne(${text}, '^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})', ${quoteText(yearFirst)})`;
  return `replaceRegexpOne(${turned}, '^([0-9]{4})-0?([0-9]{2})-0?([0-9]{2})', ${quoteText("\\1-\\2-\\3")})`;
}

const decimalOf = (text: string) => `toDecimal128OrNull(if(${text} = '', '0', ${text}), 9)`;

function sumText(plus: readonly string[], minus: readonly string[]): string {
  const first = plus[0]!;
  const sum = plus.map(decimalOf).join(" + ") + minus.map((text) => ` - ${decimalOf(text)}`).join("");
  const asWritten = `concat(${[plus.join(", ' + ', "), ...minus.map((text) => `' - ', ${text}`)].join(", ")}, '')`;
  return `if(${first} = '', '', ifNull(toString(${sum}), ${asWritten}))`;
}

function netText(amount: string, total: string, tax: string): string {
  const wide = (text: string) => `toDecimal256OrNull(if(${text} = '', '0', ${text}), 9)`;
  const net = `toString(toDecimal128(round(${wide(amount)} * (${wide(total)} - ${wide(tax)}) / nullIf(${wide(total)}, toDecimal256(0, 9)), 2), 9))`;
  return `if(${amount} = '', '', ifNull(${net}, ${amount}))`;
}

function entryText(items: string, source: Extract<ValueSource, { kind: "entry" }>): string {
  const raw = `JSONExtractArrayRaw(${items})`;
  const keys = `arrayMap(entry -> JSONExtract(entry, ${quoteText(source.keyName)}, 'String'), ${raw})`;
  const found = `arrayElement(${raw}, indexOf(${keys}, ${quoteText(source.key)}))`;
  return firstText(source.valuePaths.map((path) => jsonValue(found, path)));
}

function firstText(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0]!;
  return `coalesce(${texts.map((text) => `nullIf(${text}, '')`).join(", ")}, '')`;
}

/** Any source as trimmed text; NULL becomes empty. */
export function textOf(source: ValueSource): string {
  switch (source.kind) {
    case "absent":
      return "''";
    case "constant":
      return quoteText(source.text);
    case "column":
      return columnText(source.column);
    case "item":
      return ITEM;
    case "path":
      return `trimBoth(${jsonValue(textOf(source.of), source.path)})`;
    case "entry":
      return `trimBoth(${entryText(textOf(source.of), source)})`;
    case "first":
      return firstText(source.of.map(textOf));
    case "joined": {
      const texts = source.of.map(textOf);
      return `if(${texts.map((text) => `${text} = ''`).join(" OR ")}, '', concat(${texts.join(`, ${quoteText(source.between)}, `)}, ''))`;
    }
    case "guarded":
      return `if(${filterExpression(source.by)}, ${textOf(source.of)}, '')`;
    case "blanked":
      return `transform(${textOf(source.of)}, ${list(source.texts)}, ${list(source.texts.map(() => ""))})`;
    case "translated": {
      const text = textOf(source.of);
      const [froms, tos] = [source.texts.map(([from]) => from.toLowerCase()), source.texts.map(([, to]) => to)];
      const otherwise = source.otherwise === null ? text : quoteText(source.otherwise);
      if (source.texts.length === 0) return `if(${text} = '', '', ${otherwise})`;
      return `if(${text} = '', '', transform(lowerUTF8(${text}), ${list(froms)}, ${list(tos)}, ${otherwise}))`;
    }
    case "number":
      return numberText(textOf(source.of), source.style);
    case "date":
      return dateText(textOf(source.of), source.order);
    case "scaled": {
      const text = textOf(source.of);
      return `ifNull(toString(toDecimal128OrNull(${text}, 9) * toDecimal128(${quoteText(source.by)}, 9)), ${text})`;
    }
    case "sum":
      return sumText(source.plus.map(textOf), source.minus.map(textOf));
    case "net-of-tax":
      return netText(textOf(source.amount), textOf(source.total), textOf(source.tax));
    case "extracted":
      return `trimBoth(extract(${textOf(source.of)}, ${quoteText(source.pattern)}))`;
    case "url-parameter":
      return `decodeURLFormComponent(extractURLParameter(${textOf(source.of)}, ${quoteText(source.name)}))`;
    case "host":
      return `domainWithoutWWW(${textOf(source.of)})`;
    case "lower":
      return `lowerUTF8(${textOf(source.of)})`;
    case "computed":
      return source.sql(Object.fromEntries(Object.entries(source.parts).map(([name, part]) => [name, textOf(part)])));
  }
}

/** A row filter as SQL. */
export function filterExpression(filter: RowFilter): string {
  if ("column" in filter) {
    return `${textOf({ kind: "column", column: filter.column })} ${filter.operator} ${quoteText(filter.text)}`;
  }
  const text = textOf(filter.value);
  if ("other" in filter) return `${filter.negated ? "NOT " : ""}(${text} != '' AND ${text} = ${textOf(filter.other)})`;
  const one = (texts: readonly string[], test: (given: string) => string) => `(${texts.map(test).join(" OR ")})`;
  const holds = {
    is: () => `has(${list(filter.texts.map((given) => given.toLowerCase()))}, lowerUTF8(${text}))`,
    starts: () => one(filter.texts, (given) => `startsWith(lowerUTF8(${text}), ${quoteText(given.toLowerCase())})`),
    matches: () => one(filter.texts, (pattern) => `match(${text}, ${quoteText(pattern)})`),
    above: () => `ifNull(toDecimal128OrNull(${text}, 9) > toDecimal128(${quoteText(filter.texts[0]!)}, 9), false)`,
  }[filter.holds]();
  return filter.negated ? `NOT ${holds}` : holds;
}
