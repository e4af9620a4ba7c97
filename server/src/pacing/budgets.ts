import { and, eq, inArray } from "drizzle-orm";
import type { CopyMonth, MonthBudgets, SetBudgets } from "../contract/index.ts";
import { type Actor, monthlyBudgets, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";

interface BudgetDesk {
  readonly store: WorkspaceStore;
  readonly actor: Actor;
}

/** What channels are meant to spend in a month, by name. */
export async function budgetsOf(store: WorkspaceStore, month: string): Promise<MonthBudgets["budgets"]> {
  const rows = await store.select(monthlyBudgets, eq(monthlyBudgets.month, month));
  return rows
    .map(({ channel, amount }) => ({ channel, amount }))
    .sort((a, b) => (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : 0));
}

function byChannel(budgets: MonthBudgets["budgets"]): Record<string, string> {
  return Object.fromEntries(budgets.map(({ channel, amount }) => [channel, amount]));
}

/** Writes budgets, with what they were before in the audit. Channels that are not named keep theirs. */
export function setBudgets({ store, actor }: BudgetDesk, { month, budgets }: SetBudgets): Promise<MonthBudgets> {
  return store.transaction(async (tx) => {
    const before = await budgetsOf(tx, month);
    const gone = budgets.filter(({ amount }) => amount === null).map(({ channel }) => channel);
    if (gone.length > 0)
      await tx.remove(monthlyBudgets, and(eq(monthlyBudgets.month, month), inArray(monthlyBudgets.channel, gone))!);
    for (const { channel, amount } of budgets) if (amount !== null) await put(tx, actor, { month, channel, amount });
    return audited(tx, actor, "budgets.set", month, before);
  });
}

/** @throws UserError when the month to copy has no budgets */
export function copyMonth({ store, actor }: BudgetDesk, { from, to }: CopyMonth): Promise<MonthBudgets> {
  return store.transaction(async (tx) => {
    const [source, before] = [await budgetsOf(tx, from), await budgetsOf(tx, to)];
    if (source.length === 0)
      throw new UserError(`${from} has no budgets to copy: set them first, or copy another month`);
    await tx.remove(monthlyBudgets, eq(monthlyBudgets.month, to));
    for (const budget of source) await put(tx, actor, { month: to, ...budget });
    return audited(tx, actor, "budgets.copy", to, before, { from });
  });
}

function put(
  store: WorkspaceStore,
  { id }: Actor,
  budget: { readonly month: string; readonly channel: string; readonly amount: string },
): Promise<void> {
  return store.put(monthlyBudgets, { ...budget, setBy: id, setAt: new Date() }, [
    monthlyBudgets.month,
    monthlyBudgets.channel,
  ]);
}

async function audited(
  store: WorkspaceStore,
  actor: Actor,
  action: string,
  month: string,
  before: MonthBudgets["budgets"],
  more: Readonly<Record<string, string>> = {},
): Promise<MonthBudgets> {
  const budgets = await budgetsOf(store, month);
  await store.audit({
    ...{ actor, action, subject: { kind: "budgets", id: month } },
    ...{ before: byChannel(before), after: { ...more, ...byChannel(budgets) } },
  });
  return { month, budgets };
}
