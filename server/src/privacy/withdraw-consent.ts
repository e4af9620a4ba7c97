import { hashIdentifier, recordForgotten } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";
import { forget } from "./forget.ts";

/** Withdrawals that this process has taken and not yet worked off, by the moment of the withdrawal. */
const waiting = new WeakMap<Workspace, Map<string, Date>>();

/**
 * Takes the identifier of one browser or customer out of the events that it stands under; they stay in the totals, and what comes
 * later under it is stored without it. Ids that are linked to it keep what they have: a consent is given, and withdrawn, one by one.
 * Whoever withdraws while another withdrawal is being worked off is worked off with the next.
 * @returns when the rows are changed; that it was asked for is written down before
 */
export async function withdrawConsent(workspace: Workspace, id: string, at: Date): Promise<void> {
  const { warehouse } = workspace;
  const hash = await hashIdentifier(warehouse, id);
  if (hash === "0") return;
  await recordForgotten(warehouse, [hash], { reason: "withdrawn", state: "begun", at });
  const queue = waiting.get(workspace) ?? new Map<string, Date>();
  waiting.set(workspace, queue.set(hash, at));
  await workspace.inTurn("withdraw", async () => {
    const hashes = [...queue.keys()];
    const latest = [...queue.values()].reduce((a, b) => (a > b ? a : b), at);
    queue.clear();
    if (hashes.length > 0) await forget(workspace, { reason: "withdrawn", hashes, at: latest, identifier: null });
  });
}
