import type { TodayBrief } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { feedName } from "./findings.ts";

export interface HealthLines {
  readonly sentence: string;
  readonly run: string;
  readonly sources: readonly {
    readonly id: string;
    readonly name: string;
    readonly newest: string;
    readonly refused: string;
  }[];
}

/** Of the kinds that come day by day; the oldest news first, because it is what may be missing. */
const KINDS: ReadonlySet<string> = new Set(["touchpoints", "conversions", "spend"]);
const MOST_SOURCES = 8;

function wordChecks(health: TodayBrief["health"], { t, format }: Words): string {
  if (health === null) return t("today.healthUnderway");
  const { act, watch, checks } = health;
  const counts = { act: strong(format.count(act)), watch: strong(format.count(watch)), checks: format.count(checks) };
  if (act > 0) return t("today.healthAct", counts);
  if (watch === 1) return t("today.healthWatchOne", counts);
  return t(watch > 1 ? "today.healthWatch" : "today.healthFine", counts);
}

function wordRun({ run, underway }: TodayBrief, now: Date, { t, format }: Words): string {
  if (run === null) return t(underway.includes("credit") ? "today.roasUnderway" : "today.runNone");
  const { computedAt, range, isOfPresentData } = run;
  const facts = { ago: format.ago(new Date(computedAt), now), range: format.range(range.from, range.to) };
  return t(isOfPresentData ? "today.runFresh" : "today.runOld", facts);
}

/** How sound the figures of the page are: sources, checks, the run that they stand on. */
export function prepareTodayHealth(brief: TodayBrief, now: Date, words: Words): HealthLines {
  const { health, freshness } = brief;
  const { format } = words;
  const daily = freshness.filter(({ kind }) => KINDS.has(kind));
  const oldestFirst = [...daily].sort((a, b) => a.newestRowAt.localeCompare(b.newestRowAt));
  return {
    sentence: wordChecks(health, words),
    run: wordRun(brief, now, words),
    sources: oldestFirst.slice(0, MOST_SOURCES).map(({ source, kind, newestRowAt, rejected }) => ({
      id: `${kind} ${source}`,
      name: feedName(source, kind, words),
      newest: format.ago(new Date(Math.min(Date.parse(newestRowAt), now.getTime())), now),
      refused: rejected === 0 ? "" : format.count(rejected),
    })),
  };
}
