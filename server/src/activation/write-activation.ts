import { and, eq, inArray, ne } from "drizzle-orm";
import { tell } from "../notifications/index.ts";
import { activations, proposals, type WorkspaceStore } from "../store/index.ts";
import type { PreparedActivation } from "./prepared-activation.ts";

/**
 * Writes the activation of an approved proposal, once; those of earlier plans that are not confirmed yet are returned: this plan stands on
 * its own figures, and whoever still had the older ones in hand must not send them. Machines are told here, in the transaction of the
 * approval, with every amount: what they do about it is theirs, so telling them marks nothing as sent.
 */
export async function writeActivation(
  tx: WorkspaceStore,
  proposalId: string,
  { channels }: PreparedActivation,
  now: Date,
): Promise<void> {
  const isOpen = and(ne(activations.proposalId, proposalId), inArray(activations.state, ["approved", "sent"]))!;
  await tx.update(activations, { state: "returned" }, isOpen);
  let written = 0;
  for (const { channel, fromDaily, toDaily, campaigns } of channels) {
    const amounts = { fromDaily, toDaily, campaigns: [...campaigns] };
    const row = { proposalId, channel, state: "approved" as const, ...amounts, approvedAt: now };
    if ((await tx.insertOnce(activations, row)) !== null) written++;
  }
  if (written === 0) return;
  const [proposal] = await tx.select(proposals, eq(proposals.id, proposalId));
  const name = proposal?.name ?? proposalId;
  const currency = proposal?.plan.currency ?? "";
  const facts = { proposalId, name, currency, approvedAt: now.toISOString(), channels };
  const notice = {
    event: "plan.activated" as const,
    title: `"${name}" is ready to be done on the ad platforms`,
    text: `${channels.length === 1 ? "The budget of one channel changes" : `The budgets of ${channels.length} channels change`}. Files for the platforms are with the plan.`,
    path: `/rebalancing?id=${encodeURIComponent(proposalId)}`,
    facts,
    mailTo: null,
  };
  await tell(tx, notice, now);
}
