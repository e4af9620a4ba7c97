import type { MissingCurve, MoveReason, Period, PlanLimit, PlanWarning } from "../contract/index.ts";

/** Amounts in sentences: enough digits to recognise the figure. */
export function amount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 });
}

/** Amounts that somebody types in again: to the cent. */
function exactAmount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

const perPeriod: Readonly<Record<Period, string>> = { day: "a day", week: "a week", month: "a month" };

/** A limit as a person would say it. */
export function limitInWords(limit: PlanLimit, period: Period): string {
  const per = perPeriod[period];
  switch (limit.type) {
    case "total_spend":
      return limit.sense === "="
        ? `spend exactly ${amount(limit.value)} ${per} in total`
        : `spend at most ${amount(limit.value)} ${per} in total`;
    case "channel_min":
      return `${limit.channel} at least ${amount(limit.value)} ${per}`;
    case "channel_max":
      return `${limit.channel} at most ${amount(limit.value)} ${per}`;
    case "channel_roas_floor":
      return `${limit.channel} with a ROAS of at least ${amount(limit.value)}`;
    case "group_min":
      return `${limit.group} at least ${amount(limit.value)} ${per}`;
    case "group_max":
      return `${limit.group} at most ${amount(limit.value)} ${per}`;
    case "change_limit_pct":
      return limit.channel === undefined
        ? `no channel moves by more than ${amount(limit.value)} %`
        : `${limit.channel} moves by ${amount(limit.value)} % at most`;
    case "blended_roas_floor":
      return `a ROAS of at least ${amount(limit.value)} overall`;
  }
}

/**
 * How far any other split could be ahead, from the certificate.
 * @param gap share of the optimum, from the certificate
 */
export function proofInWords(gap: number): string {
  return `No split within these limits is worth more than ${perCentAtMost(gap)} % above this one.`;
}

/** Rounded up to one digit, because a proof must not claim more than it has; nobody acts on less than a millionth of a per cent. */
function perCentAtMost(share: number): string {
  const perCent = Math.max(1e-6, share * 100);
  const unit = 10 ** Math.floor(Math.log10(perCent));
  const digits = Math.ceil(perCent / unit - 1e-9);
  return (digits * unit).toLocaleString("en-US", { maximumSignificantDigits: 2, maximumFractionDigits: 6 });
}

/** The least change of one limit that makes a plan possible. */
export function repairInWords(repair: { limit: PlanLimit; to: number }, period: Period): string {
  return `${limitInWords(repair.limit, period)}: change it to ${exactAmount(repair.to)}`;
}

/**
 * What a limit costs. Loosening a limit brings its price, whichever way that is; an exact total has no loose side, so that
 * one more unit brings a price above 0 and costs one below 0.
 */
export function priceInWords(limit: PlanLimit, price: number, period: Period): string {
  const figure = Math.abs(price).toFixed(2);
  const effect =
    limit.type === "total_spend"
      ? `one more unit in total would ${price < 0 ? "cost" : "bring"} ${figure}`
      : `loosened by one unit, it would bring ${figure}`;
  return `${limitInWords(limit, period)}: ${effect}.`;
}

function roas(value: number | null): string {
  return value === null ? "an unknown amount" : value.toFixed(2);
}

/** Why a channel's spend moves or stays, in one sentence from its figures. */
export function reasonInWords(channel: string, why: MoveReason): string {
  const now = roas(why.marginalNow);
  const plan = roas(why.marginalPlan);
  switch (why.code) {
    case "earns-more":
      return `The next unit of money in ${channel} earns ${now}, more than the ${plan} that the plan settles at.`;
    case "earns-less":
      if (why.marginalPlan === null)
        return `The budget ends before ${channel}: there the next unit would still earn ${roas(why.marginalThen)}.`;
      // A cut of what earns more than the plan's price: not its own figures but money that it shares with others ran out.
      if (why.marginalNow !== null && why.marginalNow >= why.marginalPlan)
        return `${channel} is stopped by the budget, or by a limit that it shares with other channels; there the next unit would still earn ${roas(why.marginalThen)}.`;
      return `The last unit of money in ${channel} earns ${now}, less than the ${plan} that the plan settles at.`;
    case "at-upper":
      return `${channel} stops at its upper limit; there the next unit would still earn ${roas(why.marginalThen)}.`;
    case "at-lower":
      return `${channel} stays at its lower limit, though its last unit earns only ${roas(why.marginalThen)}.`;
    case "locked":
      return `${channel} is locked at today's spend.`;
    case "unchanged":
      return `${channel} already earns what the plan settles at.`;
    case "unidentified":
      return `${channel}'s spend hardly varied, so the data cannot tell what more or less would bring: it keeps its spend; vary it on purpose to find out.`;
    case "demand-capture":
      return `${channel} meets people who are about to buy, so it has no credit and no response curve until a lift test says otherwise: it keeps its spend, as far as its limits allow.`;
    case "low-coverage":
      return `Of ${channel} only clicks are seen, a small part of what it shows, so its credit says little of what it causes: it keeps its spend until a lift test tells.`;
    case "no-curve":
      return `${channel} has no response curve, so it keeps its spend, as far as its limits allow.`;
  }
}

type WithoutText<T> = T extends PlanWarning ? Omit<T, "text"> : never;
export type UnwordedWarning = WithoutText<PlanWarning>;

/** The warning with its sentence. */
export function warningInWords(warning: UnwordedWarning): PlanWarning {
  return { ...warning, text: warningText(warning) };
}

function warningText(warning: UnwordedWarning): string {
  switch (warning.code) {
    case "extrapolated":
      return `${warning.channels.join(", ")}: more than was ever spent on a day; the curve is extrapolated there.`;
    case "unconvincing":
      return `The best split found gains with a probability of only ${Math.round(warning.probability * 100)} %: today's split stays.`;
    case "nothing-to-plan":
      return "No channel has a curve yet, so nothing can be planned: today's split stays.";
    case "already-best":
      return "Today's split is already the best one within these limits.";
    case "not-proved":
      return `No plan could be proved best (${warning.detail}): today's split stays.`;
  }
}

/** Why a channel has no curve; only days count whose conversions have had the time to come. */
export function refusalInWords(code: MissingCurve["code"], days: number, daysNeeded: number, reason: string): string {
  if (code === "demand-capture")
    return "the model gives it no credit: its touches meet people who are about to buy; a lift test would say what it causes";
  if (code === "low-coverage")
    return "only clicks are seen, a small part of what it shows: its credit says little of what it causes; a lift test would";
  if (code !== "few-days") return reason;
  const counted = days === 0 ? "No day" : days === 1 ? "Only one day" : `Only ${days} days`;
  return `${counted} with spend ${days > 1 ? "are" : "is"} old enough for its conversions to have come; a curve needs at least ${daysNeeded}.`;
}
