import { z } from "zod";
import { Finding, Freshness } from "./data.ts";
import { ResultOrigin } from "./origin.ts";
import { PacingStatus } from "./pacing.ts";
import { ProposalOrigin } from "./proposals.ts";
import { DateRange, DecimalString, IsoDate } from "./scalars.ts";

/** Of what is called ordinary: so many changes of the past lie within it. */
export const EXPECTED_LEVEL = 0.9;

/** What the changes of the past weeks make of the week before: the middle and the ends of the ordinary. */
const Expected = z.object({ low: z.number(), middle: z.number(), high: z.number() });

/** An amount of the last complete week beside that of the week before, and of the same weekdays a year ago. */
export const WeekChange = z.object({
  now: DecimalString.nullable(),
  before: DecimalString.nullable(),
  yearBefore: DecimalString.nullable(),
  /** Null where too little is known of the past. */
  expected: Expected.nullable(),
  isUnusual: z.boolean().nullable(),
});
export type WeekChange = z.infer<typeof WeekChange>;

export const ChannelWeek = z.object({
  channel: z.string(),
  spend: WeekChange,
  /** By the incremental model; null while there is no run over both weeks. */
  revenue: WeekChange.nullable(),
});
export type ChannelWeek = z.infer<typeof ChannelWeek>;

export const TodayWeek = z.object({
  from: IsoDate,
  to: IsoDate,
  /** False for the week that runs. */
  isComplete: z.boolean(),
  revenue: DecimalString.nullable(),
  revenueExpected: Expected.nullable(),
  spend: DecimalString.nullable(),
  spendExpected: Expected.nullable(),
  /** Incremental revenue for each unit of spend, of the channels that cost something; 90 %, channels erring together. */
  incremental: z.object({ roas: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
});
export type TodayWeek = z.infer<typeof TodayWeek>;

/** What asks for this reader, each with one way to go. `act` before `watch`. */
export const Need = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("proposal"),
    id: z.string(),
    name: z.string(),
    origin: ProposalOrigin,
    proposer: z.string(),
    movedPerWeek: DecimalString,
    currency: z.string(),
  }),
  z.object({ kind: z.literal("finding"), finding: Finding, more: z.number() }),
  z.object({ kind: z.literal("silent-channel"), channel: z.string(), lastDay: IsoDate }),
  z.object({ kind: z.literal("rejected"), rows: z.number(), sources: z.number() }),
  z.object({
    kind: z.literal("pacing"),
    /** Null: all channels together. */
    channel: z.string().nullable(),
    status: PacingStatus,
    end: z.number(),
    plan: DecimalString,
    others: z.number(),
  }),
  z.object({ kind: z.literal("test-ends"), experimentId: z.string(), channel: z.string(), endDate: IsoDate }),
  z.object({ kind: z.literal("test-result"), experimentId: z.string(), channel: z.string(), endDate: IsoDate }),
  z.object({ kind: z.literal("old-credit"), finishedAt: z.string().nullable() }),
  z.object({ kind: z.literal("first-step"), step: z.enum(["touchpoints", "spend", "conversions"]) }),
]);
export type Need = z.infer<typeof Need>;

export const TodayPart = z.enum(["credit", "health", "proposals", "pacing", "tests", "rejected"]);
export type TodayPart = z.infer<typeof TodayPart>;

/** What a page opens on. Parts that take long are left out and named: the page asks again. */
export const TodayBrief = z.object({
  currency: z.string(),
  /** The last complete day with a booking. */
  asOf: IsoDate,
  /** The last complete week and those that it is compared with; null where there is no whole week. */
  week: z.object({ range: DateRange, before: DateRange, yearBefore: DateRange }).nullable(),
  revenue: WeekChange.nullable(),
  spend: WeekChange.nullable(),
  /** The largest moves of money first. */
  channels: z.array(ChannelWeek),
  weeks: z.array(TodayWeek),
  /** The run of the incremental model that figures stand on. */
  run: ResultOrigin.extend({ isOfPresentData: z.boolean() }).nullable(),
  needs: z.array(Need),
  health: z.object({ act: z.number(), watch: z.number(), checks: z.number() }).nullable(),
  freshness: Freshness,
  /** Being worked out. */
  underway: z.array(TodayPart),
  failed: z.array(TodayPart),
});
export type TodayBrief = z.infer<typeof TodayBrief>;
