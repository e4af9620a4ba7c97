import type { TodayBrief, TodayPart, WeekChange } from "@touchline/server/contract";
import { LOCALE } from "../../i18n/language.ts";
import { strong, type Words } from "../../i18n/words.ts";
import { directionOf, relativeChange } from "./change.ts";

export interface TodayHead {
  readonly headline: string;
  readonly sub: string | null;
  readonly underway: string | null;
  readonly failed: string | null;
}

/** Relative change of a week; null where one of the two is unknown or nothing. */
export function changeOf({ now, before }: WeekChange): number | null {
  return relativeChange(now === null ? null : Number(now), before === null ? null : Number(before));
}

function wordRevenue(revenue: WeekChange | null, { t, format }: Words): string {
  if (revenue === null || revenue.now === null) return t("today.headNoWeek");
  const amount = strong(format.money(revenue.now));
  const change = changeOf(revenue);
  if (change === null) return t("today.headAlone", { revenue: amount });
  const { isUnusual } = revenue;
  const within = isUnusual === null ? "" : t(isUnusual ? "today.outside" : "today.inside");
  const facts = { revenue: amount, change: strong(format.percent(Math.abs(change))), within };
  const direction = directionOf(change);
  if (direction === "same") return t("today.headSame", facts);
  return t(direction === "up" ? "today.headMore" : "today.headLess", facts);
}

function wordWaiting({ needs }: TodayBrief, { t, format }: Words): string[] {
  const count = needs.filter(({ kind }) => kind === "proposal").length;
  const silent = needs.filter((need) => need.kind === "silent-channel");
  const [first] = silent;
  const proposals = { number: strong(format.count(count)) };
  return [
    ...(count === 0 ? [] : [t(count === 1 ? "today.headProposalOne" : "today.headProposalMany", proposals)]),
    ...(first !== undefined && silent.length === 1
      ? [t("today.headSilentOne", { channel: strong(first.channel), day: format.weekday(first.lastDay) })]
      : []),
    ...(silent.length > 1 ? [t("today.headSilentMany", { number: strong(format.count(silent.length)) })] : []),
  ];
}

function wordSub(brief: TodayBrief, { t, format }: Words): string | null {
  const { week, spend, weeks } = brief;
  if (week === null || spend === null || spend.now === null) return null;
  const change = changeOf(spend);
  const roas = weeks.find(({ from }) => from === week.range.from)?.incremental?.roas ?? null;
  const facts = { change: change === null ? "" : format.percent(Math.abs(change)) };
  return t("today.sub", {
    range: format.range(week.range.from, week.range.to),
    spend: format.money(spend.now),
    change: change === null ? "" : t(change >= 0 ? "today.subMore" : "today.subLess", facts),
    roas: roas === null ? "" : t("today.subRoas", { roas: format.roas(roas) }),
  });
}

function listParts(parts: readonly TodayPart[], { t, format }: Words): string {
  const names = parts.map((part) => t(`today.parts.${part}`));
  return new Intl.ListFormat(LOCALE[format.language], { type: "conjunction" }).format(names);
}

/** The state of things in one sentence. */
export function prepareTodayHead(brief: TodayBrief, words: Words): TodayHead {
  const { t } = words;
  const { underway, failed } = brief;
  const clauses = [wordRevenue(brief.revenue, words), ...wordWaiting(brief, words)];
  return {
    headline: `${clauses.join(t("today.join"))}.`,
    sub: wordSub(brief, words),
    underway: underway.length === 0 ? null : t("today.underway", { parts: listParts(underway, words) }),
    failed: failed.length === 0 ? null : t("today.failed", { parts: listParts(failed, words) }),
  };
}
