import { and, eq, gt, isNull, or } from "drizzle-orm";
import { policiesOf } from "../accounts/index.ts";
import { type PreparedActivation, prepareActivation, writeActivation } from "../activation/index.ts";
import type { DecidedSplit, DecidedWorth, ProposalSummary } from "../contract/index.ts";
import { tell } from "../notifications/index.ts";
import { type Actor, proposals, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { withDecided } from "./decided-split.ts";
import { type ProposalRow, type Reader, whyNotApproveStored } from "./describe-proposal.ts";
import { expireOverdue } from "./expire.ts";
import { movedPerWeek } from "./moved-per-week.ts";
import { approvedNotice } from "./notices.ts";
import { factsOf, subjectOf } from "./proposal-facts.ts";
import { alreadyDecided, forbidden, requireProposal } from "./require-proposal.ts";
import { needsSecondPerson } from "./second-person.ts";
import { requireAllowed, weighAmounts } from "./weigh-amounts.ts";

/** Who decides. */
export interface Approver {
  readonly member: Reader;
  readonly actor: Actor;
}

interface Approval {
  readonly remark: string;
  /** Amounts in place of the recommended ones. */
  readonly split: DecidedSplit | null;
  /** What those are worth; null where none is changed, or nobody can tell. */
  readonly worth: DecidedWorth | null;
  readonly prepared: PreparedActivation;
  readonly now: Date;
}

/**
 * Approves a plan, as it is or with other amounts, and writes what is to be done about it. What asks the data comes before the
 * transaction; who may is asked before that, and once more inside it.
 * @throws TRPCError when it takes another person, or was decided already; UserError for amounts that the plan's limits do not allow
 */
export async function approve(
  { workspace, store, ...approver }: Approver & { readonly store: WorkspaceStore; readonly workspace: Workspace },
  { id, remark, split = [], despiteLimits }: Decision,
  now: Date,
): Promise<ProposalRow> {
  await expireOverdue(store, now);
  const row = await requireProposal(store, id);
  const changes = await requireApproval(store, approver, row, { remark, split, now });
  const worth = changes === null ? null : await weighAmounts({ workspace, store }, row, changes);
  if (!despiteLimits) requireKept(worth);
  const prepared = await prepareActivation(workspace, row.plan, changes, row, now);
  return store.transaction((tx) => approveWithin(tx, approver, id, { remark, split: changes, worth, prepared, now }));
}

interface Decision {
  readonly id: string;
  readonly remark: string;
  readonly split?: DecidedSplit | undefined;
  /** Limits on what the plan brings give way to whoever may approve it and says why; those of the guard-rails never do. */
  readonly despiteLimits: boolean;
}

function requireKept(worth: DecidedWorth | null): void {
  if (worth === null || worth.broken.length === 0) return;
  const texts = worth.broken.map(({ text }) => `${text[0]!.toUpperCase()}${text.slice(1)}.`);
  throw new UserError(`${texts.join(" ")} Or approve despite that: your remark is kept in the audit beside it`);
}

/** The same inside a transaction of the caller's, who has prepared what is to be done. */
export async function approveWithin(
  tx: WorkspaceStore,
  approver: Approver,
  id: string,
  { remark, split, worth, prepared, now }: Approval,
): Promise<ProposalRow> {
  const row = await requireProposal(tx, id);
  const decidedSplit = await requireApproval(tx, approver, row, { remark, split: split ?? [], now });
  const { member, actor } = approver;
  const decided = { decidedSplit, decidedWorth: decidedSplit === null ? null : worth };
  const approved = await writeApproval(tx, row, { by: member, actor, remark, ...decided, prepared, now });
  await tell(tx, approvedNotice(approved, member));
  return approved;
}

/**
 * Approves what the weekly job has put forward where its policy allows that: at most so much moved a week, and never what takes a second
 * person, whichever of the two is stricter.
 * @param applyUpTo of a week; null: somebody is always asked
 * @returns whether it is approved now
 */
export async function approveByPolicy(
  tx: WorkspaceStore,
  row: ProposalRow,
  { applyUpTo, prepared, now }: { applyUpTo: number | null; prepared: PreparedActivation; now: Date },
): Promise<boolean> {
  const { movedPerWeek: moved, secondPersonAbove: whenProposed } = row;
  const isLarge = needsSecondPerson(moved, { whenProposed, now: (await policiesOf(tx)).secondPersonAbove });
  if (applyUpTo === null || moved > applyUpTo || isLarge) return false;
  const by = { id: row.proposedBy, name: row.proposerName };
  const actor: Actor = { kind: "system", ...by, ip: null, userAgent: null };
  await writeApproval(tx, row, { by, actor, remark: "", decidedSplit: null, decidedWorth: null, prepared, now });
  return true;
}

/** Why somebody cannot approve a plan as it is recommended; null: they can. */
export async function whyNotApproveRow(
  store: WorkspaceStore,
  row: ProposalRow,
  reader: Reader,
  now: Date,
): Promise<ProposalSummary["whyNotApprove"]> {
  return whyNotApproveStored(row, { reader, secondPersonAbove: (await policiesOf(store)).secondPersonAbove, now });
}

/** @returns the amounts that are changed; null for none */
async function requireApproval(
  store: WorkspaceStore,
  { member }: Approver,
  row: ProposalRow,
  { remark, split, now }: { remark: string; split: DecidedSplit; now: Date },
): Promise<DecidedSplit | null> {
  if (row.state !== "proposed") throw alreadyDecided(row);
  const changes = await requireAllowed(store, row, split);
  if (changes !== null && remark === "")
    throw new UserError("you change what was recommended: say why, whoever looks back on this plan reads it");
  const { secondPersonAbove } = await policiesOf(store);
  const decided = { ...row, decidedSplit: changes };
  const why = whyNotApproveStored(decided, { reader: member, secondPersonAbove, now });
  if (why === "expired") throw alreadyDecided({ ...row, state: "expired" });
  if (why === "role")
    throw forbidden("this plan moves so much money that finance, an admin or an owner has to approve it");
  if (why === "own") {
    const moved = changes === null ? row.movedPerWeek : movedPerWeek(withDecided(row.plan, changes));
    throw forbidden(
      `this plan moves ${moved.toFixed(2)} a week, so somebody other than its proposer has to approve it: ask finance, an admin or an owner`,
    );
  }
  return changes;
}

interface WrittenApproval {
  readonly by: { readonly id: string; readonly name: string };
  readonly actor: Actor;
  readonly remark: string;
  readonly decidedSplit: DecidedSplit | null;
  readonly decidedWorth: DecidedWorth | null;
  readonly prepared: PreparedActivation;
  readonly now: Date;
}

/**
 * The row is changed where it still waits, and its audit entry and its activation are there when the change is. Of two people at once one
 * finds it decided; a process that is killed has decided it or not.
 */
async function writeApproval(
  tx: WorkspaceStore,
  row: ProposalRow,
  { by, actor, remark, decidedSplit, decidedWorth, prepared, now }: WrittenApproval,
): Promise<ProposalRow> {
  const stillWaits = and(
    eq(proposals.id, row.id),
    eq(proposals.state, "proposed"),
    or(isNull(proposals.expiresAt), gt(proposals.expiresAt, now)),
  )!;
  const decision = { decidedBy: by.id, deciderName: by.name, decidedAt: now, remark, decidedSplit, decidedWorth };
  const [approved] = await tx.update(proposals, { state: "approved", ...decision }, stillWaits);
  if (approved === undefined) throw alreadyDecided(await requireProposal(tx, row.id));
  const [before, after] = [factsOf(row), { ...factsOf(approved), remark }];
  await tx.audit({ actor, action: "proposals.approve", subject: subjectOf(approved), before, after });
  await writeActivation(tx, row.id, prepared, now);
  return approved;
}
