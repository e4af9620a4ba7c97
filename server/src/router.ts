import { compareModels } from "./attribution/index.ts";
import {
  CompareModels,
  Curves,
  ModelComparison,
  Overview,
  OverviewInput,
  Plan,
  ProposeInput,
  WorkspaceStatus,
} from "./contract/index.ts";
import { fetchOverview, fetchWorkspaceStatus } from "./performance/index.ts";
import { fetchCurves, proposePlan } from "./planning/index.ts";
import { procedure, router } from "./trpc.ts";

export const appRouter = router({
  workspace: router({
    status: procedure.output(WorkspaceStatus).query(({ ctx }) => fetchWorkspaceStatus(ctx.workspace)),
  }),
  performance: router({
    overview: procedure
      .input(OverviewInput)
      .output(Overview)
      .query(({ ctx, input }) => fetchOverview(ctx.workspace, input)),
  }),
  attribution: router({
    compare: procedure
      .input(CompareModels)
      .output(ModelComparison)
      .query(({ ctx, input }) => compareModels(ctx.workspace, input)),
  }),
  planning: router({
    curves: procedure.output(Curves).query(({ ctx }) => fetchCurves(ctx.workspace)),
    propose: procedure
      .input(ProposeInput)
      .output(Plan)
      .query(({ ctx, input }) => proposePlan(ctx.workspace, input)),
  }),
});

export type AppRouter = typeof appRouter;
