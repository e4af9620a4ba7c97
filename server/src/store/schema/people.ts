import { boolean, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Role } from "../../contract/index.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** People who may sign in. Column names are those that the sign-in library expects of its models. */
export const users = pgTable("users", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
  twoFactorEnabled: boolean("two_factor_enabled").default(false),
});

export type SessionFactors = "password" | "password-and-code" | "single-sign-on";

/** A browser in which somebody is signed in. `token` is the SHA-256 of what its cookie says. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    expiresAt: moment("expires_at").notNull(),
    token: text("token").notNull().unique(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    /** By what it was opened. */
    factors: text("factors").$type<SessionFactors>().notNull().default("password"),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (table) => [index("sessions_of_user").on(table.userId)],
);

/** How somebody proves who they are: a password (its hash), or an account at a single sign-on. */
export const credentials = pgTable(
  "credentials",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [index("credentials_of_user").on(table.userId)],
);

/** What waits for an answer: the second step of a sign-in, the way back from a single sign-on. */
export const verifications = pgTable(
  "verifications",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [index("verifications_by_identifier").on(table.identifier)],
);

/** The secret of an app for codes, encrypted, and spare codes. */
export const secondFactors = pgTable(
  "second_factors",
  {
    id: text("id").primaryKey(),
    secret: text("secret").notNull(),
    backupCodes: text("backup_codes").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    verified: boolean("verified").default(true),
    failedVerificationCount: integer("failed_verification_count").default(0),
    lockedUntil: moment("locked_until"),
  },
  (table) => [index("second_factors_of_user").on(table.userId)],
);

export const workspaces = pgTable("workspaces", {
  id: text("id").primaryKey(),
  createdAt: moment("created_at").notNull().defaultNow(),
});

/** Who belongs where, and as what. */
export const memberships = pgTable(
  "memberships",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").$type<Role>().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index("memberships_of_user").on(table.userId),
  ],
);

export type LinkKind = "welcome" | "invitation" | "reset";

/** Links that work once. `workspaceId` is empty where they belong to none; of the token only the SHA-256 is kept. */
export const oneTimeLinks = pgTable(
  "one_time_links",
  {
    id: text("id").primaryKey(),
    kind: text("kind").$type<LinkKind>().notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    workspaceId: text("workspace_id").notNull().default(""),
    email: text("email"),
    role: text("role").$type<Role>(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    /** When it was used or withdrawn. */
    endedAt: moment("ended_at"),
  },
  (table) => [index("one_time_links_of_workspace").on(table.workspaceId)],
);

/** Codes of apps that were used: each works once. Of a code only a keyed hash is kept, as long as it would be valid. */
export const usedCodes = pgTable("used_codes", {
  print: text("print").primaryKey(),
  expiresAt: moment("expires_at").notNull(),
});

/** Wrong passwords and codes, by what was guessed at and from where: what slows guessing down. */
export const signInFailures = pgTable("sign_in_failures", {
  /** Keyed hash of an account, or of an account and an address. */
  bucket: text("bucket").primaryKey(),
  failures: integer("failures").notNull(),
  /** Until when the failures count. */
  expiresAt: moment("expires_at").notNull(),
});
