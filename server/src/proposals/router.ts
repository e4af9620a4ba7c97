import {
  CommentProposal,
  DecideProposal,
  OneProposal,
  Proposal,
  ProposalComment,
  ProposalList,
  ProposePlan,
  RejectProposal,
  WeighAmounts,
  WeighedAmounts,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { listComments, writeComment } from "./comments.ts";
import {
  approveProposal,
  listProposals,
  putForward,
  rejectProposal,
  showProposal,
  withdrawProposal,
} from "./service.ts";
import { weighAsked } from "./weigh-amounts.ts";

export const proposalsRouter = router({
  list: allowed("plans:read")
    .output(ProposalList)
    .query(({ ctx }) => listProposals(ctx)),
  show: allowed("plans:read")
    .input(OneProposal)
    .output(Proposal)
    .query(({ ctx, input }) => showProposal(ctx, input.id)),
  propose: allowed("plans:propose")
    .input(ProposePlan)
    .output(Proposal)
    .mutation(({ ctx, input }) => putForward(ctx, input)),
  approve: allowed("plans:approve")
    .input(DecideProposal)
    .output(Proposal)
    .mutation(({ ctx, input }) => approveProposal(ctx, input)),
  weigh: allowed("plans:read")
    .input(WeighAmounts)
    .output(WeighedAmounts)
    .query(({ ctx, input }) => weighAsked(ctx, input)),
  reject: allowed("plans:approve")
    .input(RejectProposal)
    .output(Proposal)
    .mutation(({ ctx, input }) => rejectProposal(ctx, input.id, input.remark)),
  withdraw: allowed("plans:propose")
    .input(OneProposal)
    .output(Proposal)
    .mutation(({ ctx, input }) => withdrawProposal(ctx, input.id)),
  comments: allowed("plans:read")
    .input(OneProposal)
    .output(ProposalComment.array())
    .query(({ ctx, input }) => listComments(ctx.store, input.id)),
  comment: allowed("plans:comment")
    .input(CommentProposal)
    .output(ProposalComment)
    .mutation(({ ctx, input }) => writeComment(ctx, input, new Date())),
});
