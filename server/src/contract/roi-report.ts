import { z } from "zod";
import { ModelName } from "./attribution.ts";
import { Month } from "./budgets.ts";
import { DateRange, DecimalString } from "./scalars.ts";

/** What the rows of a report are told apart by. */
export const ReportLevel = z.enum(["channel", "campaign", "month"]);
export type ReportLevel = z.infer<typeof ReportLevel>;

/** NPV: conversions that pay over time are counted at what they are worth today. */
export const PaymentOverTime = z.object({
  conversionType: z.string().min(1).max(200),
  /** Shares of the value that come 0, 1, 2 … months after the conversion; they add up to 1. */
  shares: z.array(z.number().min(0).max(1)).min(1).max(120),
});
export type PaymentOverTime = z.output<typeof PaymentOverTime>;

export const FinanceSettings = z.object({
  /** By channel: the account that its cost is booked on; "" is the one for all others. */
  accounts: z.record(z.string(), z.string().max(64)).default({}),
  /** The account that cost is booked against. */
  contraAccount: z.string().max(64).default(""),
  /** Of a year, for payments over time: 0.08 is 8 %. */
  discountRate: z.number().min(0).max(1).default(0),
  paymentsOverTime: z.array(PaymentOverTime).max(50).default([]),
  /** Where conversions carry no margin of their own: the share of revenue that is margin; null: margin is not reported. */
  marginShare: z.number().min(0).max(1).nullable().default(null),
  /** Said on the report. Amounts are stored net unless their source says otherwise. */
  taxBasis: z.enum(["net", "gross"]).default("net"),
});
export type FinanceSettings = z.output<typeof FinanceSettings>;
export const DEFAULT_FINANCE: FinanceSettings = FinanceSettings.parse({});

export const RoiReportInput = z.object({
  range: DateRange,
  level: ReportLevel.default("channel"),
  /** What "attributed" means; incremental stands beside it always. */
  model: ModelName.optional(),
  compare: z.enum(["previous", "year", "none"]).default("previous"),
});
export type RoiReportInput = z.output<typeof RoiReportInput>;

/**
 * Amounts of one row or of the total. Money is to the cent, counts to four decimals; ratios are null where nothing can be divided.
 * The rows of a report add up to its total to the last digit that is shown.
 */
export const RoiFigures = z.object({
  spend: DecimalString,
  attributedConversions: DecimalString,
  attributedRevenue: DecimalString,
  incrementalConversions: DecimalString,
  incrementalRevenue: DecimalString,
  /** 90 %; null where the model has none. */
  incrementalLow: DecimalString.nullable(),
  incrementalHigh: DecimalString.nullable(),
  /** Of the incremental revenue; null where it is not known. */
  margin: DecimalString.nullable(),
  roas: z.number().nullable(),
  iroas: z.number().nullable(),
  cpa: z.number().nullable(),
  /** Days until margin (or revenue, where there is none) has paid back the spend; null where it does not. */
  paybackDays: z.number().nullable(),
  /** Present value of the incremental revenue; null where nothing is paid over time. */
  presentValue: DecimalString.nullable(),
  /** Of the plan of these months; null where there is none. */
  budget: DecimalString.nullable(),
  committed: DecimalString.nullable(),
  invoiced: DecimalString.nullable(),
});
export type RoiFigures = z.infer<typeof RoiFigures>;

export const RoiRow = z.object({
  /** The channel; of a report by month, the month. */
  name: z.string(),
  /** Only by campaign. */
  campaign: z.string().nullable(),
  figures: RoiFigures,
  /** The same of the days that are compared with; null without. */
  before: RoiFigures.nullable(),
});
export type RoiRow = z.infer<typeof RoiRow>;

/** One line of the reconciliation. `difference` is what is left of left minus right. */
export const ReconciliationLine = z.object({
  code: z.enum(["revenue", "incremental-revenue", "conversions", "refunds", "spend", "closed-periods", "closed-spend"]),
  parts: z.array(z.object({ code: z.string(), amount: DecimalString })),
  total: DecimalString,
  booked: DecimalString,
  difference: DecimalString,
  isBalanced: z.boolean(),
});
export type ReconciliationLine = z.infer<typeof ReconciliationLine>;

/** What came after a month was closed, and is counted in the one that is open. */
export const Adjustment = z.object({
  month: Month,
  countedIn: Month,
  /** Of spend; "" for what is booked, which belongs to no channel. */
  channel: z.string(),
  kind: z.enum(["revenue", "refund", "spend", "conversions"]),
  amount: DecimalString,
  rows: z.number(),
});
export type Adjustment = z.infer<typeof Adjustment>;

/** Everything that a file of the report is written from: the same report gives the same bytes. */
export const RoiReport = z.object({
  workspace: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  range: DateRange,
  before: DateRange.nullable(),
  level: ReportLevel,
  model: ModelName,
  lookbackDays: z.number(),
  dateBasis: z.enum(["conversion", "touch"]),
  taxBasis: z.enum(["net", "gross"]),
  /** Attribution runs that it stands on. */
  runs: z.object({ attributed: z.string(), incremental: z.string() }),
  watermark: z.string(),
  codeVersion: z.string(),
  /** Of a closed month: who closed it and when. `writtenAt` is then that moment. */
  closed: z.object({ month: Month, version: z.number(), by: z.string(), at: z.string() }).nullable(),
  writtenAt: z.string(),
  rows: z.array(RoiRow),
  total: RoiFigures,
  totalBefore: RoiFigures.nullable(),
  /** What no channel caused, and its share of the booked revenue. */
  baseline: z.object({ conversions: DecimalString, revenue: DecimalString, share: z.number().nullable() }),
  reconciliation: z.array(ReconciliationLine),
  adjustments: z.array(Adjustment),
  /** Amounts in other currencies, as they were booked, and what they came to. */
  currencies: z.array(
    z.object({
      currency: z.string(),
      kind: z.enum(["revenue", "refund", "spend"]),
      amount: DecimalString,
      converted: DecimalString,
    }),
  ),
  /** What a reader has to know: immature days, channels that are not identified. Codes have words on the page and in files. */
  notes: z.array(z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })),
  /** Spend and revenue by month of the report, for its chart. */
  months: z.array(
    z.object({
      month: Month,
      spend: DecimalString,
      attributedRevenue: DecimalString,
      incrementalRevenue: DecimalString,
    }),
  ),
});
export type RoiReport = z.infer<typeof RoiReport>;

export const ReportFormat = z.enum(["csv", "xlsx", "pdf"]);
export type ReportFormat = z.infer<typeof ReportFormat>;
export const ReportLocale = z.enum(["en", "fr"]);
export type ReportLocale = z.infer<typeof ReportLocale>;

export const ReportSchedule = z.object({
  name: z.string().trim().min(1).max(80),
  every: z.enum(["week", "month"]),
  /** Of the week (1 is Monday) or of the month. */
  day: z.number().int().min(1).max(28),
  hour: z.number().int().min(0).max(23),
  level: ReportLevel,
  formats: z.array(ReportFormat).min(1),
  locale: ReportLocale,
  recipients: z.array(z.email()).min(1).max(50),
});
export type ReportSchedule = z.output<typeof ReportSchedule>;

export const KeptSchedule = ReportSchedule.extend({
  id: z.string(),
  createdAt: z.string(),
  /** The day on which the newest of them was queued; null before the first. */
  lastPeriod: z.string().nullable(),
});
export type KeptSchedule = z.infer<typeof KeptSchedule>;
export const OneSchedule = z.object({ id: z.string().min(1).max(64) });

export const LedgerEntryKind = z.enum(["commitment", "invoice"]);
export type LedgerEntryKind = z.infer<typeof LedgerEntryKind>;

const LedgerAmount = DecimalString.regex(
  /^-?\d{1,12}(\.\d{1,2})?$/,
  "an amount has at most two decimals; a credit note is negative",
);

export const NewLedgerEntry = z.object({
  kind: LedgerEntryKind,
  month: Month,
  channel: z.string().trim().min(1).max(200),
  amount: LedgerAmount,
  supplier: z.string().trim().max(200).default(""),
  reference: z.string().trim().max(200).default(""),
  note: z.string().trim().max(500).default(""),
});
export type NewLedgerEntry = z.output<typeof NewLedgerEntry>;
export const LedgerEntry = NewLedgerEntry.extend({ id: z.string(), writtenBy: z.string(), writtenAt: z.string() });
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const ClosedPeriod = z.object({
  month: Month,
  version: z.number(),
  closedBy: z.string(),
  closedAt: z.string(),
  print: z.string(),
  reopened: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
});
export type ClosedPeriod = z.infer<typeof ClosedPeriod>;

export const ClosedMonths = z.object({
  /** Every closing there ever was, the newest month and version first. */
  closed: z.array(ClosedPeriod),
  /** What can be closed now; where nothing is closed yet, the last month that is over (any earlier one can be the first as well). */
  next: Month.nullable(),
  /** The one closed month that can be opened again. */
  reopenable: Month.nullable(),
});
export type ClosedMonths = z.infer<typeof ClosedMonths>;

export const OneLedgerEntry = z.object({ id: z.string().max(64) });
export const OneMonth = z.object({ month: Month });
export const ReopenMonth = OneMonth.extend({ reason: z.string().trim().min(1, "say why it is opened again").max(500) });

export const MonthSpan = z
  .object({ from: Month, to: Month })
  .refine(({ from, to }) => from <= to, "the first month lies after the last one");
export type MonthSpan = z.output<typeof MonthSpan>;

/** A channel's month: what was planned, spent, promised to suppliers, and billed by them. */
export const PlanActualRow = z.object({
  month: Month,
  channel: z.string(),
  planned: DecimalString.nullable(),
  spend: DecimalString,
  committed: DecimalString.nullable(),
  invoiced: DecimalString.nullable(),
  /** Spend less plan; null without a plan. */
  difference: DecimalString.nullable(),
});
export type PlanActualRow = z.infer<typeof PlanActualRow>;
export const PlanActual = z.object({ currency: z.string(), rows: z.array(PlanActualRow) });
export type PlanActual = z.infer<typeof PlanActual>;
