import type { MoveReason, PlanGoal, PlanLimit } from "../contract/index.ts";
import { amount, figureOf } from "./limit-words.ts";

/** What a reason is told of beside its figures. */
export interface ReasonFrame {
  readonly channel: string;
  /** Recommended spend less today's. */
  readonly move: number;
  readonly currency: string;
  readonly goal: PlanGoal;
  /** On curves of somebody's own the figures are their response, whatever that is. */
  readonly isGiven: boolean;
}

const COINS: Readonly<Record<string, string>> = { EUR: "euro", USD: "dollar", GBP: "pound", CHF: "franc" };
const AMOUNTS_OF: Readonly<Record<PlanGoal, string>> = {
  revenue: "",
  margin: " of margin",
  profit: " of margin",
  conversions: " conversions",
  value: " of predicted value",
};

/** Why a channel's spend moves or stays, in one sentence from its figures. */
export function reasonInWords(frame: ReasonFrame, why: MoveReason): string {
  return `${sentence(frame, why)}.`;
}

function sentence({ channel, move, currency, goal, isGiven }: ReasonFrame, why: MoveReason): string {
  const coin = COINS[currency] ?? "unit of money";
  const brought = (value: number | null) =>
    value === null ? "an unknown amount" : `${figureOf(value)}${isGiven ? "" : AMOUNTS_OF[goal]}`;
  const head = `${channel} ${signed(move)}`;
  const now = `its ${move < 0 ? "last" : "next"} ${coin} brings ${brought(why.marginalNow)}`;
  const average =
    why.averageOfMove === null
      ? ""
      : `, the average of what is ${move < 0 ? "taken away brought" : "moved brings"} ${brought(why.averageOfMove)}`;
  switch (why.code) {
    case "earns-more":
      return `${head}: ${now}${average}; it stops ${whereInWords(why, stopInWords(why.stop, channel, move), brought)}`;
    case "earns-less":
      return earnsLess({ head, move, now: `${now}${average}`, coin, brought }, channel, why);
    case "at-upper":
      return `${head}: ${now}${average}; stops at ${stopInWords(why.stop, channel, move)}, where the next would still bring ${brought(why.marginalThen)}`;
    case "at-lower":
      return `${head}: ${now}${average}; stops at ${stopInWords(why.stop, channel, move)}, though the last ${coin} there brings only ${brought(why.marginalThen)}`;
    case "off":
      return `${head}: ${stopInWords(why.stop, channel, move)} would not pay, so it is switched off`;
    case "fixed":
      return `${head}: a commitment, whatever it brings`;
    case "exploration":
      return `${head}: its spend hardly changed in the last weeks, so it is varied on purpose: spend that never changes teaches nothing`;
    case "locked":
      return `${channel} is locked at today's spend`;
    case "unchanged":
      if (why.marginalNow === null) return `${channel} keeps its spend`;
      return `${channel} keeps its spend: its next ${coin} brings ${brought(why.marginalNow)}${why.marginalPlan === null ? "" : ", about what the plan settles at"}`;
    case "unidentified":
      return `${channel}'s spend hardly varied, so the data cannot tell what more or less would bring: it keeps its spend; vary it on purpose to find out`;
    case "uncertain":
      return `What ${channel} causes is too uncertain to move money on: it keeps its spend until a lift test tells`;
    case "demand-capture":
      return `${channel} meets people who are about to buy, so it has no credit and no response curve until a lift test says otherwise: it keeps its spend, as far as its limits allow`;
    case "low-coverage":
      return `Of ${channel} only clicks are seen, a small part of what it shows, so its credit says little of what it causes: it keeps its spend until a lift test tells`;
    case "no-curve":
      return `${channel} has no response curve, so it keeps its spend, as far as its limits allow`;
  }
}

/** Where nothing is left to gain; with steps, shared limits and caution a channel stops above or below what the plan settles at. */
function whereInWords(
  { stop, marginalThen, marginalPlan }: MoveReason,
  limit: string,
  brought: (value: number | null) => string,
): string {
  if (stop !== null) return `at ${limit}`;
  const isElsewhere =
    marginalThen !== null && marginalPlan !== null && Math.abs(marginalThen - marginalPlan) > 0.02 * marginalPlan;
  return isElsewhere
    ? `where the next would still bring ${brought(marginalThen)}`
    : `where the next brings ${brought(marginalPlan)}, as across the plan`;
}

interface Parts {
  readonly head: string;
  readonly move: number;
  readonly now: string;
  readonly coin: string;
  brought(value: number | null): string;
}

function earnsLess({ head, move, now, coin, brought }: Parts, channel: string, why: MoveReason): string {
  const then = `the next ${coin} there would still bring ${brought(why.marginalThen)}`;
  if (why.stop !== null) return `${head}: stopped by ${stopInWords(why.stop, channel, move)}; ${then}`;
  if (why.marginalPlan === null) return `${head}: the budget ends before it; ${then}`;
  // A cut of what earns more than the plan's price: not its own figures but money that it shares with others ran out.
  if (why.marginalNow !== null && why.marginalNow >= why.marginalPlan)
    return `${head}: stopped by the budget, or by a limit that it shares with other channels; ${then}`;
  return `${head}: ${now}, less than the ${brought(why.marginalPlan)} that the plan settles at`;
}

/** "+1,200", "-400": enough digits to recognise the move. */
export function signed(move: number): string {
  const size = amount(Math.abs(move));
  return size === "0" ? "±0" : `${move < 0 ? "-" : "+"}${size}`;
}

/** The limit that a channel stops at, as its owner would call it. */
function stopInWords(stop: PlanLimit | null, channel: string, move: number): string {
  if (stop === null) return "its limit";
  const figure = amount(stop.value);
  switch (stop.type) {
    case "change_limit_pct":
      return `your ${move < 0 ? "-" : "+"}${figure} % limit`;
    case "channel_min":
      return `its floor of ${figure}`;
    case "channel_max":
      return `its cap of ${figure}`;
    case "trusted_min":
    case "trusted_max":
      return `${figure}, as far as its curve is trusted`;
    case "minimum_if_on":
      return `its minimum of ${figure}`;
    case "step":
      return `its step of ${figure}`;
    case "channel_roas_floor":
      return `its ROAS floor of ${figure}`;
    case "group_min":
      return `the floor of ${figure} of ${stop.group}`;
    case "group_max":
      return `the cap of ${figure} of ${stop.group}`;
    case "group_roas_floor":
      return `the ROAS floor of ${figure} of ${stop.name}`;
    case "cpa_ceiling":
      return stop.members?.length === 1 && stop.members[0] === channel
        ? `its ceiling of ${figure} per conversion`
        : `the ceiling of ${figure} per conversion`;
    case "response_cap":
    case "contact_cap":
    case "weighted_min":
    case "weighted_max":
      return `the limit ${stop.name}`;
    case "blended_roas_floor":
      return `the ROAS floor of ${figure}`;
    case "total_spend":
      return "the budget";
    case "min_total_response":
      return "the target";
  }
}
