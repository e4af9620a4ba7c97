import { z } from "zod";
import { DateBasis, ModelName } from "./attribution.ts";
import { DecimalString } from "./scalars.ts";

/** A run's id, or how it begins. */
export const RunId = z.string().min(4).max(36);

const RunState = z.enum(["running", "done", "cancelled", "failed", "interrupted"]);

/** One computation of a model's credit. Without credit unless it is done. */
export const RunSummary = z.object({
  run: z.string(),
  state: RunState,
  model: ModelName,
  from: z.string(),
  to: z.string(),
  dateBasis: DateBasis,
  /** Names the data that it stands on: two runs with the same one saw the same rows. */
  watermark: z.string(),
  codeVersion: z.string(),
  /** Why it came to nothing, in a sentence; empty otherwise. */
  reason: z.string(),
  /** While it runs: what it does, and which share of the whole is done. */
  progress: z.object({ step: z.string(), share: z.number() }).nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  seconds: z.number(),
  pin: z.object({ label: z.string(), by: z.string(), at: z.string() }).nullable(),
  warnings: z.array(z.string()),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const RunsInput = z.object({
  limit: z.number().int().min(1).max(1000).default(50),
  offset: z.number().int().min(0).default(0),
});
export const RunsPage = z.object({ total: z.number(), runs: z.array(RunSummary) });
export type RunsPage = z.infer<typeof RunsPage>;

export const RunDetails = RunSummary.extend({
  parameters: z.record(z.string(), z.unknown()),
  owner: z.string(),
  /** Figures of the fit, as its model gives them. */
  quality: z.record(z.string(), z.unknown()),
  /** What is kept to fit it again; 0: nothing. */
  frozenBytes: z.number(),
  /** False where rows came, went or were linked since. */
  isOfPresentData: z.boolean(),
});
export type RunDetails = z.infer<typeof RunDetails>;

const Change = z.object({ a: DecimalString, b: DecimalString, difference: DecimalString });
const Changes = z.object({ conversions: Change, revenue: Change });

/** Differences are b - a, exactly; channels in the order of the money between them. */
export const RunComparison = z.object({
  a: RunSummary,
  b: RunSummary,
  /** Every digit of the credit is the same. */
  isSame: z.boolean(),
  differs: z.object({
    parameters: z.array(z.object({ name: z.string(), a: z.string(), b: z.string() })),
    data: z.boolean(),
    code: z.boolean(),
  }),
  totals: Changes,
  noTouch: Changes,
  channels: z.array(Changes.extend({ channel: z.string() })),
});
export type RunComparison = z.infer<typeof RunComparison>;
export const CompareRuns = z.object({ a: RunId, b: RunId });

const Verdict = z.object({ verdict: z.enum(["same", "different", "not tried"]), why: z.string() });

export const RunRepetition = z.object({
  run: z.string(),
  model: ModelName,
  /** Nothing that could be repeated came out otherwise. */
  isSame: z.boolean(),
  /** The credit that is kept, against its print. */
  kept: Verdict,
  /** The model fitted again on what the run froze. */
  frozen: Verdict,
  /** All of it again from the events. */
  events: Verdict,
  code: z.object({ recorded: z.string(), present: z.string() }),
  /** With a new run on data that has changed, where that was asked for. */
  comparison: RunComparison.nullable(),
});
export type RunRepetition = z.infer<typeof RunRepetition>;
export const RepeatRun = z.object({ run: RunId, fromEvents: z.boolean().default(false) });

export const PinRun = z.object({ run: RunId, label: z.string().min(1).max(200) });
export const OneRun = z.object({ run: RunId });

export const PruneRuns = z.object({
  days: z.number().int().min(0).max(3650).default(30),
  keepLast: z.number().int().min(0).max(10_000).default(20),
});
export const PrunedRuns = z.object({ pruned: z.array(z.string()) });
