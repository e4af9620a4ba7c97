import { keysRouter } from "./accounts/keys/router.ts";
import { policiesRouter } from "./accounts/policies/router.ts";
import { accountRouter } from "./accounts/router.ts";
import { teamRouter } from "./accounts/team/router.ts";
import { activationRouter } from "./activation/router.ts";
import { annotationsRouter } from "./annotations/router.ts";
import { compareModels, qualityRouter, runsRouter } from "./attribution/index.ts";
import { auditRouter } from "./audit/router.ts";
import { channelsRouter } from "./channels/router.ts";
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
import { guideRouter } from "./guide/router.ts";
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
import { mappingRouter } from "./mapping/router.ts";
import { notificationsRouter } from "./notifications/router.ts";
import { pacingRouter } from "./pacing/router.ts";
import { fetchWorkspaceStatus, performanceRouter } from "./performance/index.ts";
import { planningRouter } from "./planning/index.ts";
import { portfolioRouter } from "./portfolio/router.ts";
import { privacyRouter } from "./privacy/router.ts";
import { proposalsRouter } from "./proposals/index.ts";
import { rebalancingRouter } from "./rebalancing/router.ts";
import { discardRejected, replayRejected } from "./rejected/index.ts";
import { reportsRouter } from "./reports/router.ts";
import { searchRouter } from "./search/router.ts";
import { settingsRouter } from "./settings/router.ts";
import { todayRouter } from "./today/router.ts";
import { acting, allowed, router } from "./trpc.ts";
import { viewsRouter } from "./views/router.ts";

export const appRouter = router({
  account: accountRouter,
  team: teamRouter,
  keys: keysRouter,
  policies: policiesRouter,
  proposals: proposalsRouter,
  rebalancing: rebalancingRouter,
  activation: activationRouter,
  notifications: notificationsRouter,
  reports: reportsRouter,
  privacy: privacyRouter,
  audit: auditRouter,
  views: viewsRouter,
  annotations: annotationsRouter,
  today: todayRouter,
  pacing: pacingRouter,
  portfolio: portfolioRouter,
  mapping: mappingRouter,
  channels: channelsRouter,
  settings: settingsRouter,
  search: searchRouter,
  guide: guideRouter,
  workspace: router({
    status: allowed("results:read", "data")
      .output(WorkspaceStatus)
      .query(({ ctx }) => fetchWorkspaceStatus(ctx.workspace)),
  }),
  performance: performanceRouter,
  attribution: router({
    compare: allowed("results:read", "results")
      .input(CompareModels)
      .output(ModelComparison)
      .query(({ ctx, input }) => compareModels(ctx.workspace, input)),
  }),
  journeys: router({
    summary: allowed("results:read", "results")
      .input(JourneySelection)
      .output(JourneySummary)
      .query(({ ctx, input }) => fetchJourneySummary(ctx.workspace, input)),
    paths: allowed("results:read", "results")
      .input(JourneyPathsInput)
      .output(JourneyPaths)
      .query(({ ctx, input }) => fetchJourneyPaths(ctx.workspace, input)),
    lengths: allowed("results:read", "results")
      .input(JourneySelection)
      .output(JourneyLengths)
      .query(({ ctx, input }) => fetchJourneyLengths(ctx.workspace, input)),
    positions: allowed("results:read", "results")
      .input(JourneyPositionsInput)
      .output(JourneyPositions)
      .query(({ ctx, input }) => fetchJourneyPositions(ctx.workspace, input)),
    flow: allowed("results:read", "results")
      .input(JourneyFlowInput)
      .output(JourneyFlow)
      .query(({ ctx, input }) => fetchJourneyFlow(ctx.workspace, input)),
  }),
  quality: qualityRouter,
  runs: runsRouter,
  planning: planningRouter,
  experiments: experimentsRouter,
  data: router({
    health: allowed("data:read", "data")
      .output(HealthReport)
      .query(({ ctx }) => fetchHealth(ctx.workspace)),
    freshness: allowed("data:read", "data")
      .output(Freshness)
      .query(({ ctx }) => fetchFreshness(ctx.workspace)),
    receivedByDay: allowed("data:read", "data")
      .output(ReceivedByDay)
      .query(({ ctx }) => fetchReceivedByDay(ctx.workspace)),
    imports: allowed("data:read", "data")
      .input(ImportsInput)
      .output(ImportsPage)
      .query(({ ctx, input }) => fetchImports(ctx.workspace, input)),
    rejected: allowed("rejected:read")
      .input(RefusedInput)
      .output(RefusedPage)
      .query(({ ctx, input }) => fetchRefused(ctx.workspace, input)),
    rejectedReasons: allowed("data:read", "data")
      .input(RefusedReasonsInput)
      .output(RefusedReasons)
      .query(({ ctx, input }) => fetchRefusedReasons(ctx.workspace, input)),
    replay: acting("rejected:change", "rejected.replay", "rejected-rows")
      .input(RefusedSelection)
      .output(ReplayOutcome)
      .mutation(({ ctx, input }) => replayRejected(ctx.workspace, selectRefused(input), ctx)),
    discard: acting("rejected:change", "rejected.discard", "rejected-rows")
      .input(RefusedSelection)
      .output(DiscardOutcome)
      .mutation(async ({ ctx, input }) => ({ discarded: await discardRejected(ctx.workspace, selectRefused(input)) })),
  }),
});

export type AppRouter = typeof appRouter;
