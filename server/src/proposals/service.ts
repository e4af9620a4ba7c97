import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { and, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import { policiesOf } from "../accounts/index.ts";
import {
  type Proposal,
  type ProposalState,
  type ProposalSummary,
  ProposeInput,
  type ProposePlan,
} from "../contract/index.ts";
import { planToday } from "../planning/index.ts";
import { type Actor, proposals, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { describeProposal, type ProposalRow, type Reader, summariseProposal } from "./describe-proposal.ts";
import { movedPerWeek } from "./moved-per-week.ts";

/** Who asks, and on which workspace. */
export interface ProposalDesk {
  readonly store: WorkspaceStore;
  readonly member: Reader;
  readonly actor: Actor;
}

const MOST_SHOWN = 500;

/** The newest first. */
export async function listProposals(desk: Pick<ProposalDesk, "store" | "member">): Promise<ProposalSummary[]> {
  const { secondPersonAbove } = await policiesOf(desk.store);
  const rows = await desk.store.select(proposals, undefined, {
    orderBy: desc(proposals.proposedAt),
    limit: MOST_SHOWN,
  });
  return rows.flatMap((row) => {
    const proposal = describeProposal(row, secondPersonAbove, desk.member);
    return proposal === null ? [] : [summariseProposal(proposal)];
  });
}

export async function showProposal(desk: Pick<ProposalDesk, "store" | "member">, id: string): Promise<Proposal> {
  return shown(desk, await requireProposal(desk.store, id));
}

/**
 * Plans on today's curves and puts the plan forward, frozen: later data change nothing of it.
 * @throws UserError when the limits allow no plan
 */
export async function putForward(
  desk: ProposalDesk & { readonly workspace: Workspace },
  { name, note, input: given }: z.output<typeof ProposePlan>,
): Promise<Proposal> {
  const input = ProposeInput.parse(given);
  const { plan } = await planToday(desk.workspace, input);
  if (plan.status === "infeasible") {
    throw new UserError(
      "there is no plan within these limits, so there is nothing to propose: loosen one of them first",
    );
  }
  const { member, actor } = desk;
  const row = await desk.store.transaction(async (tx) => {
    const written = await tx.insert(proposals, {
      ...{ id: randomUUID(), name, note, input, plan, state: "proposed" },
      ...{ movedPerWeek: movedPerWeek(plan), secondPersonAbove: (await policiesOf(tx)).secondPersonAbove },
      ...{ proposedBy: member.id, proposerName: member.name, proposedAt: new Date() },
    });
    await tx.audit({
      actor,
      action: "proposals.propose",
      subject: subjectOf(written),
      before: null,
      after: factsOf(written),
    });
    return written;
  });
  return shown(desk, row);
}

/** @throws TRPCError when it takes another person, or was decided already */
export function approveProposal(desk: ProposalDesk, id: string, remark: string): Promise<Proposal> {
  return decide(
    desk,
    id,
    { state: "approved", action: "proposals.approve", remark },
    ({ whyNotApprove, movedPerWeek }) => {
      if (whyNotApprove === "role")
        throw forbidden("this plan moves so much money that finance, an admin or an owner has to approve it");
      if (whyNotApprove === "own")
        throw forbidden(
          `this plan moves ${movedPerWeek} a week, so somebody other than its proposer has to approve it: ask finance, an admin or an owner`,
        );
    },
  );
}

export function rejectProposal(desk: ProposalDesk, id: string, remark: string): Promise<Proposal> {
  return decide(desk, id, { state: "rejected", action: "proposals.reject", remark }, () => undefined);
}

/** @throws TRPCError when somebody else proposed it */
export function withdrawProposal(desk: ProposalDesk, id: string): Promise<Proposal> {
  return decide(desk, id, { state: "withdrawn", action: "proposals.withdraw", remark: "" }, ({ proposedBy }) => {
    if (proposedBy.id !== desk.member.id) throw forbidden("only whoever proposed a plan can withdraw it");
  });
}

interface Decision {
  readonly state: Exclude<ProposalState, "proposed">;
  readonly action: string;
  readonly remark: string;
}

/**
 * Writes a decision, once: the row is changed where it still waits, and its audit entry is there when the change is. Of two people at
 * once one finds it decided; a process that is killed has decided it or not.
 */
function decide(
  desk: ProposalDesk,
  id: string,
  { state, action, remark }: Decision,
  requireAllowed: (proposal: Proposal) => void,
): Promise<Proposal> {
  const { member, actor } = desk;
  return desk.store.transaction(async (store) => {
    const waiting = await requireProposal(store, id);
    if (waiting.state !== "proposed") throw alreadyDecided(waiting);
    requireAllowed(await shown({ store, member }, waiting));
    const [decided] = await store.update(
      proposals,
      { state, remark, decidedBy: member.id, deciderName: member.name, decidedAt: new Date() },
      and(eq(proposals.id, id), eq(proposals.state, "proposed"))!,
    );
    if (decided === undefined) throw alreadyDecided(await requireProposal(store, id));
    const [before, after] = [factsOf(waiting), { ...factsOf(decided), remark }];
    await store.audit({ actor, action, subject: subjectOf(decided), before, after });
    return shown({ store, member }, decided);
  });
}

async function shown({ store, member }: Pick<ProposalDesk, "store" | "member">, row: ProposalRow): Promise<Proposal> {
  const proposal = describeProposal(row, (await policiesOf(store)).secondPersonAbove, member);
  if (proposal === null)
    throw new UserError("this proposal was written by another version and cannot be shown by this one");
  return proposal;
}

async function requireProposal(store: WorkspaceStore, id: string): Promise<ProposalRow> {
  const [row] = await store.select(proposals, eq(proposals.id, id));
  if (row === undefined)
    throw new TRPCError({ code: "NOT_FOUND", message: "there is no such proposal in this workspace" });
  return row;
}

function subjectOf({ id }: ProposalRow) {
  return { kind: "proposal", id };
}

/** What the audit keeps of a proposal; the plan itself is frozen in its row. */
function factsOf({ name, state, movedPerWeek: moved, secondPersonAbove: above, plan }: ProposalRow) {
  const split = Object.fromEntries(plan.allocation.map(({ channel, recommended }) => [channel, recommended]));
  return {
    name,
    state,
    movedPerWeek: moved,
    secondPersonAbove: above,
    budget: plan.budget,
    period: plan.period,
    split,
  };
}

function alreadyDecided({ state, deciderName, decidedAt }: ProposalRow): TRPCError {
  const when = decidedAt === null ? "" : ` on ${decidedAt.toISOString().slice(0, 10)}`;
  return new TRPCError({
    code: "CONFLICT",
    message: `${deciderName ?? "somebody"} has ${state} this proposal already${when}`,
  });
}

function forbidden(message: string): TRPCError {
  return new TRPCError({ code: "FORBIDDEN", message });
}
