import { z } from "zod";
import { ProposeInput } from "./plan-limits.ts";
import { Plan } from "./planning.ts";
import { DecimalString } from "./scalars.ts";

export const ProposalState = z.enum(["proposed", "approved", "rejected", "withdrawn"]);
export type ProposalState = z.infer<typeof ProposalState>;

/** Somebody's sentence beside a decision. */
const Remark = z
  .string()
  .trim()
  .max(1_000, "at most 1,000 characters")
  .refine((text) => !text.includes("\0"), "a character in it cannot be kept");

const Person = z.object({ id: z.string(), name: z.string() });

/** A plan that somebody puts forward, and what became of it. */
export const ProposalSummary = z.object({
  id: z.string(),
  name: z.string(),
  state: ProposalState,
  proposedBy: Person,
  proposedAt: z.string(),
  note: z.string(),
  decision: z.object({ by: Person, at: z.string(), remark: z.string() }).nullable(),
  /** Money that changes its channel, per week. */
  movedPerWeek: DecimalString,
  currency: z.string(),
  /** Of the budget and of what is expected. */
  period: Plan.shape.period,
  budget: DecimalString,
  expected: Plan.shape.expected,
  /** Whether it takes somebody other than the proposer, as the policy was when it was proposed or is now, whichever asks more. */
  needsSecondPerson: z.boolean(),
  /** Why this reader cannot approve it; null: they can. */
  whyNotApprove: z.enum(["role", "own", "decided"]).nullable(),
});
export type ProposalSummary = z.infer<typeof ProposalSummary>;
export const ProposalList = z.array(ProposalSummary);

/** The plan is frozen: later data changes nothing of it. */
export const Proposal = ProposalSummary.extend({ input: ProposeInput, plan: Plan });
export type Proposal = z.infer<typeof Proposal>;

export const ProposePlan = z.object({
  name: z
    .string()
    .trim()
    .min(1, "a proposal needs a name")
    .max(80, "a name has at most 80 characters")
    .regex(/^\P{Cc}*$/u, "a name has no line breaks"),
  note: Remark,
  input: ProposeInput,
});

const ProposalId = z.string().min(1).max(64);
export const OneProposal = z.object({ id: ProposalId });
export const DecideProposal = OneProposal.extend({ remark: Remark });
export const RejectProposal = OneProposal.extend({
  remark: Remark.refine((text) => text !== "", "say why: the proposer reads it"),
});
