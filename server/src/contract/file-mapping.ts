import { z } from "zod";
import { ChannelRules } from "./channel-rules.ts";
import { ImportKindName } from "./data.ts";
import { LegalBasis } from "./legal-basis.ts";
import { FileMapping, SourceName } from "./source-mapping.ts";
import { UploadRef } from "./upload-ref.ts";

/** Largest file that a page may send. */
export const LARGEST_UPLOAD_BYTES = 200_000_000;

/** How a file is read: as the export of a tool that is known here, or by a mapping. `as` names one of several accounts of the tool. */
export const FileLayout = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("known"), name: SourceName, as: SourceName.optional() }),
  z.strictObject({ type: z.literal("own"), mapping: FileMapping }),
]);
export type FileLayout = z.output<typeof FileLayout>;

const FileColumn = z.object({
  name: z.string(),
  /** Some of its values, each once. */
  samples: z.array(z.string()),
  /** Share of the sampled rows in which it says something. */
  filled: z.number(),
});

const KnownFit = z.object({
  name: z.string(),
  title: z.string(),
  kinds: z.array(ImportKindName),
  /** Columns of the file that it reads. */
  reads: z.number(),
});

/** One column that rows of a kind have. */
const TargetColumn = z.object({ name: z.string(), parsing: z.string(), required: z.boolean() });

/** What a file looks like, and how it could be read. */
export const UploadDescription = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  format: z.enum(["csv", "ndjson", "parquet"]),
  compression: z.enum(["none", "gzip"]),
  /** Comma, semicolon or tab; of CSV only. */
  delimiter: z.string(),
  encoding: z.string(),
  /** Lines above the header. */
  linesBefore: z.number(),
  /** Exact for Parquet, an estimate otherwise; null where nothing is to be said. */
  rows: z.number().nullable(),
  areRowsExact: z.boolean(),
  columns: z.array(FileColumn),
  /** The first rows, as texts. */
  sample: z.array(z.array(z.string())),
  known: z.array(KnownFit),
  /** Mappings of this workspace whose columns the file has. */
  saved: z.array(FileMapping),
  /** The kinds that a file can hold, with the columns of each. */
  targets: z.record(ImportKindName, z.array(TargetColumn)),
  /** What is proposed for each kind, the likeliest kind first. */
  proposals: z.array(FileMapping),
});
export type UploadDescription = z.output<typeof UploadDescription>;

const PreviewTable = z.object({
  kind: ImportKindName,
  columns: z.array(z.string()),
  /** Of the sampled rows. */
  stored: z.number(),
  rejected: z.number(),
  filtered: z.number(),
  /** As they would be stored; of who somebody is, only that a keyed hash is kept. */
  rows: z.array(z.object({ line: z.number(), values: z.array(z.string()) })),
  refused: z.array(z.object({ line: z.number(), reason: z.string(), raw: z.string() })),
});

/** What would become of the first rows. */
export const UploadPreview = z.object({
  /** What keeps the file from being read at all; null where nothing does. */
  problem: z.string().nullable(),
  tables: z.array(PreviewTable),
});
export type UploadPreview = z.output<typeof UploadPreview>;

export const PreviewUpload = UploadRef.extend({ layout: FileLayout });
export const ImportUpload = PreviewUpload.extend({ keepMapping: z.boolean() });

const ImportOutcome = z.object({
  kind: ImportKindName,
  unchanged: z.boolean(),
  received: z.number(),
  stored: z.number(),
  duplicates: z.number(),
  replaced: z.number(),
  rejected: z.number(),
  filtered: z.number(),
  reasons: z.array(z.object({ reason: z.string(), rows: z.number(), firstLine: z.number() })),
  seconds: z.number(),
});

/** Where the import of a file stands. */
export const UploadState = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  state: z.enum(["waiting", "importing", "done", "failed"]),
  rows: z.number(),
  /** Between 0 and 1 where it is known. */
  share: z.number().nullable(),
  problem: z.string().nullable(),
  source: z.string(),
  outcomes: z.array(ImportOutcome),
});
export type UploadState = z.output<typeof UploadState>;

export const SourcesAndMappings = z.object({
  known: z.array(z.object({ name: z.string(), title: z.string(), kinds: z.array(ImportKindName) })),
  mappings: z.array(FileMapping),
});
export const MappingRef = z.object({ source: SourceName, kind: ImportKindName });

/** Visits by how they came, with the rule that speaks of them. */
const Arrival = z.object({
  source: z.string(),
  medium: z.string(),
  /** The channel that is stored. */
  channel: z.string(),
  /** Counted from 1; 0 where no rule speaks of it. */
  rule: z.number(),
  /** The channel that the rules give. */
  ruled: z.string(),
  touches: z.number(),
});

export const ChannelRulesInput = z.object({ rules: ChannelRules });

/** What rules do to the visits of the last days. */
export const RulesTrial = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  touches: z.number(),
  /** Touches with neither source nor medium: whoever sent them named their channel. */
  untagged: z.number(),
  /** By rule, in their order. */
  caught: z.array(z.number()),
  unassigned: z.number(),
  /** What would go elsewhere than the present rules send it, largest first. */
  moves: z.array(z.object({ from: z.string(), to: z.string(), touches: z.number() })),
  /** What no rule speaks of, or where nothing of that name came before, largest first. */
  arrivals: z.array(Arrival),
});
export type RulesTrial = z.output<typeof RulesTrial>;

export const ChannelRulesPage = z.object({ rules: ChannelRules, areOwn: z.boolean(), trial: RulesTrial });

/** The settings that people change on a page, as they stand. */
export const DataSettings = z.object({
  timeZone: z.string(),
  currency: z.string(),
  /** False once amounts are stored in it. */
  isCurrencyOpen: z.boolean(),
  sources: z.array(z.string()),
  conversionTypes: z.array(z.string()),
  books: z.record(z.string(), z.string()),
  legalBasis: z.record(z.string(), LegalBasis),
  timeZones: z.record(z.string(), z.string()),
  retention: z.object({ identifierMonths: z.number(), dataMonths: z.number(), rejectedDays: z.number() }),
  collectorOrigins: z.array(z.string()),
  /** Thresholds of data health that differ from their default, and every rule with its default. */
  health: z.record(z.string(), z.number()),
  healthDefaults: z.record(z.string(), z.number()),
});
export type DataSettings = z.output<typeof DataSettings>;

/** One change, said as the command line says it: `name.part=value`; `time-zone` and `currency` have no parts. */
export const ChangeDataSetting = z.object({ name: z.string().min(1).max(200), value: z.string().max(2_000) });
