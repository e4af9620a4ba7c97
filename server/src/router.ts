import { compareModels, qualityRouter, runsRouter } from "./attribution/index.ts";
import {
  CompareModels,
  DiscardOutcome,
  Freshness,
  HealthReport,
  ImportsInput,
  ImportsPage,
  JourneyFlow,
  JourneyFlowInput,
  JourneyLengths,
  JourneyPaths,
  JourneyPathsInput,
  JourneyPositions,
  JourneyPositionsInput,
  JourneySelection,
  JourneySummary,
  ModelComparison,
  Overview,
  OverviewInput,
  ReceivedByDay,
  RefusedInput,
  RefusedPage,
  RefusedReasons,
  RefusedReasonsInput,
  RefusedSelection,
  ReplayOutcome,
  WorkspaceStatus,
} from "./contract/index.ts";
import { experimentsRouter } from "./experiments/index.ts";
import {
  fetchFreshness,
  fetchHealth,
  fetchImports,
  fetchReceivedByDay,
  fetchRefused,
  fetchRefusedReasons,
  selectRefused,
} from "./health/index.ts";
import {
  fetchJourneyFlow,
  fetchJourneyLengths,
  fetchJourneyPaths,
  fetchJourneyPositions,
  fetchJourneySummary,
} from "./journeys/index.ts";
import { fetchOverview, fetchWorkspaceStatus } from "./performance/index.ts";
import { planningRouter } from "./planning/index.ts";
import { discardRejected, replayRejected } from "./rejected/index.ts";
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
  journeys: router({
    summary: procedure
      .input(JourneySelection)
      .output(JourneySummary)
      .query(({ ctx, input }) => fetchJourneySummary(ctx.workspace, input)),
    paths: procedure
      .input(JourneyPathsInput)
      .output(JourneyPaths)
      .query(({ ctx, input }) => fetchJourneyPaths(ctx.workspace, input)),
    lengths: procedure
      .input(JourneySelection)
      .output(JourneyLengths)
      .query(({ ctx, input }) => fetchJourneyLengths(ctx.workspace, input)),
    positions: procedure
      .input(JourneyPositionsInput)
      .output(JourneyPositions)
      .query(({ ctx, input }) => fetchJourneyPositions(ctx.workspace, input)),
    flow: procedure
      .input(JourneyFlowInput)
      .output(JourneyFlow)
      .query(({ ctx, input }) => fetchJourneyFlow(ctx.workspace, input)),
  }),
  quality: qualityRouter,
  runs: runsRouter,
  planning: planningRouter,
  experiments: experimentsRouter,
  data: router({
    health: procedure.output(HealthReport).query(({ ctx }) => fetchHealth(ctx.workspace)),
    freshness: procedure.output(Freshness).query(({ ctx }) => fetchFreshness(ctx.workspace)),
    receivedByDay: procedure.output(ReceivedByDay).query(({ ctx }) => fetchReceivedByDay(ctx.workspace)),
    imports: procedure
      .input(ImportsInput)
      .output(ImportsPage)
      .query(({ ctx, input }) => fetchImports(ctx.workspace, input)),
    rejected: procedure
      .input(RefusedInput)
      .output(RefusedPage)
      .query(({ ctx, input }) => fetchRefused(ctx.workspace, input)),
    rejectedReasons: procedure
      .input(RefusedReasonsInput)
      .output(RefusedReasons)
      .query(({ ctx, input }) => fetchRefusedReasons(ctx.workspace, input)),
    replay: procedure
      .input(RefusedSelection)
      .output(ReplayOutcome)
      .mutation(({ ctx, input }) => replayRejected(ctx.workspace, selectRefused(input), ctx)),
    discard: procedure
      .input(RefusedSelection)
      .output(DiscardOutcome)
      .mutation(async ({ ctx, input }) => ({ discarded: await discardRejected(ctx.workspace, selectRefused(input)) })),
  }),
});

export type AppRouter = typeof appRouter;
