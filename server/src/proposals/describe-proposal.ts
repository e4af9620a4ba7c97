import { Plan, type Proposal, type ProposalSummary, ProposeInput, type Role } from "../contract/index.ts";
import type { proposals } from "../store/index.ts";
import { needsSecondPerson, whyNotApprove } from "./second-person.ts";

export type ProposalRow = typeof proposals.$inferSelect;

export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** A stored proposal as one reader sees it; null where another version wrote a plan that cannot be shown. */
export function describeProposal(row: ProposalRow, secondPersonAbove: number | null, reader: Reader): Proposal | null {
  const plan = Plan.safeParse(row.plan);
  const input = ProposeInput.safeParse(row.input);
  if (!plan.success || !input.success) return null;
  const { id, name, state, note, proposedBy, proposerName, proposedAt, movedPerWeek } = row;
  const isLarge = needsSecondPerson(movedPerWeek, { whenProposed: row.secondPersonAbove, now: secondPersonAbove });
  return {
    ...{ id, name, state, note, input: input.data, plan: plan.data },
    proposedBy: { id: proposedBy, name: proposerName },
    proposedAt: proposedAt.toISOString(),
    decision: decisionOf(row),
    movedPerWeek: movedPerWeek.toFixed(2),
    currency: plan.data.currency,
    period: plan.data.period,
    budget: plan.data.budget,
    expected: plan.data.expected,
    needsSecondPerson: isLarge,
    whyNotApprove: whyNotApprove({ state, proposedBy, needsSecondPerson: isLarge }, reader),
  };
}

export function summariseProposal({ input: _, plan: __, ...summary }: Proposal): ProposalSummary {
  return summary;
}

function decisionOf({ decidedBy, deciderName, decidedAt, remark }: ProposalRow): ProposalSummary["decision"] {
  if (decidedBy === null || decidedAt === null) return null;
  return { by: { id: decidedBy, name: deciderName ?? "" }, at: decidedAt.toISOString(), remark: remark ?? "" };
}
