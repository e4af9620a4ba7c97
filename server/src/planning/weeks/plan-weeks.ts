import type { ParsedProblem, ProblemAnswer, WeeksProblem } from "@touchline/solver";
import { dailyBookings } from "@touchline/sql";
import { listDays } from "../../calendar-days.ts";
import type { WeeklyPlan, WeeksInput } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import type { FittedCurves } from "../fit-curves.ts";
import { gatherFacts } from "../gather-facts.ts";
import { type PlanQuestion, preparePlan } from "../prepare-plan.ts";
import { solveInThread } from "../solve-in-thread.ts";
import { PLAN_SECONDS } from "../solve-plan.ts";
import { todaysCurves } from "../todays-curves.ts";
import { describeWeeks } from "./describe-weeks.ts";
import { limitsOfOneWeek, requireWeekly } from "./limits-by-week.ts";
import { costIndex, mondayAfter, type SeasonAhead, seasonAhead, type Week, weeksFrom } from "./weeks-ahead.ts";

/** Everything that a plan by week is described with. */
export interface WeeksQuestion {
  readonly question: PlanQuestion;
  readonly weeks: readonly Week[];
  readonly season: SeasonAhead;
  readonly problem: WeeksProblem;
}

/**
 * Money by channel and week, with the season of last year, prices that change, steady pacing and commitments. What a week's
 * spend brings is counted in that week, also what it brings later: the curves are of the long run.
 * @throws UserError when there is nothing to plan on, or a limit is none for weeks
 */
export async function planWeeks(workspace: Workspace, input: WeeksInput): Promise<WeeklyPlan> {
  requireWeekly(input.limits);
  const curves = await todaysCurves(workspace);
  const limits = limitsOfOneWeek(input.limits);
  const question = preparePlan(curves, limits, await gatherFacts(workspace, curves, limits));
  requireChannels(input, question);
  const weeks = weeksFrom(input.start ?? mondayAfter(curves.days.to), input.weeks);
  const season = seasonAhead(weeks, curves.days, await bookedByDay(workspace, curves), input.season);
  const asked = { question, weeks, season, problem: weeksProblem(question, input, weeks, season) };
  return describeWeeks(asked, await solveWeeks({ layout: "weeks", problem: asked.problem, names: {} }));
}

async function solveWeeks(parsed: ParsedProblem): Promise<Extract<ProblemAnswer, { layout: "weeks" }>["allocation"]> {
  const outcome = await solveInThread(parsed, PLAN_SECONDS);
  if (outcome.kind === "late") return { status: "stopped", reason: `it took longer than ${PLAN_SECONDS} seconds` };
  if (outcome.answer.layout !== "weeks") throw new Error("the optimiser answered otherwise than by week");
  return outcome.answer.allocation;
}

/** Conversions by day of the days that the curves were fitted on. */
async function bookedByDay(workspace: Workspace, { days }: FittedCurves): Promise<Float64Array> {
  const { timeZone } = await workspace.settings();
  const rows = await workspace.warehouse.ask(dailyBookings, { ...days, timeZone });
  const booked = new Map(rows.map(({ date, conversions }) => [date, Number(conversions)]));
  return Float64Array.from(listDays(days.from, days.to), (day) => booked.get(day) ?? 0);
}

/** One channel a row; the bounds of a week hold in each, except where a commitment says otherwise. */
function weeksProblem(
  { prepared, problem, limits }: PlanQuestion,
  { weekly, pacing, prices = [], commitments = [] }: WeeksInput,
  weeks: readonly Week[],
  season: SeasonAhead,
): WeeksProblem {
  const { response_weight, spend_weight, weights } = problem.objective;
  return {
    objective: { response_weight, spend_weight, ...(weights === undefined ? {} : { weights }) },
    weeks: weeks.length,
    season: season.index,
    channels: prepared.channels.map(({ name, current, lower, upper }, i) => ({
      ...{ name, curve: problem.channels[i]!.curve, kernel: [1], before: [current] },
      lower: weeks.map((_, week) => (isCommitted(commitments, name, week) ? 0 : lower)),
      upper: weeks.map((_, week) => (isCommitted(commitments, name, week) ? null : upper)),
      costIndex: costIndex(weeks, prices, name),
    })),
    constraints: [
      { type: "total_spend", sense: limits.exact ? "=" : "<=", value: prepared.budget * weeks.length },
      ...(weekly === undefined ? [] : [{ type: "weekly_spend" as const, ...weekly }]),
      ...(limits.groups ?? []).map(({ name, members, min, max }) => {
        return { type: "group_weekly_spend" as const, name, members, min, max };
      }),
      ...commitments.map(({ channel, week, amount }) => {
        return { type: "commitment" as const, channel, week: week - 1, value: amount };
      }),
      ...(typeof pacing === "number" ? [{ type: "pacing_pct" as const, value: 100 * pacing, fromBefore: true }] : []),
    ],
  };
}

function isCommitted(commitments: NonNullable<WeeksInput["commitments"]>, channel: string, week: number): boolean {
  return commitments.some((each) => each.channel === channel && each.week === week + 1);
}

function requireChannels({ prices = [], commitments = [], weeks }: WeeksInput, { prepared }: PlanQuestion): void {
  const names = prepared.channels.map(({ name }) => name);
  for (const channel of [...prices, ...commitments].map((each) => each.channel)) {
    if (channel !== null && !names.includes(channel)) {
      throw new UserError(
        `a price or a commitment names the channel "${channel}", which has no spend; channels are ${names.join(", ")}`,
        { exitCode: 2 },
      );
    }
  }
  const late = commitments.find(({ week }) => week > weeks);
  if (late !== undefined)
    throw new UserError(`${late.channel} is committed in week ${late.week}, and the plan has ${weeks}`, {
      exitCode: 2,
    });
}
