import type { Limit } from "@touchline/solver";
import type { MoveReason, Period } from "../contract/index.ts";

/** Amounts in sentences: enough digits to recognise the figure. */
export function amount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 });
}

const perPeriod: Readonly<Record<Period, string>> = { day: "a day", week: "a week", month: "a month" };

/** A limit as a person would say it. */
export function limitInWords(limit: Limit, period: Period): string {
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
      return `no channel moves by more than ${amount(limit.value)} %`;
    case "blended_roas_floor":
      return `a ROAS of at least ${amount(limit.value)} overall`;
  }
}

/** The least change of one limit that makes a plan possible. */
export function repairInWords(repair: { limit: Limit; to: number }, period: Period): string {
  return `${limitInWords(repair.limit, period)}: change it to ${amount(repair.to)}`;
}

function roas(value: number | null): string {
  return value === null ? "an unknown amount" : value.toFixed(2);
}

/** Why a channel's spend moves, in one sentence from its figures. */
export function reasonInWords(channel: string, why: MoveReason): string {
  const now = roas(why.marginalNow);
  const plan = roas(why.marginalPlan);
  switch (why.code) {
    case "earns-more":
      return `The next unit of money in ${channel} earns ${now}, more than the ${plan} that the plan settles at.`;
    case "earns-less":
      return `The last unit of money in ${channel} earns ${now}, less than the ${plan} that the plan settles at.`;
    case "at-upper":
      return `${channel} stops at its upper limit; there the next unit would still earn ${roas(why.marginalThen)}.`;
    case "at-lower":
      return `${channel} stays at its lower limit, though its last unit earns only ${roas(why.marginalThen)}.`;
    case "locked":
      return `${channel} is locked at today's spend.`;
    case "unchanged":
      return `${channel} already earns what the plan settles at.`;
    case "no-curve":
      return `${channel} has no response curve, so its spend stays as it is.`;
  }
}
