import { type ImportKind, LAYOUTS } from "@touchline/sql";
import { z } from "zod";
import { LegalBasis } from "../contract/index.ts";

/**
 * The vocabulary of a declaration. A declaration says of a tool's export where each column of the tables comes from; it is data, so that
 * a source needs a file and no code.
 */

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "iu");
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const Pattern = z.string().min(1).refine(isPattern, "is not a regular expression");
const Name = z
  .string()
  .min(1)
  .refine((name) => !/^\/.+\/$/.test(name) || isPattern(name.slice(1, -1)), "is not a regular expression");
const Names = z.union([Name, z.array(Name).min(1)]);
const Path = z.array(z.string().min(1)).min(1);
const NumberMarks = z.enum(["point", "comma"]);
const DateOrder = z.enum(["year-first", "day-first", "month-first"]);

/** Exactly one of these says where a value comes from. */
const ORIGINS = [
  "text",
  "column",
  "header",
  "cell",
  "path",
  "item",
  "entry",
  "first",
  "join",
  "sum",
  "net_of_tax",
  "channel",
] as const;

export interface Value {
  /** The same text for every row. */
  readonly text?: string | undefined;
  /** A column of the file, or the first of several names that it has: headers are localised. A name between slashes is a pattern. */
  readonly column?: string | readonly string[] | undefined;
  /** What the first group of a pattern matches in the name of a column: the currency, for one, in "Amount spent (EUR)". */
  readonly header?: string | undefined;
  /** The column at this place, counted from 1. */
  readonly cell?: number | undefined;
  /** A value inside nested JSON, or inside a nested column of Parquet. */
  readonly path?: readonly string[] | undefined;
  /** A value inside the item, where a table takes the items of a list one by one; an empty path is the item itself. */
  readonly item?: readonly string[] | undefined;
  /** From a list of key and value pairs (under `list`), the value whose key is `key`. */
  readonly entry?:
    | {
        readonly list: readonly string[];
        readonly key: string;
        readonly key_name: string;
        readonly values: readonly (readonly string[])[];
      }
    | undefined;
  /** The first value that is not empty. */
  readonly first?: readonly Value[] | undefined;
  /** Several values with a text between them; empty where one of them is. */
  readonly join?: readonly Value[] | undefined;
  readonly with?: string | undefined;
  /** Amounts that add up, without those under `less`. */
  readonly sum?: readonly Value[] | undefined;
  readonly less?: readonly Value[] | undefined;
  /** The part of an amount that is no tax, where only a total and the tax in it are known. */
  readonly net_of_tax?: { readonly amount: Value; readonly total: Value; readonly tax: Value } | undefined;
  /** What the workspace's channel rules make of these. */
  readonly channel?:
    | {
        readonly source?: Value | undefined;
        readonly medium?: Value | undefined;
        readonly campaign?: Value | undefined;
        readonly click_id?: Value | undefined;
        readonly referrer?: Value | undefined;
      }
    | undefined;
  /** Done to the text, in this order. */
  readonly url_parameter?: string | undefined;
  /** The host of an address, without www. */
  readonly host?: boolean | undefined;
  readonly extract?: string | undefined;
  readonly lower?: boolean | undefined;
  readonly scale?: string | undefined;
  /** Empty where this does not hold. */
  readonly only_if?: Condition | undefined;
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly otherwise?: string | undefined;
  readonly default?: string | undefined;
}

/** Exactly one test of a value. */
export interface Condition {
  readonly value: Value;
  readonly is?: readonly string[] | undefined;
  readonly starts_with?: readonly string[] | undefined;
  readonly matches?: readonly string[] | undefined;
  readonly same_as?: Value | undefined;
  readonly above?: string | undefined;
  readonly empty?: true | undefined;
}

const Value: z.ZodType<Value> = z.lazy(() =>
  z
    .strictObject({
      text: z.string().optional(),
      column: Names.optional(),
      header: Pattern.optional(),
      cell: z.number().int().min(1).optional(),
      path: Path.optional(),
      item: z.array(z.string().min(1)).optional(),
      entry: z
        .strictObject({
          list: Path,
          key: z.string().min(1),
          key_name: z.string().min(1).default("key"),
          values: z
            .array(Path)
            .min(1)
            .default([["value"]]),
        })
        .optional(),
      first: z.array(Value).min(1).optional(),
      join: z.array(Value).min(1).optional(),
      with: z.string().optional(),
      sum: z.array(Value).min(1).optional(),
      less: z.array(Value).optional(),
      net_of_tax: z.strictObject({ amount: Value, total: Value, tax: Value }).optional(),
      channel: z
        .strictObject({
          source: Value.optional(),
          medium: Value.optional(),
          campaign: Value.optional(),
          click_id: Value.optional(),
          referrer: Value.optional(),
        })
        .optional(),
      url_parameter: z.string().min(1).optional(),
      host: z.boolean().optional(),
      extract: Pattern.optional(),
      lower: z.boolean().optional(),
      scale: z
        .string()
        .regex(/^-?\d+(\.\d+)?$/, "expected a decimal such as 0.000001")
        .optional(),
      only_if: z.lazy(() => Condition).optional(),
      map: z.record(z.string(), z.string()).optional(),
      otherwise: z.string().optional(),
      default: z.string().optional(),
    })
    .superRefine((value, context) => {
      const origins = ORIGINS.filter((origin) => value[origin] !== undefined);
      if (origins.length !== 1) {
        const found = origins.length === 0 ? "none" : origins.join(" and ");
        context.addIssue({ code: "custom", message: `needs exactly one of ${ORIGINS.join(", ")}; it has ${found}` });
      }
      if (value.otherwise !== undefined && value.map === undefined)
        context.addIssue({ code: "custom", message: '"otherwise" needs a "map" beside it' });
    }),
);

const Texts = z.array(z.string()).min(1);

const Condition: z.ZodType<Condition> = z
  .strictObject({
    value: Value,
    is: Texts.optional(),
    starts_with: Texts.optional(),
    matches: z.array(Pattern).min(1).optional(),
    same_as: Value.optional(),
    above: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .optional(),
    empty: z.literal(true).optional(),
  })
  .refine(
    ({ is, starts_with, matches, same_as, above, empty }) =>
      [is, starts_with, matches, same_as, above, empty].filter((test) => test !== undefined).length === 1,
    "needs exactly one of is, starts_with, matches, same_as, above, empty",
  );
const kinds = Object.keys(LAYOUTS) as [ImportKind, ...ImportKind[]];

const Table = z
  .strictObject({
    kind: z.enum(kinds),
    /** The table is left out where the file does not have its columns. */
    optional: z.boolean().default(false),
    /** Rows are the items of this list, one by one. */
    each: Path.optional(),
    /** Only rows that meet all of these; of them none that meets one of those. */
    take: z.array(Condition).default([]),
    drop: z.array(Condition).default([]),
    columns: z.record(z.string(), Value),
    /** Columns of the file that are kept beside the contract's; all others are forgotten, because they may name somebody. */
    keep: z.array(z.string()).default([]),
    /**
     * `rows`: a row that the source says anew takes the place of the old one. `days`: and of the days of the file the source says
     * everything, so that what it no longer says is taken out. Without it the first word counts.
     */
    replaces: z.enum(["rows", "days"]).optional(),
  })
  .superRefine(({ kind, columns }, context) => {
    const layout = LAYOUTS[kind];
    const known = new Set(layout.map(({ name }) => name));
    for (const name of Object.keys(columns)) {
      if (!known.has(name))
        context.addIssue({
          code: "custom",
          path: ["columns", name],
          message: `${kind} have no such column; they have ${[...known].join(", ")}`,
        });
    }
    const missing = layout.filter(({ name, required }) => required && columns[name] === undefined);
    for (const { name } of missing)
      context.addIssue({ code: "custom", path: ["columns"], message: `lacks ${name}, which ${kind} need` });
  });
export type ConnectorTable = z.infer<typeof Table>;

const Locale = z.strictObject({
  /** The locale is the file's when it has a column of this name. */
  when: z.array(z.string().min(1)).min(1),
  numbers: NumberMarks.optional(),
  dates: DateOrder.optional(),
});

/** Where an export comes from and what becomes of it. */
export const Connector = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected small letters, digits and -"),
  title: z.string().min(1),
  legal_basis: LegalBasis.optional(),
  /** Zone of days and of times without an offset, where it is not the workspace's. */
  time_zone: z.string().refine(isTimeZone, "is not a time zone such as Europe/Paris").optional(),
  /** Of text files without a byte-order mark. */
  encoding: z.string().optional(),
  numbers: NumberMarks.default("point"),
  dates: DateOrder.default("year-first"),
  locales: z.array(Locale).default([]),
  /** Texts that stand for nothing. */
  nulls: z.array(z.string()).default([]),
  /** A report that says something before its table: its header names a column of each group. */
  header: z.array(z.array(z.string().min(1)).min(1)).optional(),
  /** The table ends before a line that begins with one of these. */
  footer: z.array(z.string().min(1)).default([]),
  tables: z.array(Table).min(1),
});
export type Connector = z.infer<typeof Connector>;
