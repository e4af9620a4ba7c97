import { ChannelRulesInput, ChannelRulesPage, RulesTrial } from "../contract/index.ts";
import { acting, allowed, router } from "../trpc.ts";
import { readChannelRules, resetChannelRules, saveChannelRules, tryChannelRules } from "./channel-rules.ts";

export const channelsRouter = router({
  read: allowed("data:read", "data")
    .output(ChannelRulesPage)
    .query(({ ctx }) => readChannelRules(ctx.workspace)),
  // Not a query: rules are longer than an address may be.
  try: allowed("data:read")
    .input(ChannelRulesInput)
    .output(RulesTrial)
    .mutation(({ ctx, input }) => tryChannelRules(ctx.workspace, input.rules)),
  save: acting("settings:change", "settings.change-channel-rules", "workspace")
    .input(ChannelRulesInput)
    .output(ChannelRulesPage)
    .mutation(({ ctx, input }) => saveChannelRules(ctx.workspace, input.rules)),
  reset: acting("settings:change", "settings.reset-channel-rules", "workspace")
    .output(ChannelRulesPage)
    .mutation(({ ctx }) => resetChannelRules(ctx.workspace)),
});
