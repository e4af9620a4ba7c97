import { Plan, type Proposal, type ProposalSummary, ProposeInput, type Role } from "../contract/index.ts";
import type { proposals } from "../store/index.ts";
import { decidedPlan, withDecided } from "./decided-split.ts";
import { movedPerWeek } from "./moved-per-week.ts";
import { needsSecondPerson, whyNotApprove } from "./second-person.ts";

export type ProposalRow = typeof proposals.$inferSelect;

export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** What a proposal is seen by, and when. */
export interface Sight {
  readonly reader: Reader;
  /** The policy's threshold of today. */
  readonly secondPersonAbove: number | null;
  readonly comments: number;
  readonly now: Date;
}

/** A stored proposal as one reader sees it; null where another version wrote a plan that cannot be shown. */
export function describeProposal(row: ProposalRow, sight: Sight): Proposal | null {
  const plan = Plan.safeParse(row.plan);
  const input = ProposeInput.safeParse(row.input);
  if (!plan.success || !input.success) return null;
  const { id, name, state, note, proposedBy, proposerName, proposedAt, decidedSplit, decidedWorth } = row;
  const decided = decidedSplit === null ? null : decidedPlan(plan.data, decidedSplit, decidedWorth);
  const moved = decidedSplit === null ? row.movedPerWeek : movedPerWeek(withDecided(plan.data, decidedSplit));
  return {
    ...{ id, name, state, note, input: input.data, plan: plan.data },
    proposedBy: { id: proposedBy, name: proposerName },
    proposedAt: proposedAt.toISOString(),
    decision: decisionOf(row),
    movedPerWeek: moved.toFixed(2),
    currency: plan.data.currency,
    period: plan.data.period,
    budget: plan.data.budget,
    expected: (decided ?? plan.data).expected,
    ...{ decidedPlan: decided, broken: decidedWorth?.broken ?? [] },
    needsSecondPerson: isLarge(row, sight.secondPersonAbove),
    ...{ origin: row.origin, originId: row.originId, expiresAt: row.expiresAt?.toISOString() ?? null },
    ...{ decidedSplit, comments: sight.comments },
    whyNotApprove: whyNotApproveStored(row, sight),
  };
}

/** Why this reader cannot approve a stored proposal as it is recommended; null: they can. */
export function whyNotApproveStored(
  row: ProposalRow,
  { reader, secondPersonAbove, now }: Pick<Sight, "reader" | "secondPersonAbove" | "now">,
): ProposalSummary["whyNotApprove"] {
  const { state, proposedBy, expiresAt } = row;
  const waiting = { state, proposedBy, expiresAt, needsSecondPerson: isLarge(row, secondPersonAbove) };
  return whyNotApprove(waiting, reader, now);
}

function isLarge({ plan, decidedSplit, ...row }: ProposalRow, now: number | null): boolean {
  const moved = decidedSplit === null ? row.movedPerWeek : movedPerWeek(withDecided(plan, decidedSplit));
  return needsSecondPerson(moved, { whenProposed: row.secondPersonAbove, now });
}

export function summariseProposal({
  input: _,
  plan: __,
  decidedPlan: ___,
  broken: ____,
  ...summary
}: Proposal): ProposalSummary {
  return summary;
}

function decisionOf({ decidedBy, deciderName, decidedAt, remark }: ProposalRow): ProposalSummary["decision"] {
  if (decidedBy === null || decidedAt === null) return null;
  return { by: { id: decidedBy, name: deciderName ?? "" }, at: decidedAt.toISOString(), remark: remark ?? "" };
}
