import { type Judgement, judge } from "./judge.ts";
import { MARKET_KINDS, type MarketKind } from "./market/kinds.ts";
import type { Result } from "./result.ts";

/** Targets speak of markets with many conversions, or of sparse ones; what lies between counts nowhere. */
export const VOLUMES = {
  many: { from: 10_000, to: Number.POSITIVE_INFINITY },
  sparse: { from: 300, to: 3_000 },
} as const;

/** What a model made of all markets of a kind. NaN: nothing to take it from. */
export interface KindSummary {
  readonly kind: MarketKind | "all kinds";
  readonly model: string;
  readonly markets: number;
  readonly shareError: { readonly median: number; readonly worst: number };
  readonly shareErrorOfHonest: number;
  readonly largestGap: number;
  readonly intervals: { readonly coverage: number; readonly all: number; readonly medianWidth: number };
  readonly flags: {
    readonly precision: number;
    readonly recall: number;
    readonly raised: number;
    readonly due: number;
  };
  readonly captured: { readonly median: number; readonly worst: number; readonly markets: number };
  readonly regret: { readonly median: number; readonly worst: number };
  /** Against today's split. */
  readonly lost: { readonly median: number; readonly worst: number };
  /** Share of plans that advise to leave everything as it is. */
  readonly leftAlone: number;
  readonly seconds: number;
}

/** One summary a kind and model, in the order of the kinds; models in the order in which they came. */
export function summarise(results: readonly Result[], volume: keyof typeof VOLUMES): KindSummary[] {
  const { from, to } = VOLUMES[volume];
  const enough = results.filter(({ conversions }) => conversions >= from && conversions <= to);
  const models = [...new Set(enough.map(({ model }) => model))];
  const present = MARKET_KINDS.filter((kind) => enough.some((result) => result.kind === kind));
  const summaries = present.flatMap((kind) =>
    models.map((model) =>
      summariseOne(
        kind,
        model,
        enough.filter((one) => one.kind === kind && one.model === model),
      ),
    ),
  );
  const overall = models.map((model) =>
    summariseOne(
      "all kinds",
      model,
      enough.filter((one) => one.model === model),
    ),
  );
  return [...summaries, ...overall].filter(({ markets }) => markets > 0);
}

function summariseOne(kind: KindSummary["kind"], model: string, results: readonly Result[]): KindSummary {
  const judged = results.map(judge);
  const errors = judged.map(({ shareError }) => shareError);
  const captured = judged.flatMap((one) => (one.captured === null ? [] : [one.captured]));
  const regret = judged.flatMap((one) => (one.regret === null ? [] : [one.regret]));
  const lost = judged.flatMap((one) => (one.lost === null ? [] : [one.lost]));
  const planned = results.filter(({ planStatus }) => planStatus !== null);
  const widths = judged.flatMap(({ intervals }) => intervals.widths);
  return {
    ...{ kind, model, markets: results.length },
    shareError: { median: median(errors), worst: Math.max(...errors) },
    shareErrorOfHonest: median(judged.map((one) => one.shareErrorOfHonest)),
    largestGap: Math.max(...judged.map(({ largestGap }) => Math.abs(largestGap.gap))),
    intervals: {
      coverage: total(judged, ({ intervals }) => intervals.covered) / widths.length,
      ...{ all: widths.length, medianWidth: median(widths) },
    },
    flags: summariseFlags(judged),
    captured: { median: median(captured), worst: smallest(captured), markets: captured.length },
    regret: { median: median(regret), worst: largest(regret) },
    lost: { median: median(lost), worst: largest(lost) },
    leftAlone: planned.filter(({ planStatus }) => planStatus === "leave").length / planned.length,
    seconds: median(results.map(({ seconds }) => seconds.attribute)),
  };
}

/** Over markets that have demand capture; elsewhere every flag is wrong, and there is nothing to find. */
function summariseFlags(judged: readonly Judgement[]): KindSummary["flags"] {
  const due = judged.filter(({ flags }) => flags.right + flags.missed > 0);
  const right = total(due, ({ flags }) => flags.right);
  const raised = right + total(due, ({ flags }) => flags.wrong);
  const all = right + total(due, ({ flags }) => flags.missed);
  return { precision: right / raised, recall: right / all, raised, due: all };
}

function total(judged: readonly Judgement[], of: (judgement: Judgement) => number): number {
  return judged.reduce((sum, one) => sum + of(one), 0);
}

const largest = (values: readonly number[]): number => (values.length > 0 ? Math.max(...values) : Number.NaN);
const smallest = (values: readonly number[]): number => (values.length > 0 ? Math.min(...values) : Number.NaN);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
