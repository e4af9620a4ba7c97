import { reportSpend } from "@touchline/sql";
import { daysOfMonth } from "../../calendar-days.ts";
import type { LedgerEntryKind, MonthSpan, PlanActual, PlanActualRow } from "../../contract/index.ts";
import { minus, sumOf, toCents } from "../../exact.ts";
import { planOfMonth } from "../../pacing/index.ts";
import type { WorkspaceStore } from "../../store/index.ts";
import type { Workspace } from "../../workspace.ts";
import { monthsOf } from "../roi/compared-range.ts";
import { listEntries } from "./entries.ts";

/** Every channel's months: plan, spend, commitments and invoices beside each other. */
export async function planActual(workspace: Workspace, store: WorkspaceStore, span: MonthSpan): Promise<PlanActual> {
  const range = { from: daysOfMonth(span.from).from, to: daysOfMonth(span.to).to };
  const { currency } = await workspace.settings();
  const [spend, entries, ...plans] = await Promise.all([
    workspace.warehouse.ask(reportSpend, { ...range, byCampaign: false }),
    listEntries(store, span),
    ...monthsOf(range).map(async (month) => ({ month, plan: await planOfMonth(store, month) })),
  ]);
  const rows = plans.flatMap(({ month, plan }): PlanActualRow[] => {
    const spent = spend.filter((row) => row.month === month);
    const booked = entries.filter((entry) => entry.month === month);
    const channels = new Set([...plan.amounts.keys(), ...[...spent, ...booked].map(({ channel }) => channel)]);
    return [...channels].sort().map((channel) => {
      const entered = (kind: LedgerEntryKind) => {
        const own = booked.filter((entry) => entry.channel === channel && entry.kind === kind);
        return own.length === 0 ? null : sumOf(own.map(({ amount }) => amount));
      };
      const planned = plan.amounts.get(channel) ?? null;
      const cost = toCents(sumOf(spent.filter((row) => row.channel === channel).map((row) => row.spend)));
      return {
        ...{ month, channel, planned, spend: cost, committed: entered("commitment"), invoiced: entered("invoice") },
        difference: planned === null ? null : minus(cost, planned),
      };
    });
  });
  return { currency, rows };
}
