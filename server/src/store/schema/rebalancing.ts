import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type {
  ActivationCampaign,
  ActivationState,
  CampaignSettings,
  DeliveryState,
  Plan,
  ProposeInput,
  RebalancingCheck,
  RebalancingRunState,
  RebalancingSettings,
  RebalancingStepRecord,
  RebalancingTrigger,
  WebhookEvent,
  WebhookFormat,
} from "../../contract/index.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });
const workspaceId = () => text("workspace_id").notNull();

/** When a workspace rebalances, inside which guard-rails and with whose approval; no row: the defaults. */
export const rebalancingSettings = pgTable("rebalancing_settings", {
  workspaceId: workspaceId().primaryKey(),
  settings: jsonb("settings").$type<RebalancingSettings>().notNull(),
  updatedBy: text("updated_by").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/** One row a period of a workspace, whoever started it: the unique index decides, on however many servers. */
export const rebalancingRuns = pgTable(
  "rebalancing_runs",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    /** The day that its period begins on, `YYYY-MM-DD`; a dry run's is its own id. */
    period: text("period").notNull(),
    isDry: boolean("is_dry").notNull(),
    trigger: text("trigger").$type<RebalancingTrigger>().notNull(),
    startedBy: text("started_by").notNull(),
    starterName: text("starter_name").notNull(),
    startedAt: moment("started_at").notNull(),
    endedAt: moment("ended_at"),
    state: text("state").$type<RebalancingRunState>().notNull(),
    /** One English sentence about how it ended. */
    outcome: text("outcome").notNull(),
    /** The process that works on it, and until when it has said that it lives. */
    holder: text("holder"),
    heldUntil: moment("held_until"),
    attempts: integer("attempts").notNull(),
    cancelledBy: text("cancelled_by"),
    /** The data as they were frozen, and the settings that the run goes by whatever changes meanwhile. */
    watermark: text("watermark"),
    settings: jsonb("settings").$type<RebalancingSettings>().notNull(),
    /** Every step, with what it found: where a killed run goes on from. */
    steps: jsonb("steps").$type<RebalancingStepRecord[]>().notNull(),
    checks: jsonb("checks").$type<RebalancingCheck[]>().notNull(),
    attributionRun: text("attribution_run"),
    /** The limits that it planned within, and what came out: kept where no proposal keeps it. */
    input: jsonb("input").$type<ProposeInput>(),
    plan: jsonb("plan").$type<Plan>(),
    proposalId: text("proposal_id"),
  },
  (table) => [
    uniqueIndex("rebalancing_runs_by_period").on(table.workspaceId, table.period),
    index("rebalancing_runs_of_workspace").on(table.workspaceId, table.startedAt),
  ],
);

/** What people said about a proposal. */
export const proposalComments = pgTable(
  "proposal_comments",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    proposalId: text("proposal_id").notNull(),
    text: text("text").notNull(),
    writerId: text("writer_id").notNull(),
    writerName: text("writer_name").notNull(),
    writtenAt: moment("written_at").notNull(),
  },
  (table) => [index("proposal_comments_of_proposal").on(table.workspaceId, table.proposalId)],
);

/** An approved proposal on its way to the ad platforms: one row a channel, written with the approval. */
export const activations = pgTable(
  "activations",
  {
    workspaceId: workspaceId(),
    proposalId: text("proposal_id").notNull(),
    channel: text("channel").notNull(),
    state: text("state").$type<ActivationState>().notNull(),
    /** Amounts of a day, as decimals, in the workspace's money. */
    fromDaily: text("from_daily").notNull(),
    toDaily: text("to_daily").notNull(),
    /** How the channel's move is split over its campaigns. */
    campaigns: jsonb("campaigns").$type<ActivationCampaign[]>().notNull(),
    approvedAt: moment("approved_at").notNull(),
    sentAt: moment("sent_at"),
    sentBy: text("sent_by"),
    /** By which door: a file, the webhook, by hand. */
    sentThrough: text("sent_through"),
    confirmedAt: moment("confirmed_at"),
    /** What the spend that was imported since then says, a day. */
    seenDaily: text("seen_daily"),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.proposalId, table.channel] })],
);

/** What is known of campaigns on their platforms and cannot be seen in the data. */
export const campaignSettings = pgTable(
  "campaign_settings",
  {
    workspaceId: workspaceId(),
    channel: text("channel").notNull(),
    campaign: text("campaign").notNull(),
    settings: jsonb("settings").$type<CampaignSettings>().notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.channel, table.campaign] })],
);

/** Addresses that are told what happens. */
export const webhooks = pgTable(
  "webhooks",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    url: text("url").notNull(),
    format: text("format").$type<WebhookFormat>().notNull(),
    events: text("events").array().$type<WebhookEvent[]>().notNull(),
    /** What bodies are signed with, sealed under the house's secret. */
    sealedSecret: text("sealed_secret").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    disabledAt: moment("disabled_at"),
  },
  (table) => [index("webhooks_of_workspace").on(table.workspaceId)],
);

/** What is to be told to somebody outside, written together with what it tells; its id is the idempotency key. */
export const deliveries = pgTable(
  "deliveries",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    kind: text("kind").$type<"webhook" | "mail">().notNull(),
    /** The webhook's id, or the address of the mail. */
    target: text("target").notNull(),
    event: text("event").$type<WebhookEvent>().notNull(),
    body: text("body").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    attempts: integer("attempts").notNull(),
    nextAt: moment("next_at").notNull(),
    /** The process that sends it now, and until when nobody else does. */
    heldUntil: moment("held_until"),
    lastError: text("last_error"),
    createdAt: moment("created_at").notNull(),
    doneAt: moment("done_at"),
  },
  (table) => [
    index("deliveries_of_workspace").on(table.workspaceId, table.createdAt),
    index("deliveries_waiting").on(table.state, table.nextAt),
  ],
);
