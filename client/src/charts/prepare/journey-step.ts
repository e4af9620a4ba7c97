import type { JourneyStep } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

/** A channel, or a channel and its campaign. */
export function nameStep({ channel, campaign }: JourneyStep, { t }: Words): string {
  return campaign === undefined ? channel : `${channel} / ${campaign === "" ? t("journeys.noCampaign") : campaign}`;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MINUTE = 60;

/** A time as a sentence says it: "40 min", "5.2 hours", "12.6 days". */
export function wordDuration(seconds: number, { t, format }: Words): string {
  if (seconds < MINUTE) return t("journeys.seconds", { seconds: format.count(seconds) });
  if (seconds < 2 * HOUR) return t("journeys.minutes", { minutes: format.count(seconds / MINUTE) });
  return seconds < 2 * DAY ? format.hours(seconds / HOUR) : format.days(seconds / DAY);
}

/** The same, as short as an axis needs it. */
export function shortDuration(seconds: number, { t, format }: Words): string {
  return seconds % DAY === 0
    ? t("journeys.day", { days: format.count(seconds / DAY) })
    : t("journeys.hour", { hours: format.count(seconds / HOUR) });
}

/** A share as sentences print it; null is a dash. */
export function printShare(share: number | null, { format }: Words): string {
  return share === null ? "–" : format.percent(share);
}
