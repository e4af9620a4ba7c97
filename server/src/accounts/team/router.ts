import { ById, ChangeRole, Done, Invite, RemoveMember, Team } from "../../contract/index.ts";
import { allowed, router } from "../../trpc.ts";
import { invite, listInvitations, withdrawInvitation } from "./invitations.ts";
import { changeRole, listMembers, removeMember } from "./members.ts";

export const teamRouter = router({
  members: allowed("members:read")
    .output(Team)
    .query(async ({ ctx: { store } }) => ({
      members: await listMembers(store),
      invitations: await listInvitations(store),
    })),
  invite: allowed("members:change")
    .input(Invite)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { url, sendMail } = ctx.accounts;
      await invite({ store: ctx.store, actor: ctx.actor, url, sendMail }, input);
      return {};
    }),
  withdrawInvitation: allowed("members:change")
    .input(ById)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await withdrawInvitation(ctx, input.id);
      return {};
    }),
  changeRole: allowed("members:change")
    .input(ChangeRole)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await changeRole(ctx, input);
      return {};
    }),
  remove: allowed("members:change")
    .input(RemoveMember)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await removeMember(ctx, input.userId);
      return {};
    }),
  // One's own membership, whatever the role.
  leave: allowed("results:read")
    .output(Done)
    .mutation(async ({ ctx }) => {
      await removeMember(ctx, ctx.member.id);
      return {};
    }),
});
