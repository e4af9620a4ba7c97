import { CopyMonth, MonthBudgets, PacingInput, PacingMonth, SetBudgets } from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { copyMonth, setBudgets } from "./budgets.ts";
import { fetchPacing } from "./pacing.ts";

export const pacingRouter = router({
  show: allowed("results:read", "decisions")
    .input(PacingInput)
    .output(PacingMonth)
    .query(({ ctx, input }) => fetchPacing(ctx, input)),
  setBudgets: allowed("budgets:change")
    .input(SetBudgets)
    .output(MonthBudgets)
    .mutation(({ ctx, input }) => setBudgets(ctx, input)),
  copyMonth: allowed("budgets:change")
    .input(CopyMonth)
    .output(MonthBudgets)
    .mutation(({ ctx, input }) => copyMonth(ctx, input)),
});
