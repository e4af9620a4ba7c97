import type { ProposalOrigin } from "./proposals.ts";

/** The actor of what the weekly run does by itself, as decisions and the audit hold it. */
export const WEEKLY_JOB_ID = "rebalancing";

const WEEKLY = "Weekly plan of ";
const BACK = "Back from ";
const LONGEST = 80;

/** Plans that nobody names are called in English in the store, in files and in the audit; pages say `readPlanName` in their own language. */
export function nameWeeklyPlan(period: string): string {
  return `${WEEKLY}${period}`;
}

export function nameWayBack(name: string): string {
  return `${BACK}${name}`.slice(0, LONGEST);
}

export interface PlanName {
  /** As somebody named it; of a way back, the plan that it leads back from. */
  readonly name: string;
  readonly isWayBack: boolean;
  /** The period of the weekly run whose plan it is; null where it is another plan's. */
  readonly weekOf: string | null;
}

/** Law: reads back what the two above have written. What a person named is never read. */
export function readPlanName(name: string, origin: ProposalOrigin | null): PlanName {
  const isWayBack = origin === "way-back" && name.startsWith(BACK);
  const own = isWayBack ? name.slice(BACK.length) : name;
  const isWritten = isWayBack || origin === "rebalancing";
  const period = own.startsWith(WEEKLY) ? own.slice(WEEKLY.length) : "";
  return { name: own, isWayBack, weekOf: isWritten && /^\d{4}-\d{2}-\d{2}$/.test(period) ? period : null };
}
