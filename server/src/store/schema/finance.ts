import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { FinanceSettings, LedgerEntryKind, ReportSchedule } from "../../contract/index.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });
const workspaceId = () => text("workspace_id").notNull();

/** Account codes, cost of money and taxes that reports count with; no row: the defaults. */
export const financeSettings = pgTable("finance_settings", {
  workspaceId: workspaceId().primaryKey(),
  settings: jsonb("settings").$type<FinanceSettings>().notNull(),
  updatedBy: text("updated_by").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/** Months that finance has closed. The report is kept as the text that every file of it is written from. */
export const closedPeriods = pgTable(
  "closed_periods",
  {
    workspaceId: workspaceId(),
    /** `YYYY-MM`, and how often it was closed: a month that is opened again and closed again has two rows. */
    month: text("month").notNull(),
    version: integer("version").notNull(),
    closedBy: text("closed_by").notNull(),
    closerName: text("closer_name").notNull(),
    closedAt: moment("closed_at").notNull(),
    reopenedBy: text("reopened_by"),
    reopenerName: text("reopener_name"),
    reopenedAt: moment("reopened_at"),
    reopenReason: text("reopen_reason"),
    watermark: text("watermark").notNull(),
    run: text("run").notNull(),
    /** The whole report as JSON, and its SHA-256. */
    report: text("report").notNull(),
    print: text("print").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.month, table.version] })],
);

/** What was promised to somebody, and what they billed. */
export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    kind: text("kind").$type<LedgerEntryKind>().notNull(),
    month: text("month").notNull(),
    channel: text("channel").notNull(),
    /** A decimal in the workspace's money, net of tax. */
    amount: text("amount").notNull(),
    supplier: text("supplier").notNull(),
    reference: text("reference").notNull(),
    note: text("note").notNull(),
    writtenBy: text("written_by").notNull(),
    writtenAt: moment("written_at").notNull(),
  },
  (table) => [index("ledger_entries_of_workspace").on(table.workspaceId, table.month)],
);

/** Reports that are sent by mail. `lastPeriod` is written where a mail is queued: one mail a period, however many servers. */
export const reportSchedules = pgTable(
  "report_schedules",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    schedule: jsonb("schedule").$type<ReportSchedule>().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    lastPeriod: text("last_period"),
  },
  (table) => [index("report_schedules_of_workspace").on(table.workspaceId)],
);
