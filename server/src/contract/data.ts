import { z } from "zod";
import { HEALTH_RULE_NAMES, HealthUnit, Severity } from "./health-rules.ts";
import { DecimalString, IsoDate } from "./scalars.ts";

export const ImportKindName = z.enum([
  "touchpoints",
  "conversions",
  "spend",
  "identities",
  "adjustments",
  "context",
  "experiments",
  "rates",
]);

/** A value inside a sentence, by what it is: each reader writes it in their own way. */
export const Fact = z.union([
  z.strictObject({ count: z.number() }),
  z.strictObject({ percent: z.number() }),
  z.strictObject({ days: z.number() }),
  z.strictObject({ hours: z.number() }),
  z.strictObject({ money: DecimalString }),
  z.strictObject({ day: IsoDate }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ kind: ImportKindName }),
  z.strictObject({ source: z.string(), kind: ImportKindName }),
]);
export type Fact = z.infer<typeof Fact>;

export const Finding = z.object({
  rule: z.enum(HEALTH_RULE_NAMES),
  severity: Severity,
  /** What it is about, as far as it is about one thing. */
  subject: z.object({
    source: z.string().optional(),
    kind: ImportKindName.optional(),
    channel: z.string().optional(),
    conversionType: z.string().optional(),
    importId: z.number().optional(),
    from: IsoDate.optional(),
    to: IsoDate.optional(),
  }),
  /** In the unit of the rule; null where there is nothing to judge yet. */
  figure: z.number().nullable(),
  threshold: z.number(),
  unit: HealthUnit,
  interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).optional(),
  /** In English. `says` and `facts` are what it is made of. */
  sentence: z.string(),
  says: z.string(),
  facts: z.record(z.string(), Fact),
});
export type Finding = z.infer<typeof Finding>;

export const HealthReport = z.object({
  checkedAt: z.iso.datetime(),
  /** The most severe ones first; every rule has at least one. */
  findings: z.array(Finding),
  /** What platforms claim beside what was booked, by day. */
  platformDays: z.array(
    z.object({
      date: IsoDate,
      platformConversions: DecimalString,
      platformValue: DecimalString,
      bookedConversions: z.number(),
      bookedRevenue: DecimalString,
    }),
  ),
});
export type HealthReport = z.infer<typeof HealthReport>;

const RowCounts = z.object({
  received: z.number(),
  stored: z.number(),
  duplicates: z.number(),
  replaced: z.number(),
  rejected: z.number(),
  filtered: z.number(),
});

/** Sources by kind, with the days that they cover. An empty source is that of files which name none. */
export const Freshness = z.array(
  z.object({
    source: z.string(),
    kind: ImportKindName,
    rows: z.number(),
    firstDay: IsoDate,
    lastDay: IsoDate,
    newestRowAt: z.iso.datetime(),
    lastImportAt: z.iso.datetime(),
    rowsOfLastDay: z.number(),
    rejected: z.number(),
    missingDays: z.number(),
    /** Runs of days without a row, both ends included, oldest first. */
    gaps: z.array(z.tuple([IsoDate, IsoDate])),
  }),
);
export type Freshness = z.infer<typeof Freshness>;

const PageInput = z.object({ page: z.number().int().min(0).max(100_000).default(0) });

export const ImportsInput = PageInput.extend({ source: z.string().optional(), kind: ImportKindName.optional() });

/** A cost that a source now says otherwise than before. */
export const SpendChange = z.object({
  date: z.string(),
  source: z.string(),
  before: DecimalString,
  after: DecimalString,
});

export const ImportsPage = z.object({
  total: z.number(),
  pageSize: z.number(),
  rows: z.array(
    RowCounts.extend({
      importId: z.number(),
      /** More than one where the batches of an hour stand together. */
      imports: z.number(),
      kind: ImportKindName,
      source: z.string(),
      transport: z.string(),
      file: z.string(),
      state: z.enum(["started", "replacing", "done", "undone"]),
      startedAt: z.iso.datetime(),
      endedAt: z.iso.datetime(),
      changes: z.array(SpendChange),
    }),
  ),
});
export type ImportsPage = z.infer<typeof ImportsPage>;

/** Rows by day of import and source, oldest first. */
export const ReceivedByDay = z.array(RowCounts.extend({ date: IsoDate, source: z.string() }));
export type ReceivedByDay = z.infer<typeof ReceivedByDay>;

/** A refused row waits until somebody replays or discards it. */
export const REFUSED_STATES = ["open", "replayed", "discarded"] as const;
export const RefusedState = z.enum(REFUSED_STATES);
export type RefusedState = z.infer<typeof RefusedState>;

/** What is absent selects all. A reason is one of `rejectedReasons`: without the text that it quotes. */
export const RefusedFilter = z.object({
  source: z.string().optional(),
  kind: ImportKindName.optional(),
  reason: z.string().optional(),
  state: RefusedState.optional(),
});
export type RefusedFilter = z.infer<typeof RefusedFilter>;

export const RefusedInput = PageInput.extend(RefusedFilter.shape);

export const RefusedRow = z.object({
  kind: ImportKindName,
  fingerprint: z.string(),
  line: z.number(),
  file: z.string(),
  source: z.string(),
  step: z.string(),
  reason: z.string(),
  /** The first 2,000 characters of the row. */
  raw: z.string(),
  isCut: z.boolean(),
  state: z.string(),
  importId: z.number(),
  rejectedAt: z.iso.datetime(),
});
export type RefusedRow = z.infer<typeof RefusedRow>;

export const RefusedPage = z.object({ total: z.number(), pageSize: z.number(), rows: z.array(RefusedRow) });
export type RefusedPage = z.infer<typeof RefusedPage>;

export const RefusedReasonsInput = z.object({ state: RefusedState.optional() });
export const RefusedReasons = z.array(
  z.object({
    source: z.string(),
    kind: ImportKindName,
    step: z.string(),
    reason: z.string(),
    state: z.string(),
    rows: z.number(),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  }),
);
export type RefusedReasons = z.infer<typeof RefusedReasons>;

/** Which waiting rows are meant: those of a filter, or the ones that are named, which then must all be of the filter too. */
export const RefusedSelection = RefusedFilter.omit({ state: true }).extend({
  rows: z
    .array(z.object({ fingerprint: z.string(), line: z.number().int().min(0) }))
    .min(1)
    .max(1_000)
    .optional(),
});
export type RefusedSelection = z.infer<typeof RefusedSelection>;

export const ReplayOutcome = z.object({
  replayed: z.number(),
  stored: z.number(),
  rejected: z.number(),
  /** Rows of which no fields are known: mend them in the file and import it again. */
  notReplayable: z.number(),
});
export const DiscardOutcome = z.object({ discarded: z.number() });
