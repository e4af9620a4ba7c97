import {
  averageCurve,
  type Curve,
  curveSlope,
  curveValue,
  type DeliveryFit,
  deliveryCurve,
  FEWEST_CURVE_DAYS,
  fitDelivery,
  meanOf,
  responseCurves,
  type TouchEffect,
} from "@touchline/solver";
import type { CurveFlag, MissingCurve } from "../contract/index.ts";
import { Random } from "../random.ts";
import { concaveAt } from "./concave-at.ts";
import type { SpendHistory } from "./curve-history.ts";
import type { CurveFamilyWeight, FittedChannel, UnfittedChannel } from "./fit-curves.ts";
import { refusalInWords } from "./words.ts";

const DRAWS = 200;
/** Fewer days with spend than this are few. */
const ENOUGH_DAYS = 60;
const LITTLE_VARIATION = 0.1;
/** So far the elasticity stays open where spend hardly varied; what is assumed leaves it open by 0.2. */
const OPEN_ELASTICITY = 0.1;
/** Elasticity at the largest spend seen: of a half-spend five times as large. */
const NEARLY_STRAIGHT = 5 / 6;
const FOLLOWING = 0.6;
const WORN = 0.1;
const MORE = 1.5;

/** What is known of a channel beside its history. */
export interface ChannelFacts {
  /** What the model says of it. */
  readonly flags: readonly string[];
  readonly effect: TouchEffect;
  /** Standard deviation of its credit over the credit. */
  readonly creditDeviation: number;
  /** What it returns is so uncertain that it was moved towards the other channels. */
  readonly isPulled: boolean;
  readonly demand: Float64Array;
  /** How much more a touch of the day brought than in an ordinary time. */
  readonly season: Float64Array;
  readonly days: readonly string[];
  /** Of the first days the conversions have had the time to come. */
  readonly mature: number;
  readonly currentSpend: number;
  /** The same data give the same draws, digit for digit. */
  readonly seed: number;
}

export type ChannelOutcome = { kind: "fitted"; channel: FittedChannel } | { kind: "refused"; channel: UnfittedChannel };

/** The curve of what is judged by its touches: what spend delivers, and what a touch brings. */
export function fitChannelCurve(history: SpendHistory, facts: ChannelFacts): ChannelOutcome {
  const { channel, campaign, spend, touches } = history;
  const { effect, creditDeviation, currentSpend } = facts;
  if (facts.flags.includes("low-coverage")) return refuse(history, facts, "low-coverage", 0);
  const generator = new Random(facts.seed);
  const random = () => generator.uniform();
  const delivery = fitDelivery({ spend, delivered: touches, demand: facts.demand }, { draws: DRAWS, random });
  if (delivery.kind === "refused" || !(effect.revenuePerTouch > 0)) {
    const isNew = delivery.kind === "refused" && delivery.code === "few-days";
    const days = delivery.kind === "refused" ? delivery.days : delivery.positiveDays;
    return refuse(history, facts, isNew ? "few-days" : "no-revenue", days);
  }
  const { mean, draws } = responseCurves(delivery, effect, { current: currentSpend, creditDeviation, random });
  return {
    kind: "fitted",
    channel: {
      ...{ channel, campaign, curve: mean, draws, families: delivery.families, source: "touches" },
      delivery: describeDelivery(delivery, effect, currentSpend),
      ...observe(history, facts, mean),
      flags: flagsOf(history, facts, delivery, mean),
    },
  };
}

/** The curve of what is judged by the daily series alone. */
export function seriesChannel(
  history: SpendHistory,
  facts: ChannelFacts,
  series: { readonly curves: readonly Curve[]; readonly isIdentified: boolean },
): ChannelOutcome {
  const { channel, campaign, spend } = history;
  const { currentSpend } = facts;
  const usual = meanOf(spend.filter((amount) => amount > 0));
  const at = currentSpend > 0 ? currentSpend : usual;
  const draws = series.curves.map((curve) => concaveAt(curve, at));
  const mean = averageCurve(draws, at);
  const flags: CurveFlag[] = series.isIdentified ? ["series-fitted"] : ["series-fitted", "not-identified"];
  return {
    kind: "fitted",
    channel: {
      ...{ channel, campaign, curve: mean, draws, families: familiesOf(series.curves) },
      ...{ source: "series", delivery: null },
      ...observe(history, facts, mean),
      flags: [...flags, ...commonFlags(history, facts, mean)],
    },
  };
}

export function familiesOf(curves: readonly Curve[]): CurveFamilyWeight[] {
  const families = [...new Set(curves.map(({ type }) => type))].filter((family) => family !== "mixture");
  return families.map((family) => ({
    family,
    weight: curves.filter(({ type }) => type === family).length / curves.length,
  }));
}

function refuse(
  { channel }: SpendHistory,
  { flags, currentSpend }: ChannelFacts,
  found: MissingCurve["code"],
  days: number,
): ChannelOutcome {
  const code = found !== "low-coverage" && flags.includes("demand-capture") ? "demand-capture" : found;
  const reason = refusalInWords(code, days, FEWEST_CURVE_DAYS, "No revenue is credited to the days with spend.");
  return { kind: "refused", channel: { channel, code, days, daysNeeded: FEWEST_CURVE_DAYS, reason, currentSpend } };
}

/** What was seen of the channel, beside the curve. */
function observe(
  { spend, revenue }: SpendHistory,
  { days, mature, season, currentSpend }: ChannelFacts,
  curve: Curve,
): Pick<FittedChannel, "observed" | "r2" | "currentSpend" | "largestSpendSeen"> {
  const seen = days.slice(0, mature);
  const observed = seen.map((date, day) => ({ date, spend: spend[day]!, revenue: revenue[day]! / season[day]! }));
  const mean = meanOf(revenue.subarray(0, mature));
  let unexplained = 0;
  let variance = 0;
  for (let day = 0; day < mature; day++) {
    unexplained += (revenue[day]! - season[day]! * curveValue(curve, spend[day]!)) ** 2;
    variance += (revenue[day]! - mean) ** 2;
  }
  return {
    ...{ observed, currentSpend, r2: variance > 0 ? 1 - unexplained / variance : 0 },
    largestSpendSeen: largestOf(spend),
  };
}

function describeDelivery(
  { reference, draws }: DeliveryFit,
  { revenuePerTouch }: TouchEffect,
  currentSpend: number,
): FittedChannel["delivery"] {
  const at = currentSpend > 0 ? currentSpend : reference;
  const curve = averageCurve(
    draws.map(({ shape, level }) => deliveryCurve(shape, reference, level)),
    at,
  );
  const now = curveValue(curve, at);
  const more = curveValue(curve, MORE * at);
  return {
    ...{ touchesAtCurrent: currentSpend > 0 ? now : 0, costPerTouch: at / now },
    costPerTouchAtMore: ((MORE - 1) * at) / (more - now),
    revenuePerTouch,
  };
}

function flagsOf(history: SpendHistory, facts: ChannelFacts, delivery: DeliveryFit, curve: Curve): CurveFlag[] {
  const { spendVariation, elasticityDeviation, positiveDays, followsDemand } = delivery;
  const flags = commonFlags(history, facts, curve);
  if (spendVariation < LITTLE_VARIATION && elasticityDeviation > OPEN_ELASTICITY) flags.push("little-variation");
  if (positiveDays < ENOUGH_DAYS) flags.push("few-days");
  if (followsDemand > FOLLOWING) flags.push("follows-demand");
  if (facts.effect.wear > WORN) flags.push("wears-out");
  if (facts.isPulled) flags.push("pulled");
  return flags;
}

function commonFlags({ spend }: SpendHistory, { currentSpend }: ChannelFacts, curve: Curve): CurveFlag[] {
  const largest = largestOf(spend);
  const flags: CurveFlag[] = [];
  if (currentSpend > largest) flags.push("extrapolated");
  if (largest * curveSlope(curve, largest) > NEARLY_STRAIGHT * curveValue(curve, largest)) flags.push("nearly-linear");
  return flags;
}

function largestOf(spend: Float64Array): number {
  return spend.reduce((most, day) => Math.max(most, day), 0);
}
