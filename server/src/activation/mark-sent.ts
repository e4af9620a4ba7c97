import { and, eq, inArray } from "drizzle-orm";
import type { SentThrough } from "../contract/index.ts";
import { type Actor, activations, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { requireProposal } from "./approved-proposals.ts";

interface Sending {
  readonly proposalId: string;
  readonly channels: readonly string[];
  readonly through: SentThrough;
}

/**
 * Notes that somebody has taken these channels' changes to their platforms. Only what is approved and not sent is marked: of two at once
 * one does.
 * @returns the channels that are marked now
 * @throws TRPCError where there is no such proposal; UserError where none of them waits to be sent
 */
export function markSent(
  { store, actor }: { readonly store: WorkspaceStore; readonly actor: Actor },
  { proposalId, channels, through }: Sending,
  now: Date,
): Promise<string[]> {
  return store.transaction(async (tx) => {
    await requireProposal(tx, proposalId);
    const waiting = and(
      ...[eq(activations.proposalId, proposalId), eq(activations.state, "approved")],
      inArray(activations.channel, [...channels]),
    )!;
    const change = { state: "sent" as const, sentAt: now, sentBy: actor.name, sentThrough: through };
    const sent = (await tx.update(activations, change, waiting)).map(({ channel }) => channel).sort();
    if (sent.length === 0)
      throw new UserError(
        `nothing of ${channels.join(", ")} waits to be sent: it was sent already, a later plan took its place, or it does not change`,
      );
    const subject = { kind: "proposal", id: proposalId };
    await tx.audit({ actor, action: "activation.send", subject, before: null, after: { channels: sent, through } });
    return sent;
  });
}
