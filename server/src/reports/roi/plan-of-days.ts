import type { DateRange, LedgerEntryKind } from "../../contract/index.ts";
import { planOfMonth } from "../../pacing/index.ts";
import type { WorkspaceStore } from "../../store/index.ts";
import { listEntries } from "../ledger/entries.ts";
import { daysWithin, monthsOf } from "./compared-range.ts";
import { daysShare } from "./share-out.ts";

/** What was planned, promised or billed for a channel in the days of a range that lie in a month. */
export interface PlannedRow {
  readonly kind: "budget" | LedgerEntryKind;
  readonly month: string;
  readonly channel: string;
  readonly amount: string;
}

/** A month that lies partly in the range counts with the share of its days. */
export async function readPlanned(store: WorkspaceStore, range: DateRange): Promise<PlannedRow[]> {
  const months = monthsOf(range);
  const [entries, ...plans] = await Promise.all([
    listEntries(store, { from: months[0]!, to: months.at(-1)! }),
    ...months.map(async (month) => ({ month, plan: await planOfMonth(store, month) })),
  ]);
  const rows: PlannedRow[] = [
    ...plans.flatMap(({ month, plan }) =>
      [...plan.amounts].map(([channel, amount]) => ({ kind: "budget" as const, month, channel, amount })),
    ),
    ...entries.map(({ kind, month, channel, amount }) => ({ kind, month, channel, amount })),
  ];
  return rows.map((row) => {
    const { days, all } = daysWithin(row.month, range);
    return days === all ? row : { ...row, amount: daysShare(row.amount, days, all) };
  });
}
