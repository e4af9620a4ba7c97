import { channelSpendByDay } from "@touchline/sql";
import { and, eq } from "drizzle-orm";
import { countDays, shiftDay, todayIn } from "../calendar-days.ts";
import { sumOf } from "../exact.ts";
import { type Actor, activations, type WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import { isConfirmed, LEAST_DAYS } from "./is-confirmed.ts";

const SPEND: Actor = { kind: "system", id: "activation", name: "imported spend", ip: null, userAgent: null };
/** What comes later is another plan's doing. */
const MOST_DAYS = 28;

type Sent = typeof activations.$inferSelect & { readonly sentAt: Date };

/**
 * Holds what was sent to the platforms against the spend that was imported since: a channel that spends what was asked of it is confirmed.
 * Worked out whenever somebody looks, and when a weekly run begins; the confirmation itself is written once.
 * @returns how many were confirmed now
 */
export async function confirmActivations(workspace: Workspace, store: WorkspaceStore, now: Date): Promise<number> {
  const sent = (await store.select(activations, eq(activations.state, "sent"))).filter(
    (row): row is Sent => row.sentAt !== null,
  );
  if (sent.length === 0) return 0;
  const { timeZone } = await workspace.settings();
  const yesterday = shiftDay(todayIn(timeZone, now), -1);
  const first = (row: Sent) => shiftDay(todayIn(timeZone, row.sentAt), 1);
  const from = sent.map(first).reduce((least, day) => (day < least ? day : least));
  const rows = from > yesterday ? [] : await workspace.warehouse.ask(channelSpendByDay, { from, to: yesterday });
  let confirmed = 0;
  for (const row of sent) if (await settle(store, row, seenSince(rows, row, first(row)), now)) confirmed++;
  return confirmed;
}

interface Seen {
  readonly days: number;
  /** A day. */
  readonly spend: number;
}

/**
 * Spend a day since the day after it was sent. A day is complete once a later one, or it itself, has spend of the channel; where nothing
 * is to be spent any more no row will come, and the days that other channels have spend on tell that they were imported.
 */
function seenSince(
  rows: readonly { channel: string; date: string; spend: string }[],
  { channel, toDaily }: Sent,
  from: string,
): Seen | null {
  const isIt = (row: { channel: string }) => row.channel === channel;
  const known = (Number(toDaily) === 0 ? rows : rows.filter(isIt)).map(({ date }) => date).sort();
  const last = known.at(-1);
  if (last === undefined || last < from) return null;
  const to = [last, shiftDay(from, MOST_DAYS - 1)].sort()[0]!;
  const own = rows.filter((row) => isIt(row) && row.date >= from && row.date <= to);
  const days = countDays(from, to);
  return { days, spend: Number(sumOf(own.map(({ spend }) => spend))) / days };
}

async function settle(store: WorkspaceStore, row: Sent, seen: Seen | null, now: Date): Promise<boolean> {
  if (seen === null) return false;
  const { proposalId, channel, fromDaily, toDaily } = row;
  const seenDaily = seen.spend.toFixed(2);
  const isSent = and(
    ...[eq(activations.proposalId, proposalId), eq(activations.channel, channel), eq(activations.state, "sent")],
  )!;
  const figures = { from: Number(fromDaily), to: Number(toDaily), seen: seen.spend };
  if (seen.days < LEAST_DAYS || !isConfirmed(figures)) {
    if (seenDaily !== row.seenDaily) await store.update(activations, { seenDaily }, isSent);
    return false;
  }
  return store.transaction(async (tx) => {
    const change = { state: "confirmed" as const, seenDaily, confirmedAt: now };
    if ((await tx.update(activations, change, isSent)).length === 0) return false;
    const subject = { kind: "proposal", id: proposalId };
    const after = { channel, fromDaily, toDaily, seenDaily, days: seen.days };
    await tx.audit({ actor: SPEND, action: "activation.confirm", subject, before: null, after });
    return true;
  });
}
