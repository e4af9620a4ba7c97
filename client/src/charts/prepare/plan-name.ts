import { type ProposalOrigin, readPlanName, WEEKLY_JOB_ID } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

/** What a plan is called: as somebody named it, or in the reader's language where nobody did. */
export function wordPlanName(
  { name: given, origin }: { readonly name: string; readonly origin: ProposalOrigin | null },
  { t, format }: Words,
): string {
  const { name, isWayBack, weekOf } = readPlanName(given, origin);
  const own = weekOf === null ? name : t("words.weeklyPlan", { date: format.date(weekOf) });
  return isWayBack ? t("words.wayBack", { name: own }) : own;
}

/** Who put a plan forward or decided on it; the weekly run has no name of its own. */
export function wordActor({ id, name }: { readonly id: string; readonly name: string }, { t }: Words): string {
  return id === WEEKLY_JOB_ID ? t("words.weeklyRun") : name;
}
