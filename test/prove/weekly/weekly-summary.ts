import { sum } from "../market/draws.ts";
import { median } from "../summary.ts";
import { figure, type Verdict, verdict } from "../verdict.ts";
import type { Week, WeeklyResult } from "./weekly-result.ts";

const LEAST_CAPTURED = 0.6;
/** Of weeks on markets where nothing is wrong. */
const MOST_STOPPED = 0.02;
const ENOUGH_MARKETS = 8;
/** With less to gain than this share of what today's split brings, a ratio of gains says nothing. */
const LEAST_TO_GAIN = 0.01;

/** States of runs that came to a decision. */
const DECIDED = ["applied", "proposed", "nothing"];

export interface WeeklySummary {
  /** Shares of what today's split brings in all weeks. */
  readonly gained: number;
  readonly allowed: number;
  readonly allowedOfMovable: number;
  /** Of what is allowed, what was gained; null where there was next to nothing to gain. */
  readonly captured: number | null;
  readonly capturedOfMovable: number | null;
  readonly promised: number;
  /** Weeks that lost against the week before, and by more than chance does; the largest loss as a share of what today's split brings in a week. */
  readonly losses: number;
  readonly lossesBeyondNoise: number;
  readonly largestLoss: number;
  /** Weeks in which less had been gained than lost since the beginning. */
  readonly underWater: number;
  readonly breaches: number;
  /** Weeks by state of the run. */
  readonly states: Readonly<Record<string, number>>;
  /** How often each rule held, trimmed or blocked. */
  readonly rules: Readonly<Record<string, number>>;
  /** The largest change of the budget against the start. */
  readonly budgetDrift: number;
  readonly secondsAWeek: number;
}

export function summariseWeeks({ weeks }: Pick<WeeklyResult, "weeks">): WeeklySummary {
  const total = (of: (week: Week) => number) => sum(weeks.map(of));
  const base = total(({ worthToday }) => worthToday);
  const [gained, allowed, allowedOfMovable] = [
    total(({ gain }) => gain) / base,
    total((week) => week.allowed) / base,
    total((week) => week.allowedOfMovable) / base,
  ];
  let cumulative = 0;
  return {
    ...{ gained, allowed, allowedOfMovable, promised: total(({ promised }) => promised ?? 0) / base },
    captured: allowed < LEAST_TO_GAIN ? null : gained / allowed,
    capturedOfMovable: allowedOfMovable < LEAST_TO_GAIN ? null : gained / allowedOfMovable,
    losses: weeks.filter(({ step, worthToday }) => step < -1e-6 * worthToday).length,
    lossesBeyondNoise: weeks.filter(isLossBeyondNoise).length,
    largestLoss: Math.max(0, ...weeks.map(({ step, worthToday }) => -step / worthToday)),
    underWater: weeks.filter(({ gain, worthToday }) => {
      cumulative += gain;
      return cumulative < -1e-6 * worthToday;
    }).length,
    breaches: total(({ breaches }) => breaches.length),
    states: countBy(weeks.map(({ state }) => ({ [state]: 1 }))),
    rules: countBy(weeks.map(({ rules }) => rules)),
    budgetDrift: Math.max(0, ...weeks.map(({ budget }) => Math.abs(budget - 1))),
    secondsAWeek: total(({ seconds }) => seconds.live + seconds.import + seconds.plan) / weeks.length,
  };
}

/** A loss that could be seen by somebody who knew of every order which channel caused it. */
export function isLossBeyondNoise({ step, noise, worthToday }: Week): boolean {
  return step < -Math.max(noise, 1e-6 * worthToday);
}

function countBy(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of all) for (const [name, count] of Object.entries(each)) counts[name] = (counts[name] ?? 0) + count;
  return counts;
}

/** What weekly runs have to show, and whether these results show it. */
export function checkWeekly(results: readonly WeeklyResult[]): Verdict[] {
  const summaries = results.map(summariseWeeks);
  const count = (of: (summary: WeeklySummary) => number) => sum(summaries.map(of));
  const say = (target: string, markets: number, isMet: boolean, found: string) =>
    verdict(target, markets, ENOUGH_MARKETS, { isMet, found });
  const shares = (["captured", "capturedOfMovable"] as const).map((name) => {
    const known = summaries.flatMap((one) => (one[name] === null ? [] : [one[name]]));
    const allowed = name === "captured" ? "allowed" : "allowedOfMovable";
    const share = count(({ gained }) => gained) / count((one) => one[allowed]);
    const of = name === "captured" ? "where every paid channel may move" : "where channels stay that a guard-rail held";
    const found = `${figure(share, 2)}; by market: median ${figure(median(known), 2)}, worst ${figure(Math.min(...known), 2)}`;
    const target = `captured gain at least ${LEAST_CAPTURED} of what the rails allow ${of}`;
    return say(target, known.length, share >= LEAST_CAPTURED, found);
  });
  const weeks = count((one) => sum(Object.values(one.states)));
  const losses = count(({ lossesBeyondNoise }) => lossesBeyondNoise);
  const largest = Math.max(0, ...summaries.map(({ largestLoss }) => largestLoss));
  const breaches = count((one) => one.breaches);
  const stopped = count(({ states }) =>
    sum(Object.entries(states).map(([name, n]) => (DECIDED.includes(name) ? 0 : n))),
  );
  return [
    ...shares,
    say(
      "no week with a loss beyond noise",
      summaries.length,
      losses === 0,
      `${losses} of ${weeks} weeks; ${count((one) => one.losses)} with any loss, the largest ${figure(100 * largest, 2)} % of a week`,
    ),
    say(
      `at most ${100 * MOST_STOPPED} % of weeks blocked or failed, for nothing is wrong with these markets`,
      summaries.length,
      stopped <= MOST_STOPPED * weeks,
      `${stopped} of ${weeks} weeks`,
    ),
    say("no guard-rail broken", summaries.length, breaches === 0, `${breaches} in ${weeks} weeks`),
  ];
}
