import { z } from "zod";

/** What a breakdown is by, and what it is narrowed to. A campaign may be called "", so that whether there is one is said apart. */
export const BreakdownScope = z.object({
  level: z.enum(["channel", "campaign", "creative", "attribute"]),
  inChannel: z.boolean(),
  channelName: z.string(),
  inCampaign: z.boolean(),
  campaignName: z.string(),
});

/** SQL for what a row is named by, under names that no source has; an attribute stands across channels. */
export const ROW_NAMES = `if({level:String} = 'attribute', '', toString(channel)) AS row_channel,
        if({level:String} IN ('campaign', 'creative'), toString(campaign), '') AS row_campaign`;

export const IN_BREAKDOWN =
  "(NOT {inChannel:Bool} OR channel = {channelName:String}) AND (NOT {inCampaign:Bool} OR campaign = {campaignName:String})";
