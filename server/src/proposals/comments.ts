import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { ProposalComment } from "../contract/index.ts";
import { tell } from "../notifications/index.ts";
import { type Actor, proposalComments, type WorkspaceStore } from "../store/index.ts";
import type { ProposalRow, Reader } from "./describe-proposal.ts";
import { commentNotice } from "./notices.ts";
import { subjectOf } from "./proposal-facts.ts";
import { requireProposal } from "./require-proposal.ts";

type CommentRow = typeof proposalComments.$inferSelect;

const inOrder = [asc(proposalComments.writtenAt), asc(proposalComments.id)];

/** The oldest first. */
export async function listComments(store: WorkspaceStore, id: string): Promise<ProposalComment[]> {
  await requireProposal(store, id);
  return (await commentsOn(store, id)).map(describeComment);
}

export function writeComment(
  { store, member, actor }: { store: WorkspaceStore; member: Reader; actor: Actor },
  { id, text }: { id: string; text: string },
  now: Date,
): Promise<ProposalComment> {
  return store.transaction(async (tx) => {
    const proposal = await requireProposal(tx, id);
    const earlier = await commentsOn(tx, id);
    const row = await tx.insert(proposalComments, {
      ...{ id: randomUUID(), proposalId: id, text, writtenAt: now, writerId: member.id, writerName: member.name },
    });
    await tx.audit({ actor, action: "proposals.comment", subject: subjectOf(proposal), after: { text } });
    await tell(tx, commentNotice(proposal, row, peopleOf(proposal, earlier)));
    return describeComment(row);
  });
}

function commentsOn(store: WorkspaceStore, id: string): Promise<CommentRow[]> {
  return store.select(proposalComments, eq(proposalComments.proposalId, id), { orderBy: inOrder });
}

/** Who has a part in it. Whoever is no member, as the weekly job, gets no mail. */
function peopleOf({ proposedBy, decidedBy }: ProposalRow, earlier: readonly CommentRow[]): string[] {
  const people = [proposedBy, decidedBy, ...earlier.map(({ writerId }) => writerId)];
  return [...new Set(people.filter((id) => id !== null))];
}

function describeComment({ id, writerId, writerName, writtenAt, text }: CommentRow): ProposalComment {
  return { id, by: { id: writerId, name: writerName }, at: writtenAt.toISOString(), text };
}
