import { z } from "zod";
import { ImportKindName } from "./data.ts";
import { LegalBasis } from "./legal-basis.ts";

/** What a source is called: in settings, in files and on the command line. */
export const SourceName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "use up to 63 small letters, digits and -");

const ColumnName = z.string().max(1_000);

/** Where the values of one column come from: exactly one of a column of the file, a text for every row, or the channel rules. */
const FieldOrigin = z.union([
  z.strictObject({ column: ColumnName, replace: z.record(z.string().max(300), z.string().max(300)).optional() }),
  z.strictObject({ text: z.string().max(300) }),
  z.strictObject({
    rules: z.strictObject({
      source: ColumnName.optional(),
      medium: ColumnName.optional(),
      campaign: ColumnName.optional(),
      referrer: ColumnName.optional(),
    }),
  }),
]);
export type FieldOrigin = z.output<typeof FieldOrigin>;

/** How files of a source are read that no declaration of ours describes: kept under the source's name, for the next file. */
export const FileMapping = z.strictObject({
  source: SourceName,
  kind: ImportKindName,
  /** By the column of the kind. */
  columns: z.record(z.string().max(100), FieldOrigin),
  numbers: z.enum(["point", "comma"]).default("point"),
  dates: z.enum(["year-first", "day-first", "month-first"]).default("year-first"),
  /** Of days and of times without an offset; null: the workspace's. */
  timeZone: z.string().max(100).nullable().default(null),
  /** Null: UTF-8, or what the file's own mark says. */
  encoding: z.enum(["windows-1252", "utf-16le", "utf-16be"]).nullable().default(null),
  legalBasis: LegalBasis.nullable().default(null),
  /** Amounts hold a tax of so many per cent, which is taken out; null: they are net. */
  taxPercent: z.number().gt(0).max(100).nullable().default(null),
  /** `rows`: a row said anew replaces the old one. `days`: and of its days the file says everything. */
  replaces: z.enum(["rows", "days"]).nullable().default(null),
  /** Only rows in which a column says one of these texts. */
  only: z
    .array(z.strictObject({ column: ColumnName, is: z.array(z.string().max(300)).min(1).max(100) }))
    .max(10)
    .default([]),
});
export type FileMapping = z.output<typeof FileMapping>;

/** As many as a workspace keeps. */
export const FileMappings = z.array(FileMapping).max(200).default([]);
