import { countDays, shiftDay, todayIn } from "../../calendar-days.ts";
import { DAYS_PER_PERIOD, type DecidedSplit, type Plan } from "../../contract/index.ts";

/** After that many weeks nobody can say any more that the split before a plan is what would have been spent without it. */
const MOST_WEEKS = 4;
const WEEK_DAYS = 7;

/** A plan that was decided. */
export interface DecidedPlan {
  readonly id: string;
  readonly isApproved: boolean;
  readonly decidedAt: Date;
  readonly plan: Pick<Plan, "allocation" | "period">;
  readonly decidedSplit: DecidedSplit | null;
}

export interface PlanWeek<P> {
  readonly decided: P;
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/**
 * The weeks that each plan answers for, the earliest first. An approved plan is in force from the day after it was approved until the
 * next one is, for four weeks at most; a rejected one would have been for a week.
 * Law: no day lies in the weeks of two approved plans; a plan's gain is counted while it is the newest, never once and for all.
 */
export function weeksOfPlans<P extends DecidedPlan>(
  plans: readonly P[],
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): PlanWeek<P>[] {
  const today = todayIn(timeZone, now);
  const startOf = ({ decidedAt }: P) => shiftDay(todayIn(timeZone, decidedAt), 1);
  const byTime = plans.toSorted((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime());
  const approved = byTime.filter(({ isApproved }) => isApproved);
  const weeks = byTime.flatMap((decided) => {
    const start = startOf(decided);
    if (!decided.isApproved) return [weekOf(decided, start, shiftDay(start, WEEK_DAYS - 1))];
    const next = approved[approved.indexOf(decided) + 1];
    const last = shiftDay(next === undefined ? "9999-01-01" : startOf(next), -1);
    return Array.from({ length: MOST_WEEKS }, (_, week) => {
      const from = shiftDay(start, WEEK_DAYS * week);
      const end = shiftDay(from, WEEK_DAYS - 1);
      return weekOf(decided, from, end < last ? end : last);
    });
  });
  // A plan takes its place in the list the moment that it is decided, although its first day is tomorrow.
  return weeks
    .filter(({ from, days }) => days > 0 && from <= shiftDay(today, 1))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

function weekOf<P>(decided: P, from: string, to: string): PlanWeek<P> {
  return { decided, from, to, days: countDays(from, to) };
}

/** What a channel was to spend a day: before the plan, as it was recommended, and as it was decided. */
export interface DailySplit {
  readonly channel: string;
  readonly before: number;
  readonly recommended: number;
  readonly decided: number;
}

/** A plan that was rejected leaves everything as it was. */
export function dailySplit({ isApproved, plan, decidedSplit }: DecidedPlan): DailySplit[] {
  const days = DAYS_PER_PERIOD[plan.period];
  const changed = new Map(decidedSplit?.map(({ channel, amount }) => [channel, amount]));
  return plan.allocation.map(({ channel, current, recommended }) => {
    const decided = isApproved ? (changed.get(channel) ?? recommended) : current;
    const [before, asked, chosen] = [current, recommended, decided].map((amount) => Number(amount) / days);
    return { channel, before: before!, recommended: asked!, decided: chosen! };
  });
}
