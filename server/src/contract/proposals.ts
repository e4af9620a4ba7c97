import { z } from "zod";
import { PlanLimit, ProposeInput } from "./plan-limits.ts";
import { Plan } from "./planning.ts";
import { DecimalString } from "./scalars.ts";

/** expired: nobody decided in time. superseded: a later run has put another one forward. */
export const ProposalState = z.enum(["proposed", "approved", "rejected", "withdrawn", "expired", "superseded"]);
export type ProposalState = z.infer<typeof ProposalState>;

/** Who asked for it: a person, the weekly run, or somebody who wants an older plan back. */
export const ProposalOrigin = z.enum(["person", "rebalancing", "way-back"]);
export type ProposalOrigin = z.infer<typeof ProposalOrigin>;

/** What an approver changed: amounts by channel, per period of the plan. Channels that are not named stay as recommended. */
export const DecidedSplit = z
  .array(z.object({ channel: z.string().min(1).max(200), amount: DecimalString.regex(/^\d{1,12}(\.\d{1,2})?$/) }))
  .max(200)
  .refine((rows) => new Set(rows.map(({ channel }) => channel)).size === rows.length, "a channel stands there twice");
export type DecidedSplit = z.infer<typeof DecidedSplit>;

/** A limit of the plan that changed amounts do not keep. */
export const BrokenLimit = z.object({
  limit: PlanLimit,
  /** What the amounts come to, in what the limit counts; null: they bring nothing that could be counted. */
  actual: z.number().nullable(),
  /** The same as an English sentence, with what to do. */
  text: z.string(),
});
export type BrokenLimit = z.infer<typeof BrokenLimit>;

/** What changed amounts are worth, by the curves that the plan stands on. */
export const DecidedWorth = z.object({
  expected: Plan.shape.expected,
  channels: z.array(
    z.object({ channel: z.string(), revenue: z.number().nullable(), marginalRoas: z.number().nullable() }),
  ),
  broken: z.array(BrokenLimit),
});
export type DecidedWorth = z.infer<typeof DecidedWorth>;

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
  /** Of the amounts that were approved, where somebody changed them. */
  expected: Plan.shape.expected,
  /** Whether it takes somebody other than the proposer, as the policy was when it was proposed or is now, whichever asks more. */
  needsSecondPerson: z.boolean(),
  origin: ProposalOrigin,
  /** The rebalancing run that it came from, or the proposal that a way back restores. */
  originId: z.string().nullable(),
  expiresAt: z.string().nullable(),
  /** What the approver changed of the recommendation; null: nothing. */
  decidedSplit: DecidedSplit.nullable(),
  comments: z.number(),
  /** Why this reader cannot approve it; null: they can. */
  whyNotApprove: z.enum(["role", "own", "decided", "expired"]).nullable(),
});
export type ProposalSummary = z.infer<typeof ProposalSummary>;
export const ProposalList = z.array(ProposalSummary);

/** The plan is frozen: later data changes nothing of it. */
export const Proposal = ProposalSummary.extend({
  input: ProposeInput,
  plan: Plan,
  /** The plan with the amounts that were approved in place of the recommended ones; null: none was changed. */
  decidedPlan: Plan.nullable(),
  /** Limits that it was approved despite. */
  broken: z.array(BrokenLimit),
});
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
/** `split`: approve with these amounts in place of the recommended ones; a reason is asked for then. */
export const DecideProposal = OneProposal.extend({
  remark: Remark,
  split: DecidedSplit.optional(),
  /** Approve although these amounts break limits on what the plan brings; the reason is kept in the audit beside them. */
  despiteLimits: z.boolean().default(false),
});
/** Amounts that somebody thinks of; `WeighedAmounts` says what they are worth, null where nobody can tell. */
export const WeighAmounts = OneProposal.extend({ split: DecidedSplit });
export const WeighedAmounts = DecidedWorth.nullable();
export const RejectProposal = OneProposal.extend({
  remark: Remark.refine((text) => text !== "", "say why: the proposer reads it"),
});

export const ProposalComment = z.object({ id: z.string(), by: Person, at: z.string(), text: z.string() });
export type ProposalComment = z.infer<typeof ProposalComment>;
export const CommentProposal = OneProposal.extend({
  text: Remark.refine((text) => text !== "", "a comment needs a text"),
});
