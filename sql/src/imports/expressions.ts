import { consentState } from "../privacy/consent.ts";
import { identifierHash, type VisitorKey } from "../visitor-key.ts";
import { INTERACTIONS, type LayoutColumn } from "./layouts.ts";
import { fileColumn, quoteIdentifier, quoteText } from "./quoting.ts";
import { plainType, type ValueSource } from "./text-of.ts";

export { quoteIdentifier, quoteText } from "./quoting.ts";
export { type SourceColumn, textOf, type ValueSource } from "./text-of.ts";

export interface ReadingOptions {
  /** Times without an offset and days are of this zone. */
  readonly timeZone: string;
  /** True: `12,50` is a number. */
  readonly decimalComma: boolean;
  /** What identifiers are hashed with. */
  readonly visitorKey: VisitorKey;
  /** Moments later than this one, an ISO time, are refused. */
  readonly latest: string;
}

/** A parsed column: its value (never NULL unless optional), when it is bad, and the sentence for that, all as SQL. */
export interface ParsedExpression {
  readonly value: string;
  readonly isBad: string;
  readonly reason: string;
  /**
   * What the three are made of, as `[name, expression]`, each of which may use those before it. It stands in a query of its own: an
   * expression that is written out wherever it is used costs the engine more than reading thousands of rows.
   */
  readonly steps?: readonly (readonly [string, string])[];
}

/** `31/03/2026`, where the engine would take `03/31/2026` for the same day: the first field is the day, always. */
const DAY_MONTH_YEAR = "^([0-9]{2})/([0-9]{2})/([0-9]{4})";
const CLOCK = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?";

/** Of a text with the year first: the engine rolls 25:00 over to the next day, and takes month 0 for January. */
const OUT_OF_RANGE = "^[0-9]{4}[-/](00|[0-9]+[-/]00)|[Tt ] *(2[4-9]|[3-9][0-9])|:[6-9][0-9]";

/**
 * A time as machines write it, every field within its range. Nearly all times are of this form, and one look says that they need no
 * further one: swapping fields and testing ranges cost more than the parsing itself.
 */
const MACHINE_TIME =
  "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?Z?$";

function matches(text: string, pattern: string): string {
  return `match(${text}, ${quoteText(pattern)})`;
}

/** Year first, so that the engine cannot swap day and month. */
function yearFirst(text: string): string {
  return `replaceRegexpOne(${text}, ${quoteText(DAY_MONTH_YEAR)}, ${quoteText("\\3-\\2-\\1")})`;
}

/** Rows of another zone than the ISO text says are read in the workspace's zone. Epochs in seconds, milli- or microseconds. */
function instantFromText(text: string, timeZone: string): string {
  const digits = `toInt64OrNull(${text})`;
  const iso = yearFirst(text);
  const parse = (time: string) =>
    `toTimeZone(parseDateTime64BestEffortOrNull(${time}, 3, ${quoteText(timeZone)}), 'UTC')`;
  const isDate = `(substring(${text}, 5, 1) IN ('-', '/') OR ${matches(text, `${DAY_MONTH_YEAR}( ${CLOCK})?$`)})`;
  return `multiIf(
    ${matches(text, MACHINE_TIME)}, ${parse(text)},
    ${isDate}, if(${matches(iso, OUT_OF_RANGE)}, NULL, ${parse(iso)}),
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
  const iso = yearFirst(`substring(${text}, 1, 10)`);
  const parsed = `if(${matches(iso, OUT_OF_RANGE)}, NULL, parseDateTime64BestEffortOrNull(${iso}, 3, 'UTC'))`;
  return `multiIf(
    (substring(${text}, 5, 1) IN ('-', '/') AND length(${text}) >= 10) OR ${matches(text, DAY_MONTH_YEAR)}, toDate(${parsed}),
    length(${text}) = 8 AND toUInt32OrNull(${text}) IS NOT NULL, toDate(parseDateTime64BestEffortOrNull(concat(substring(${text}, 1, 4), '-', substring(${text}, 5, 2), '-', substring(${text}, 7, 2)), 3, 'UTC')),
    NULL)`;
}

/** What every amount must look like once its grouping is gone: the engine's own parser skips a second dot. */
const NUMBER = "^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$";
/** With a decimal comma, dots before it may group thousands. */
const GROUPED_BEFORE_COMMA = "^[+-]?([0-9]*|[0-9]{1,3}(\\.[0-9]{3})+),[^.,]*$";
/** With a decimal comma and none in sight, `12.000` is twelve or twelve thousand; `0.125` can only be an eighth. */
const AMBIGUOUS = "^[+-]?[1-9][0-9]{0,2}(\\.[0-9]{3})+$";

/** Below it, 10^11 rows still add up at the 12 places of credit. */
const AMOUNT_LIMIT = "1000000000000000";

interface AmountExpression extends Required<Pick<ParsedExpression, "steps">> {
  /** NULL where the text is no number. */
  readonly parsed: string;
  readonly isAmbiguous: string;
  readonly isTooLarge: string;
}

/** Spaces that group thousands go; 18 decimals are read, 9 are kept, rounded half away from zero. */
function amountOf({ name }: LayoutColumn, text: string, { decimalComma }: ReadingOptions): AmountExpression {
  const [bare, plain, decimal, isNumber, isAmbiguous] = ["bare", "plain", "decimal", "is number", "is ambiguous"].map(
    (step) => stepName(step, name),
  ) as [string, string, string, string, string];
  const dotted = `multiIf(
    position(${bare}, ',') = 0, ${bare},
    ${matches(bare, GROUPED_BEFORE_COMMA)}, replaceOne(replaceAll(${bare}, '.', ''), ',', '.'),
    '')`;
  return {
    steps: [
      [bare, `replaceRegexpAll(${text}, '[ \\\\x{00A0}\\\\x{202F}]', '')`],
      [plain, decimalComma ? dotted : bare],
      [isNumber, matches(plain, NUMBER)],
      [isAmbiguous, decimalComma ? matches(bare, AMBIGUOUS) : "false"],
      [decimal, `if(${isNumber}, toDecimal128OrNull(toString(round(toDecimal256OrNull(${plain}, 18), 9)), 9), NULL)`],
    ],
    parsed: `if(${isNumber} AND NOT ${isAmbiguous}, ${decimal}, NULL)`,
    isAmbiguous,
    isTooLarge: `(${isNumber} AND ifNull(abs(${decimal}) >= ${AMOUNT_LIMIT}, true))`,
  };
}

/** The name of a step on the way to a column's value. */
const stepName = (step: string, column: string) => quoteIdentifier(`${step} of ${column}`);

/** The beginning of a text of the file, safe to print: control characters could steer a terminal. */
function shown(text: string): string {
  return `concat('"', replaceRegexpAll(substringUTF8(${text}, 1, 60), '[\\\\x{00}-\\\\x{1F}\\\\x{7F}-\\\\x{9F}]', ' '), '"')`;
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
  const parsed = stepName("parsed", column.name);
  const parsedAs = (expression: string) => ({ steps: [[parsed, expression] as const] });
  const numeric = (parsed: string, wrong: string, reason: string): ParsedExpression =>
    column.required
      ? { value: `assumeNotNull(${parsed})`, isBad: wrong, reason }
      : { value: parsed, isBad: `${text} != '' AND (${wrong})`, reason };
  const amount = (expected: string, nonNegative: boolean): ParsedExpression => {
    const { steps, parsed: value, isAmbiguous, isTooLarge } = amountOf(column, text, options);
    const wrong = nonNegative ? `ifNull(${parsed} < 0, true)` : `${parsed} IS NULL`;
    const say = (complaint: string) =>
      `concat(${quoteText(`${column.name} `)}, ${shown(text)}, ${quoteText(` ${complaint}`)})`;
    const reason = `multiIf(
      ${isAmbiguous}, ${say("may mean thousands or decimals: write it with a decimal comma, such as 12000,00")},
      ${isTooLarge}, ${say("is too large: amounts stay below 10^15")},
      ${sentence(column, text, expected)})`;
    return { ...numeric(parsed, `${wrong} OR ${isTooLarge}`, reason), steps: [...steps, [parsed, value]] };
  };
  switch (column.parsing) {
    case "text":
      return { value: text, ...never };
    case "key":
      return { value: text, isBad: `${text} = ''`, reason: quoteText(`${column.name} is empty`) };
    case "visitor":
      return { value: identifierHash(options.visitorKey, text), ...never };
    case "person":
      return {
        value: identifierHash(options.visitorKey, text),
        isBad: `${text} = ''`,
        reason: quoteText(`${column.name} is empty`),
      };
    case "consent":
      return { value: consentState(text), ...never };
    case "number": {
      return {
        ...parsedAs(`toFloat64OrNull(${options.decimalComma ? `replaceOne(${text}, ',', '.')` : text})`),
        value: `assumeNotNull(${parsed})`,
        isBad: `NOT ifNull(isFinite(${parsed}), false)`,
        reason: sentence(column, text, "a number such as 12.5"),
      };
    }
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
        isBad: `${column.required ? "" : `${text} != '' AND `}NOT match(upper(${text}), '^[A-Z]{3}$')`,
        reason: sentence(column, text, "a currency code such as EUR"),
      };
    case "instant": {
      const latest = `parseDateTime64BestEffort(${quoteText(options.latest)}, 3, 'UTC')`;
      const bad = `ifNull(${parsed} < toDateTime64('2000-01-01 00:00:00', 3, 'UTC') OR ${parsed} > ${latest}, true)`;
      const wrong = sentence(column, text, "a time since 2000 such as 2026-03-31T18:05:00Z or an epoch");
      const future = `concat(${quoteText(`${column.name} `)}, ${shown(text)}, ' is more than 23 hours ahead')`;
      return {
        ...parsedAs(instantOf(source, text, options)),
        value: column.required
          ? `assumeNotNull(${parsed})`
          : `if(${text} = '', now64(3, 'UTC'), assumeNotNull(${parsed}))`,
        isBad: column.required ? bad : `${text} != '' AND ${bad}`,
        reason: `if(ifNull(${parsed} > ${latest} AND ${parsed} < toDateTime64('2100-01-01 00:00:00', 3, 'UTC'), false), ${future}, ${wrong})`,
      };
    }
    case "day": {
      return {
        ...parsedAs(dayOf(source, text, options)),
        value: `assumeNotNull(${parsed})`,
        isBad: `ifNull(${parsed} < toDate('2000-01-01') OR ${parsed} >= toDate('2100-01-01'), true)`,
        reason: sentence(column, text, "a day between 2000 and 2099 such as 2026-03-31"),
      };
    }
    case "amount":
      return amount("a number such as 1234.50", false);
    case "cost":
      return amount("a number such as 1234.50 that is not negative", true);
    case "count": {
      const wrong = `${parsed} IS NULL`;
      return {
        ...parsedAs(`toUInt64OrNull(${text})`),
        ...numeric(parsed, wrong, sentence(column, text, "a whole number")),
      };
    }
  }
}
