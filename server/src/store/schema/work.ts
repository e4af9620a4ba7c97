import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type {
  DecidedSplit,
  DecidedWorth,
  Plan,
  Policies,
  ProposalOrigin,
  ProposalState,
  ProposeInput,
  Scope,
} from "../../contract/index.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });
const workspaceId = () => text("workspace_id").notNull();

/** Keys of machines: of the key itself only the SHA-256 is kept. */
export const serviceKeys = pgTable(
  "service_keys",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    hint: text("hint").notNull(),
    keyHash: text("key_hash").notNull().unique(),
    scopes: text("scopes").array().$type<Scope[]>().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("service_keys_of_workspace").on(table.workspaceId)],
);

/** What a workspace asks of its people; no row: the defaults. */
export const policies = pgTable("policies", {
  workspaceId: workspaceId().primaryKey(),
  policies: jsonb("policies").$type<Policies>().notNull(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** Limits under a name, and the plan that they gave when they were saved. */
export const scenarios = pgTable(
  "scenarios",
  {
    workspaceId: workspaceId(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    /** The name as it is told apart from others: without the case of its letters. */
    nameKey: text("name_key").notNull(),
    input: jsonb("input").$type<ProposeInput>().notNull(),
    plan: jsonb("plan").$type<Plan>().notNull(),
    run: text("run").notNull(),
    savedBy: text("saved_by").notNull(),
    savedAt: moment("saved_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex("scenarios_by_name").on(table.workspaceId, table.nameKey),
  ],
);

/** Plans that somebody put forward. The decision is written once, where the state still is `proposed`. */
export const proposals = pgTable(
  "proposals",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    note: text("note").notNull(),
    state: text("state").$type<ProposalState>().notNull(),
    input: jsonb("input").$type<ProposeInput>().notNull(),
    plan: jsonb("plan").$type<Plan>().notNull(),
    /** Money that changes its channel, per week. */
    movedPerWeek: doublePrecision("moved_per_week").notNull(),
    /** The policy's threshold when it was proposed; null: one person was enough. */
    secondPersonAbove: doublePrecision("second_person_above"),
    proposedBy: text("proposed_by").notNull(),
    proposerName: text("proposer_name").notNull(),
    proposedAt: moment("proposed_at").notNull(),
    decidedBy: text("decided_by"),
    deciderName: text("decider_name"),
    decidedAt: moment("decided_at"),
    remark: text("remark"),
    /** Who asked for it: a person, the weekly run, or the way back to an older plan. */
    origin: text("origin").$type<ProposalOrigin>().notNull().default("person"),
    /** The rebalancing run that it came from, or the proposal that a way back restores. */
    originId: text("origin_id"),
    /** Nobody can approve it after that; null: it waits as long as it takes. */
    expiresAt: moment("expires_at"),
    /** What whoever approved it changed of the recommended split, per period of the plan; null: nothing. */
    decidedSplit: jsonb("decided_split").$type<DecidedSplit>(),
    /** What that split is worth by the curves of the plan, frozen with the decision; null: as recommended, or nobody can tell. */
    decidedWorth: jsonb("decided_worth").$type<DecidedWorth>(),
  },
  (table) => [
    index("proposals_of_workspace").on(table.workspaceId, table.proposedAt),
    // One proposal a run, and one way back that waits.
    uniqueIndex("proposals_by_run").on(table.workspaceId, table.originId).where(sql`origin = 'rebalancing'`),
    uniqueIndex("proposals_waiting_way_back")
      .on(table.workspaceId, table.originId)
      .where(sql`origin = 'way-back' AND state = 'proposed'`),
  ],
);

/** A page with its days and choices under a name. */
export const savedViews = pgTable(
  "saved_views",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    /** The path inside the workspace, and what follows its question mark. */
    page: text("page").notNull(),
    search: text("search").notNull(),
    /** Others of the workspace see it too. */
    isShared: boolean("is_shared").notNull(),
    ownerId: text("owner_id").notNull(),
    ownerName: text("owner_name").notNull(),
    savedAt: moment("saved_at").notNull(),
  },
  (table) => [index("saved_views_of_workspace").on(table.workspaceId, table.ownerId)],
);

/** What people wrote beside days. */
export const annotations = pgTable(
  "annotations",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    /** Days of the workspace's zone, `YYYY-MM-DD`, both included. */
    fromDay: text("from_day").notNull(),
    toDay: text("to_day").notNull(),
    text: text("text").notNull(),
    writerId: text("writer_id").notNull(),
    writerName: text("writer_name").notNull(),
    writtenAt: moment("written_at").notNull(),
  },
  (table) => [index("annotations_of_workspace").on(table.workspaceId, table.fromDay)],
);

/** What a channel is meant to spend in a month, in the workspace's money. */
export const monthlyBudgets = pgTable(
  "monthly_budgets",
  {
    workspaceId: workspaceId(),
    /** `YYYY-MM` */
    month: text("month").notNull(),
    channel: text("channel").notNull(),
    /** A decimal, as it travels. */
    amount: text("amount").notNull(),
    setBy: text("set_by").notNull(),
    setAt: moment("set_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.month, table.channel] })],
);

/** Requests of visitors about their data, and their proof. */
export const privacyRequests = pgTable(
  "privacy_requests",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    kind: text("kind").$type<"access" | "erasure" | "withdrawal">().notNull(),
    print: text("print").notNull(),
    doneBy: text("done_by").notNull(),
    doneAt: moment("done_at").notNull(),
    isComplete: boolean("is_complete").notNull(),
    identifiers: integer("identifiers").notNull(),
    rows: jsonb("rows").$type<Record<string, number>>().notNull(),
    rowsLeft: bigint("rows_left", { mode: "number" }),
  },
  (table) => [index("privacy_requests_of_workspace").on(table.workspaceId, table.doneAt)],
);

/** What happened, one chain a workspace; rows can be added and nothing else. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    workspaceId: workspaceId(),
    seq: integer("seq").notNull(),
    /** The text that the hash is over: canonical JSON of everything else. */
    body: text("body").notNull(),
    action: text("action").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    at: moment("at").notNull(),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.seq] })],
);

/** The end of each chain: whoever adds an entry holds this row, so that two entries never take one place. */
export const auditHeads = pgTable("audit_heads", {
  workspaceId: workspaceId().primaryKey(),
  seq: integer("seq").notNull(),
  hash: text("hash").notNull(),
});

/** What was done once and for all with this store: data carried over from older folders. */
export const storeMarks = pgTable("store_marks", {
  name: text("name").primaryKey(),
  at: moment("at").notNull().defaultNow(),
});
