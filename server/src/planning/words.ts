import type { MissingCurve, PlanWarning } from "../contract/index.ts";

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
    case "test-first":
      return `${warning.channels.join(", ")}: what it causes is too uncertain to move money on; a lift test would tell.`;
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
    return "The model gives it no credit: its touches meet people who are about to buy. A lift test would say what it causes.";
  if (code === "low-coverage")
    return "Only clicks are seen, a small part of what it shows: its credit says little of what it causes. A lift test would say more.";
  if (code !== "few-days") return reason;
  const counted = days === 0 ? "No day" : days === 1 ? "Only one day" : `Only ${days} days`;
  return `${counted} with spend ${days > 1 ? "are" : "is"} old enough for its conversions to have come; a curve needs at least ${daysNeeded}.`;
}
