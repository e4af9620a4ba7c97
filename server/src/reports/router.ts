import { z } from "zod";
import {
  ClosedMonths,
  ClosedPeriod,
  FinanceSettings,
  KeptSchedule,
  LedgerEntry,
  MonthSpan,
  NewLedgerEntry,
  OneLedgerEntry,
  OneMonth,
  OneSchedule,
  PlanActual,
  ReopenMonth,
  ReportSchedule,
  RoiReport,
  RoiReportInput,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { closedMonths, closedReport, closeMonth, reopenMonth } from "./closing/index.ts";
import { addEntries, changeFinance, listEntries, planActual, readFinance, removeEntry } from "./ledger/index.ts";
import { addSchedule, listSchedules, removeSchedule, sendNow } from "./mail/index.ts";
import { buildRoiReport } from "./roi/index.ts";

export const reportsRouter = router({
  roi: allowed("results:read", "decisions")
    .input(RoiReportInput)
    .output(RoiReport)
    .query(({ ctx, input }) => buildRoiReport(ctx.workspace, ctx.store, input, new Date())),
  months: allowed("results:read", "decisions")
    .output(ClosedMonths)
    .query(({ ctx }) => closedMonths(ctx.workspace, ctx.store, new Date())),
  closed: allowed("results:read")
    .input(OneMonth)
    .output(RoiReport)
    .query(({ ctx, input }) => closedReport(ctx.store, input.month)),
  close: allowed("reports:close")
    .input(OneMonth)
    .output(ClosedPeriod)
    .mutation(({ ctx, input }) => closeMonth(ctx, input.month, new Date())),
  reopen: allowed("reports:reopen")
    .input(ReopenMonth)
    .output(ClosedPeriod)
    .mutation(({ ctx, input }) => reopenMonth(ctx, input, new Date())),
  finance: allowed("results:read")
    .output(FinanceSettings)
    .query(({ ctx }) => readFinance(ctx.store)),
  changeFinance: allowed("reports:change")
    .input(FinanceSettings)
    .output(FinanceSettings)
    .mutation(({ ctx, input }) => changeFinance(ctx, input, new Date())),
  ledger: allowed("results:read")
    .input(MonthSpan)
    .output(LedgerEntry.array())
    .query(({ ctx, input }) => listEntries(ctx.store, input)),
  addEntry: allowed("reports:change")
    .input(NewLedgerEntry)
    .output(LedgerEntry.array())
    .mutation(({ ctx, input }) => addEntries(ctx, [input], new Date())),
  removeEntry: allowed("reports:change")
    .input(OneLedgerEntry)
    .output(LedgerEntry)
    .mutation(({ ctx, input }) => removeEntry(ctx, input.id)),
  planActual: allowed("results:read", "decisions")
    .input(MonthSpan)
    .output(PlanActual)
    .query(({ ctx, input }) => planActual(ctx.workspace, ctx.store, input)),
  schedules: allowed("results:read")
    .output(KeptSchedule.array())
    .query(({ ctx }) => listSchedules(ctx.store)),
  addSchedule: allowed("reports:change")
    .input(ReportSchedule)
    .output(KeptSchedule)
    .mutation(({ ctx, input }) => addSchedule(ctx, input, new Date())),
  removeSchedule: allowed("reports:change")
    .input(OneSchedule)
    .output(KeptSchedule.array())
    .mutation(({ ctx, input }) => removeSchedule(ctx, input.id)),
  sendNow: allowed("reports:change")
    .input(OneSchedule)
    .output(z.object({ recipients: z.number() }))
    .mutation(({ ctx, input }) => sendNow(ctx, input.id, new Date())),
});
