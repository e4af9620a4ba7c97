import { PACING_THRESHOLD, type PacingLine, type PacingMonth } from "@touchline/server/contract";
import { strong, unitName, type Words } from "../../i18n/words.ts";

/** Where the month ends, as far as it is known. */
export function endOf({ spent, forecast }: PacingLine): number {
  return forecast?.mean ?? Number(spent);
}

function wordAgainst(end: number, plan: string | null, { t, format }: Words): string {
  if (plan === null || Number(plan) <= 0) return "";
  const off = end / Number(plan) - 1;
  const facts = { share: strong(format.percent(Math.abs(off))), plan: format.money(plan) };
  if (Math.abs(off) < SMALLEST_OFF) return t("pacing.againstOn", facts);
  return t(off > 0 ? "pacing.againstAbove" : "pacing.againstBelow", facts);
}

const SMALLEST_OFF = 0.0005;

/** The state of the month in one sentence. */
export function wordPacing(pacing: PacingMonth, words: Words): string {
  const { t, format } = words;
  const { total, phase, asOf } = pacing;
  const month = format.month(pacing.month);
  if (phase === "future") {
    return total.plan === null
      ? t("pacing.headNothing", { month })
      : t("pacing.headFuture", { plan: strong(format.money(total.plan)), month });
  }
  const spent = strong(format.money(total.spent));
  if (phase === "past")
    return t("pacing.headPast", { spent, month, against: wordAgainst(endOf(total), total.plan, words) });
  const day = asOf === null ? "" : format.day(asOf);
  if (total.forecast === null) {
    if (Number(total.spent) === 0) return t("pacing.headNoSpend", { month });
    return t("pacing.headCurrentPlain", {
      spent,
      day,
      against: wordAgainst(Number(total.spent), total.planToDate, words),
    });
  }
  const { mean } = total.forecast;
  const against = wordAgainst(mean, total.plan, words);
  return t("pacing.headCurrent", { spent, day, month, end: strong(format.money(mean)), against });
}

function wordSource({ planSource }: PacingMonth, { t, format }: Words): string {
  if (planSource.kind === "budgets") return t("pacing.sourceBudgets");
  if (planSource.kind === "none") return t("pacing.sourceNone");
  const { name, approvedAt } = planSource;
  return t("pacing.sourceProposal", { name, day: format.date(approvedAt.slice(0, 10)) });
}

/** What stands below: how certain, what to do, and where the plan is from. */
export function wordPacingSub(pacing: PacingMonth, words: Words): string {
  const { t, format } = words;
  const { total, unplanned, planSource } = pacing;
  const { forecast, dailyToLand } = total;
  const ends = forecast === null ? null : { low: format.money(forecast.low), high: format.money(forecast.high) };
  const daily = dailyToLand === null ? null : { daily: format.money(dailyToLand) };
  return [
    ends === null ? "" : t("pacing.subInterval", ends),
    daily === null ? "" : dailyToLand === 0 ? t("pacing.subOver") : t("pacing.subLand", daily),
    wordSource(pacing, words),
    planSource.kind !== "none" && Number(unplanned) > 0
      ? t("pacing.unplanned", { money: format.money(unplanned) })
      : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

export function wordThreshold({ format }: Words): string {
  return format.percent(PACING_THRESHOLD, 0);
}

/** Which channel is farthest off its plan. */
export function wordChannels({ channels, planSource }: PacingMonth, words: Words): string {
  const { t, format } = words;
  if (channels.length === 0) return t("pacing.tableNone");
  if (planSource.kind === "none") return t("pacing.tableNoPlan");
  const off = channels
    .filter(({ plan, status }) => plan !== null && status !== null && status !== "on-plan")
    .sort((a, b) => Math.abs(endOf(b) - Number(b.plan)) - Math.abs(endOf(a) - Number(a.plan)));
  const [worst] = off;
  if (worst === undefined) return t("pacing.tableOn", { share: wordThreshold(words) });
  const facts = { end: strong(format.money(endOf(worst))), plan: format.money(worst.plan ?? "0") };
  return t("pacing.tableOff", { channel: strong(worst.channel), ...facts });
}

export function wordRevenue({ revenue }: PacingMonth, words: Words): string {
  const { t, format } = words;
  const { booked, roas, forecast, roasForecast } = revenue;
  const unit = unitName(words);
  const amount = strong(format.money(booked));
  if (roas === null) return t("pacing.revenuePlain", { revenue: amount });
  const facts = { revenue: amount, roas: strong(format.money(roas, 2)), unit };
  if (forecast === null) return t("pacing.revenuePast", facts);
  const { mean, low, high } = forecast;
  return t("pacing.revenueSentence", {
    ...facts,
    ...{ end: strong(format.money(mean)), low: format.money(low), high: format.money(high) },
    roasEnd: roasForecast === null ? "" : t("pacing.revenueSentenceEnd", { roas: format.money(roasForecast, 2), unit }),
  });
}
