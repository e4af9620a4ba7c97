import { and, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import { policiesOf } from "../accounts/index.ts";
import {
  type DecideProposal,
  type Proposal,
  type ProposalSummary,
  ProposeInput,
  type ProposePlan,
} from "../contract/index.ts";
import { tell } from "../notifications/index.ts";
import { planToday } from "../planning/index.ts";
import { type Actor, proposalComments, proposals, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { approve } from "./approve.ts";
import { describeProposal, type ProposalRow, type Reader, summariseProposal } from "./describe-proposal.ts";
import { expireOverdue } from "./expire.ts";
import { rejectedNotice } from "./notices.ts";
import { factsOf, subjectOf } from "./proposal-facts.ts";
import { putForwardPlan } from "./put-forward-plan.ts";
import { alreadyDecided, forbidden, requireProposal } from "./require-proposal.ts";

/** Who asks, and on which workspace. */
export interface ProposalDesk {
  readonly store: WorkspaceStore;
  readonly member: Reader;
  readonly actor: Actor;
}

type ReadingDesk = Pick<ProposalDesk, "store" | "member">;
type PlanningDesk = ProposalDesk & { readonly workspace: Workspace };

const MOST_SHOWN = 500;

/** The newest first. */
export async function listProposals(desk: ReadingDesk, now = new Date()): Promise<ProposalSummary[]> {
  const { store, member } = desk;
  await expireOverdue(store, now);
  const [{ secondPersonAbove }, rows, comments] = await Promise.all([
    policiesOf(store),
    store.select(proposals, undefined, { orderBy: desc(proposals.proposedAt), limit: MOST_SHOWN }),
    store.countBy(proposalComments, proposalComments.proposalId),
  ]);
  return rows.flatMap((row) => {
    const sight = { reader: member, secondPersonAbove, comments: comments.get(row.id) ?? 0, now };
    const proposal = describeProposal(row, sight);
    return proposal === null ? [] : [summariseProposal(proposal)];
  });
}

export async function showProposal(desk: ReadingDesk, id: string, now = new Date()): Promise<Proposal> {
  await expireOverdue(desk.store, now);
  return shown(desk, await requireProposal(desk.store, id), now);
}

/**
 * Plans on today's curves and puts the plan forward, frozen: later data change nothing of it.
 * @throws UserError when the limits allow no plan
 */
export async function putForward(
  desk: PlanningDesk,
  { name, note, input: given }: z.output<typeof ProposePlan>,
  now = new Date(),
): Promise<Proposal> {
  const input = ProposeInput.parse(given);
  const { plan } = await planToday(desk.workspace, input);
  if (plan.status === "infeasible") {
    throw new UserError(
      "there is no plan within these limits, so there is nothing to propose: loosen one of them first",
    );
  }
  const { member, actor } = desk;
  const origin = { origin: "person", originId: null, expireAfterDays: null } as const;
  const row = await desk.store.transaction((tx) =>
    putForwardPlan(tx, { ...origin, name, note, input, plan, now, actor, proposerName: member.name }),
  );
  return shown(desk, row, now);
}

/** @throws TRPCError when it takes another person, or was decided already; UserError for amounts that break the plan's limits */
export async function approveProposal(
  desk: PlanningDesk,
  decision: z.output<typeof DecideProposal>,
  now = new Date(),
): Promise<Proposal> {
  return shown(desk, await approve(desk, decision, now), now);
}

export function rejectProposal(desk: ProposalDesk, id: string, remark: string, now = new Date()): Promise<Proposal> {
  return endProposal(desk, id, { state: "rejected", action: "proposals.reject", remark, now });
}

/** @throws TRPCError when somebody else proposed it */
export function withdrawProposal(desk: ProposalDesk, id: string, now = new Date()): Promise<Proposal> {
  return endProposal(desk, id, { state: "withdrawn", action: "proposals.withdraw", remark: "", now });
}

interface Ending {
  readonly state: "rejected" | "withdrawn";
  readonly action: string;
  readonly remark: string;
  readonly now: Date;
}

/** Ends a proposal without a plan, once: as an approval, it is written where the row still waits, together with its audit entry. */
async function endProposal(desk: ProposalDesk, id: string, { state, action, remark, now }: Ending): Promise<Proposal> {
  const { member, actor } = desk;
  await expireOverdue(desk.store, now);
  return desk.store.transaction(async (tx) => {
    const waiting = await requireProposal(tx, id);
    if (waiting.state !== "proposed") throw alreadyDecided(waiting);
    if (state === "withdrawn" && waiting.proposedBy !== member.id)
      throw forbidden("only whoever proposed a plan can withdraw it");
    const decision = { decidedBy: member.id, deciderName: member.name, decidedAt: now, remark };
    const stillWaits = and(eq(proposals.id, id), eq(proposals.state, "proposed"))!;
    const [ended] = await tx.update(proposals, { state, ...decision }, stillWaits);
    if (ended === undefined) throw alreadyDecided(await requireProposal(tx, id));
    const [before, after] = [factsOf(waiting), { ...factsOf(ended), remark }];
    await tx.audit({ actor, action, subject: subjectOf(ended), before, after });
    if (state === "rejected") await tell(tx, rejectedNotice(ended, member));
    return shown({ store: tx, member }, ended, now);
  });
}

async function shown({ store, member }: ReadingDesk, row: ProposalRow, now: Date): Promise<Proposal> {
  const { secondPersonAbove } = await policiesOf(store);
  const comments = await store.count(proposalComments, eq(proposalComments.proposalId, row.id));
  const proposal = describeProposal(row, { reader: member, secondPersonAbove, comments, now });
  if (proposal === null)
    throw new UserError("this proposal was written by another version and cannot be shown by this one");
  return proposal;
}
