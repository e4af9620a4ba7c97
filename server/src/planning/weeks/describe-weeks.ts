import { allocate, type ProblemAnswer, sum } from "@touchline/solver";
import type { WeeklyLimit, WeeklyPlan } from "../../contract/index.ts";
import { amount } from "../limit-words.ts";
import { revenueAt } from "../revenue-curve.ts";
import { roundToCents } from "../round-to-cents.ts";
import { warningInWords } from "../words.ts";
import type { WeeksQuestion } from "./plan-weeks.ts";

type WeeksAllocation = Extract<ProblemAnswer, { layout: "weeks" }>["allocation"];
type OptimalWeeks = Extract<WeeksAllocation, { status: "optimal" }>;
type SolvedLimit = OptimalWeeks["binding"][number]["limit"];

/** What the optimiser answered, as a plan; today's split in every week where it has none. */
export function describeWeeks(asked: WeeksQuestion, allocation: WeeksAllocation): WeeklyPlan {
  const { question, weeks, season } = asked;
  const { channels } = question.prepared;
  const isOptimal = allocation.status === "optimal";
  const spend = isOptimal ? inCents(asked, allocation) : channels.map(({ current }) => weeks.map(() => current));
  const values = channels.map((_, i) => weeks.map((_, week) => broughtBy(asked, i, week, spend[i]![week]!)));
  const column = (rows: readonly (readonly number[])[], week: number) => sum(rows.map((row) => row[week]!));
  return {
    status: allocation.status === "stopped" ? "unsolved" : allocation.status,
    ...{ currency: question.frame.currency, goal: question.frame.goal, sources: question.frame.sources },
    weeks: weeks.map(({ from, to }, week) => ({
      ...{ from, to, season: season.index[week]! },
      ...{ spend: column(spend, week).toFixed(2), value: column(values, week) },
    })),
    channels: channels.map(({ name, current }, i) => ({
      ...{ channel: name, current: current.toFixed(2) },
      spend: spend[i]!.map((each) => each.toFixed(2)),
      value: sum(values[i]!),
    })),
    expected: {
      value: sum(values.map(sum)),
      valueIfFlat: isOptimal ? valueIfFlat(asked) : null,
      valueAtCurrent: sum(
        channels.map(({ current }, i) => sum(weeks.map((_, week) => broughtBy(asked, i, week, current)))),
      ),
    },
    season: season.described,
    shadowPrices: isOptimal
      ? allocation.binding.map(({ limit, week, channel, price }) => ({
          ...limitOf(limit, week, channel),
          price,
        }))
      : [],
    certificate: isOptimal
      ? { gap: allocation.certificate.gap, feasibility: allocation.certificate.feasibility, scope: "global" }
      : null,
    conflict: allocation.status === "infeasible" ? allocation.conflict.map((limit) => limitOf(limit)) : [],
    repair:
      allocation.status === "infeasible" ? allocation.repairs.map(({ limit, to }) => ({ ...limitOf(limit), to })) : [],
    warnings:
      allocation.status === "stopped" ? [warningInWords({ code: "not-proved", detail: allocation.reason })] : [],
  };
}

/** Whole cents that add up to what the plan spends. */
function inCents({ question, weeks }: WeeksQuestion, { spend }: OptimalWeeks): number[][] {
  const bounds = question.prepared.channels.flatMap(({ lower, upper }) => weeks.map(() => ({ lower, upper })));
  const flat = roundToCents(
    spend.flatMap((row) => [...row]),
    Number.POSITIVE_INFINITY,
    bounds,
  );
  return spend.map((_, i) => flat.slice(i * weeks.length, (i + 1) * weeks.length));
}

/** What one channel's spend of one week brings of the goal, in that week's season and at its prices. */
function broughtBy({ problem, season }: WeeksQuestion, index: number, week: number, spend: number): number {
  const { name, curve, costIndex = [] } = problem.channels[index]!;
  const { response_weight = 1, spend_weight = 0, weights = {} } = problem.objective;
  const earned = season.index[week]! * revenueAt(curve, spend / (costIndex[week] ?? 1));
  return response_weight * (weights[name] ?? 1) * earned + spend_weight * spend;
}

/** The best split of one week, in every week; null where it would jump further from today than the pacing lets it. */
function valueIfFlat(asked: WeeksQuestion): number | null {
  if (asked.problem.constraints.some(({ type }) => type === "pacing_pct")) return null;
  const best = allocate(asked.question.problem);
  if (best.status !== "optimal") return null;
  return sum(Array.from(best.spend, (each, i) => sum(asked.weeks.map((_, week) => broughtBy(asked, i, week, each)))));
}

function limitOf(limit: SolvedLimit, bindsIn?: number, held?: string): WeeklyLimit {
  const of = "channel" in limit ? limit.channel : "group" in limit ? limit.group : (held ?? null);
  const at = "week" in limit && limit.week !== undefined ? limit.week : bindsIn;
  const week = at === undefined ? null : at + 1;
  const { type, value } = limit;
  return { type, of, week, value, text: limitText(limit, of, week) };
}

function limitText(limit: SolvedLimit, of: string | null, week: number | null): string {
  const figure = amount(limit.value);
  const when = week === null ? "a week" : `in week ${week}`;
  switch (limit.type) {
    case "total_spend":
      return `spend ${limit.sense === "=" ? "exactly" : "at most"} ${figure} in all weeks`;
    case "weekly_min":
      return `spend at least ${figure} ${when}`;
    case "weekly_max":
      return `spend at most ${figure} ${when}`;
    case "channel_week_min":
    case "group_week_min":
      return `${of} at least ${figure} ${when}`;
    case "channel_week_max":
    case "group_week_max":
      return `${of} at most ${figure} ${when}`;
    case "commitment":
      return `${of} exactly ${figure} ${when}, as committed`;
    case "channel_total_min":
    case "group_min":
      return `${of} at least ${figure} in all weeks`;
    case "channel_total_max":
    case "group_max":
      return `${of} at most ${figure} in all weeks`;
    case "pacing_pct":
      return `no channel changes by more than ${figure} % from one week to the next`;
  }
}
