import type { Period, PlanCertificate, PlanGoal, PlanLimit } from "../contract/index.ts";

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
  const figure = amount(limit.value);
  switch (limit.type) {
    case "total_spend":
      return limit.sense === "="
        ? `spend exactly ${figure} ${per} in total`
        : `spend at most ${figure} ${per} in total`;
    case "channel_min":
      return `${limit.channel} at least ${figure} ${per}`;
    case "channel_max":
      return `${limit.channel} at most ${figure} ${per}`;
    case "trusted_min":
      return `${limit.channel} at least ${figure} ${per}, as far down as its curve is trusted`;
    case "trusted_max":
      return `${limit.channel} at most ${figure} ${per}, as far up as its curve is trusted`;
    case "minimum_if_on":
      return `${limit.channel} at least ${figure} ${per}, or nothing`;
    case "step":
      return `${limit.channel} in steps of ${figure}`;
    case "channel_roas_floor":
      return `${limit.channel} with a ROAS of at least ${figure}`;
    case "group_min":
      return `${limit.group} at least ${figure} ${per}`;
    case "group_max":
      return `${limit.group} at most ${figure} ${per}`;
    case "weighted_min":
      return `${limit.name} at least ${figure}`;
    case "weighted_max":
      return `${limit.name} at most ${figure}`;
    case "group_roas_floor":
      return `${limit.name} with a ROAS of at least ${figure}`;
    case "response_cap":
      return `${limit.name}: ${figure} ${per} and no more`;
    case "contact_cap":
      return `${limit.name}: ${figure} touches ${per} at most`;
    case "cpa_ceiling":
      return limit.members === undefined
        ? `at most ${figure} per conversion overall`
        : `${limit.members.join(", ")} at most ${figure} per conversion`;
    case "change_limit_pct":
      return limit.channel === undefined
        ? `no channel moves by more than ${figure} %`
        : `${limit.channel} moves by ${figure} % at most`;
    case "blended_roas_floor":
      return `a ROAS of at least ${figure} overall`;
    case "min_total_response":
      return `bring at least ${figure} ${per}`;
  }
}

/** What the price of a limit is counted in: the goal, for one more unit of what the limit counts. */
export function priceUnit({ type }: PlanLimit, goal: PlanGoal, isTarget: boolean): string {
  const gained = isTarget ? "spend" : GOAL_UNITS[goal];
  switch (type) {
    case "response_cap":
      return `${gained} per unit`;
    case "contact_cap":
      return `${gained} per touch`;
    case "min_total_response":
      return `${gained} per unit of ${GOAL_UNITS[goal]}`;
    default:
      return `${gained} per unit of spend`;
  }
}

export const GOAL_UNITS: Readonly<Record<PlanGoal, string>> = {
  revenue: "revenue",
  margin: "margin",
  conversions: "conversions",
  value: "predicted value",
  profit: "profit",
};

/** How far any other split could be ahead, and whether one could be at all. */
export function proofInWords({ gap, scope }: Pick<PlanCertificate, "gap" | "scope">): string {
  const proof = `No split within these limits is worth more than ${perCentAtMost(gap)} % above this one.`;
  return scope === "local" ? `${proof} The search ended there: a better one may exist within that.` : proof;
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
 * one more unit brings a price above 0 and costs one below 0. A target costs money.
 */
export function priceInWords(limit: PlanLimit, price: number, period: Period): string {
  const figure = figureOf(Math.abs(price));
  const effect =
    limit.type === "total_spend"
      ? `one more unit in total would ${price < 0 ? "cost" : "bring"} ${figure}`
      : limit.type === "min_total_response"
        ? `one more unit of it would cost ${figure}`
        : `loosened by one ${unitOf(limit)}, it would bring ${figure}`;
  return `${limitInWords(limit, period)}: ${effect}.`;
}

/** What a limit is loosened by: a floor on returns by revenue that it lets go. */
function unitOf({ type }: PlanLimit): string {
  switch (type) {
    case "contact_cap":
      return "touch";
    case "response_cap":
    case "weighted_min":
    case "weighted_max":
      return "unit";
    case "blended_roas_floor":
    case "group_roas_floor":
      return "unit of revenue";
    default:
      return "unit of money";
  }
}

/** Two decimals, or for what is smaller than a tenth two digits: a touch brings cents, a euro a part of a conversion. */
export function figureOf(value: number): string {
  const size = Math.abs(value);
  return size >= 0.1 || size < 1e-9 ? value.toFixed(2) : Number(value.toPrecision(2)).toString();
}
