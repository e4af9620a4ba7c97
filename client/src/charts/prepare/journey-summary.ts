import type { JourneySummary } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { printShare, wordDuration } from "./journey-step.ts";

/** The answer of the page of journeys. */
export function writeJourneysHeadline({ total, time, touches }: JourneySummary, isFiltered: boolean, words: Words) {
  const { t, format } = words;
  if (total.journeys === 0) return t(isFiltered ? "journeys.headlineFiltered" : "journeys.headlineNone");
  if (time.median === null || touches.median === null) return t("journeys.headlineNothing");
  const within = strong(wordDuration(time.median, words));
  if (touches.median === 1) return t("journeys.headlineOne", { time: within });
  return t("journeys.headline", { time: within, touches: strong(format.count(touches.median)) });
}

/** What the answer stands on, and how many journeys are still under way. */
export function writeJourneysSub({ total, undecided, lookbackDays }: JourneySummary, words: Words): string | null {
  const { t, format } = words;
  if (total.journeys === 0) return null;
  const base = t(total.unconverted === 0 ? "journeys.subConverted" : "journeys.sub", {
    converted: format.count(total.converted),
    journeys: format.count(total.journeys),
    rate: printShare(total.conversionRate, words),
    conversions: format.count(total.conversions),
    revenue: format.money(total.revenue),
  });
  if (undecided === 0) return base;
  return `${base} ${t("journeys.undecided", { journeys: format.count(undecided), days: format.days(lookbackDays) })}`;
}
