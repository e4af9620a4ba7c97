import { z } from "zod";
import { DecimalString } from "./scalars.ts";

/** confirmed: the spend that was imported since then says so. returned: a later plan or a way back took its place. */
export const ActivationState = z.enum(["approved", "sent", "confirmed", "returned"]);
export type ActivationState = z.infer<typeof ActivationState>;

/** One campaign's part in a channel's move. Amounts are of a day, as decimals. */
export const ActivationCampaign = z.object({
  campaign: z.string(),
  from: DecimalString,
  to: DecimalString,
  /** budget: its daily budget is changed. target: a bid strategy spends it, so a target is suggested. left: it stays, with the reason. */
  action: z.enum(["budget", "target", "left"]),
  /** A target of CPA or ROAS that would bring about the change; null for budgets. */
  target: z.object({ kind: z.enum(["cpa", "roas"]), from: z.number().nullable(), to: z.number() }).nullable(),
  /** at-most: it stops at what one plan may change it by. */
  reason: z.enum([
    "marginal",
    "minimum",
    "at-most",
    "step",
    "learning",
    "shared-budget",
    "bid-strategy",
    "no-curve",
    "unchanged",
  ]),
  /** `reason` as an English sentence with its numbers. */
  text: z.string(),
  /** The budget that it shares with others: that one is changed, by what its members change together; empty: none. */
  sharedBudget: z.string(),
});
export type ActivationCampaign = z.infer<typeof ActivationCampaign>;

/** What is known of a campaign on its platform and cannot be seen in the data. */
export const CampaignSettings = z.object({
  channel: z.string().min(1).max(200),
  campaign: z.string().min(1).max(500),
  /** The platform's own id: bulk sheets find the campaign by it. */
  platformId: z.string().max(64).default(""),
  platform: z.enum(["google-ads", "meta", "microsoft-ads", "other"]).default("other"),
  /** none: a daily budget decides. */
  bidStrategy: z.enum(["none", "target-cpa", "target-roas"]).default("none"),
  target: z.number().positive().nullable().default(null),
  /** Campaigns that share a budget have its name. */
  sharedBudget: z.string().max(200).default(""),
  minimumDaily: z.number().min(0).nullable().default(null),
  /** Budgets are whole multiples of it. */
  step: z.number().positive().nullable().default(null),
  /** No change before this day: it learns. `YYYY-MM-DD` */
  learningUntil: z.iso.date().nullable().default(null),
  /** What its account counts in, ISO 4217; empty: the workspace's money. */
  currency: z
    .string()
    .regex(/^([A-Z]{3})?$/, "a currency has three capital letters, such as EUR")
    .default(""),
});
export type CampaignSettings = z.output<typeof CampaignSettings>;

export const ActivationFormat = z.enum(["google-ads-editor", "meta-bulk", "microsoft-bulk", "csv", "json"]);
export type ActivationFormat = z.infer<typeof ActivationFormat>;

export const ChannelActivation = z.object({
  channel: z.string(),
  state: ActivationState,
  fromDaily: DecimalString,
  toDaily: DecimalString,
  campaigns: z.array(ActivationCampaign),
  approvedAt: z.string(),
  sentAt: z.string().nullable(),
  sentBy: z.string().nullable(),
  sentThrough: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  /** What was spent a day since it was sent; null while nothing was imported. */
  seenDaily: DecimalString.nullable(),
  /** Of the change, a day: what no campaign could take. */
  unplaced: DecimalString,
});
export type ChannelActivation = z.infer<typeof ChannelActivation>;

/** Why a campaign whose budget changes is not in a platform's file. */
export const LeftOutReason = z.enum(["target", "shared-budget", "no-id", "currency", "unsafe-name", "no-budget"]);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

/** A file of an approved plan, before it is downloaded: `GET /export/WORKSPACE/activation/PROPOSAL/FORMAT`. */
export const ActivationFile = z.object({
  format: ActivationFormat,
  campaigns: z.number(),
  leftOut: z.array(z.object({ channel: z.string(), campaign: z.string(), reason: LeftOutReason, text: z.string() })),
});
export type ActivationFile = z.infer<typeof ActivationFile>;

/** Whether what was spent before a plan can be asked back. taken: it was already, by the proposal that waits or was approved. */
export const WayBack = z.enum(["possible", "not-approved", "later-plan", "nothing-moved", "taken"]);
export type WayBack = z.infer<typeof WayBack>;

export const Activation = z.object({
  proposalId: z.string(),
  name: z.string(),
  currency: z.string(),
  channels: z.array(ChannelActivation),
  /** The plan that stood before this one; null for the first. A way back restores what was spent before this plan either way. */
  previous: z.object({ proposalId: z.string(), name: z.string() }).nullable(),
  wayBack: WayBack,
  files: z.array(ActivationFile),
});
export type Activation = z.infer<typeof Activation>;

const ProposalId = z.string().min(1).max(64);
export const OneActivation = z.object({ proposalId: ProposalId });
/** By which door the changes went to the platform. */
export const SentThrough = z.enum(["file", "webhook", "hand"]);
export type SentThrough = z.infer<typeof SentThrough>;
export const SentChannels = OneActivation.extend({
  channels: z.array(z.string()).min(1).max(200),
  through: SentThrough.default("hand"),
});

export const AskWayBack = OneActivation.extend({
  remark: z.string().trim().max(1_000).default(""),
});
/** The proposal of what was spent before: approved at once, or waiting for somebody else. */
export const WentBack = z.object({ proposalId: z.string(), isApproved: z.boolean() });
export type WentBack = z.infer<typeof WentBack>;

/** A campaign as the data show it, with what is known of it on its platform; null: nothing was entered. */
export const SeenCampaign = z.object({
  channel: z.string(),
  campaign: z.string(),
  /** A day, over the last 28 days with spend. */
  dailySpend: DecimalString,
  settings: CampaignSettings.nullable(),
});
export type SeenCampaign = z.infer<typeof SeenCampaign>;
export const SeenCampaigns = z.object({ currency: z.string(), campaigns: z.array(SeenCampaign) });
export type SeenCampaigns = z.infer<typeof SeenCampaigns>;

export const ChangeCampaigns = z.object({
  campaigns: z
    .array(CampaignSettings)
    .min(1)
    .max(5_000)
    .refine(
      (rows) => new Set(rows.map(({ channel, campaign }) => JSON.stringify([channel, campaign]))).size === rows.length,
      "a campaign stands there twice",
    ),
});
export const ChangedCampaigns = z.object({ changed: z.number() });
