import {
  Activation,
  AskWayBack,
  ChangeCampaigns,
  ChangedCampaigns,
  OneActivation,
  SeenCampaigns,
  SentChannels,
  WentBack,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { changeCampaigns, confirmActivations, listCampaigns, markSent, showActivation } from "./index.ts";
import { goBack } from "./way-back/index.ts";

export const activationRouter = router({
  // Looking is what confirms: whoever opens the plan after an import sees what the import says.
  show: allowed("plans:read")
    .input(OneActivation)
    .output(Activation)
    .query(async ({ ctx, input }) => {
      await confirmActivations(ctx.workspace, ctx.store, new Date());
      return showActivation(ctx.store, input.proposalId);
    }),
  markSent: allowed("plans:activate")
    .input(SentChannels)
    .output(Activation)
    .mutation(async ({ ctx, input }) => {
      await markSent(ctx, input, new Date());
      return showActivation(ctx.store, input.proposalId);
    }),
  wayBack: allowed("plans:activate")
    .input(AskWayBack)
    .output(WentBack)
    .mutation(({ ctx, input }) => goBack(ctx, input, new Date())),
  campaigns: allowed("plans:read", "decisions")
    .output(SeenCampaigns)
    .query(({ ctx }) => listCampaigns(ctx.workspace, ctx.store, new Date())),
  changeCampaigns: allowed("plans:activate")
    .input(ChangeCampaigns)
    .output(ChangedCampaigns)
    .mutation(async ({ ctx, input }) => ({ changed: await changeCampaigns(ctx, input.campaigns, new Date()) })),
});
