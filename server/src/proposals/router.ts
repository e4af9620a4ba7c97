import {
  CommentProposal,
  DecideProposal,
  OneProposal,
  Proposal,
  ProposalComment,
  ProposalList,
  ProposePlan,
  RejectProposal,
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
