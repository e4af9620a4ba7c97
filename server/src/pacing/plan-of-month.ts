import { desc, eq } from "drizzle-orm";
import { countDays, daysOfMonth, shiftDay } from "../calendar-days.ts";
import { DAYS_PER_PERIOD, type MonthBudgets, Plan, type PlanSource } from "../contract/index.ts";
import { withDecided } from "../proposals/index.ts";
import { proposals, type WorkspaceStore } from "../store/index.ts";
import { budgetsOf } from "./budgets.ts";

export interface MonthPlan {
  readonly source: PlanSource;
  readonly budgets: MonthBudgets["budgets"];
  /** By channel, for the whole month. */
  readonly amounts: ReadonlyMap<string, string>;
}

/** More approvals than this lie between no month and its end. */
const MOST_LOOKED_AT = 20;

/**
 * What a month is meant to cost: its budgets, or where nobody has set any, the proposal that was approved last before it ended, its spend
 * spread over the days.
 */
export async function planOfMonth(store: WorkspaceStore | null, month: string): Promise<MonthPlan> {
  const budgets = store === null ? [] : await budgetsOf(store, month);
  if (budgets.length > 0) {
    const amounts = new Map(budgets.map(({ channel, amount }) => [channel, amount]));
    return { source: { kind: "budgets" }, budgets, amounts };
  }
  const approved = store === null ? null : await approvedFor(store, month);
  return approved ?? { source: { kind: "none" }, budgets, amounts: new Map() };
}

async function approvedFor(store: WorkspaceStore, month: string): Promise<MonthPlan | null> {
  const { from, to } = daysOfMonth(month);
  const over = shiftDay(to, 1);
  const rows = await store.select(proposals, eq(proposals.state, "approved"), {
    ...{ orderBy: desc(proposals.decidedAt), limit: MOST_LOOKED_AT },
  });
  const row = rows.find(({ decidedAt }) => decidedAt !== null && decidedAt.toISOString() < over);
  const plan = row === undefined ? null : Plan.safeParse(row.plan);
  if (row === undefined || plan === null || !plan.success) return null;
  const periods = countDays(from, to) / DAYS_PER_PERIOD[plan.data.period];
  const amounts = withDecided(plan.data, row.decidedSplit).allocation.map(
    ({ channel, recommended }) => [channel, (Number(recommended) * periods).toFixed(2)] as const,
  );
  const { id, name, decidedAt } = row;
  return {
    source: { kind: "proposal", id, name, approvedAt: decidedAt!.toISOString() },
    budgets: [],
    amounts: new Map(amounts),
  };
}
