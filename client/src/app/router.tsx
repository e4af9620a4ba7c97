import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { type AttributionSearch, parseAttributionSearch } from "../pages/attribution/attribution-search.ts";
import { type CampaignsSearch, parseCampaignsSearch } from "../pages/campaigns/campaigns-search.ts";
import { type CurvesSearch, parseCurvesSearch } from "../pages/curves/curves-search.ts";
import { type JourneysSearch, parseJourneysSearch } from "../pages/journeys/filters.ts";
import { type MappingSearch, parseMappingSearch } from "../pages/mapping/mapping-search.ts";
import { type PacingSearch, parsePacingSearch } from "../pages/pacing/pacing-search.ts";
import { type PerformanceSearch, parsePerformanceSearch } from "../pages/performance/performance-search.ts";
import { type PlannerSearch, parsePlannerSearch } from "../pages/planner/planner-search.ts";
import { type PortfolioSearch, parsePortfolioSearch } from "../pages/portfolio/portfolio-search.ts";
import { parseRebalancingSearch, type RebalancingSearch } from "../pages/rebalancing/rebalancing-search.ts";
import { parseReportsSearch, type ReportsSearch } from "../pages/reports/reports-search.ts";
import { CrashPage } from "./CrashPage.tsx";
import { Frame } from "./Frame.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { PAGE_CHUNKS } from "./page-chunks.ts";
import { type PageSearch, parsePageSearch, SHARED_SEARCH } from "./search.ts";

const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundPage,
  validateSearch: (search: Record<string, unknown>): PageSearch => parsePageSearch(search),
  // Links between pages keep the days and the choices.
  search: { middlewares: [retainSearchParams<PageSearch>([...SHARED_SEARCH])] },
});

const todayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: lazyRouteComponent(PAGE_CHUNKS["/"], "TodayPage"),
});

const performanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/performance",
  validateSearch: (search: Record<string, unknown>): PerformanceSearch => parsePerformanceSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/performance"], "PerformancePage"),
});

const pacingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/pacing",
  validateSearch: (search: Record<string, unknown>): PacingSearch => parsePacingSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/pacing"], "PacingPage"),
});

const portfolioRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/portfolio",
  validateSearch: (search: Record<string, unknown>): PortfolioSearch => parsePortfolioSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/portfolio"], "PortfolioPage"),
});

const attributionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/attribution",
  validateSearch: (search: Record<string, unknown>): AttributionSearch => parseAttributionSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/attribution"], "AttributionPage"),
});

const qualityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/attribution/quality",
  component: lazyRouteComponent(PAGE_CHUNKS["/attribution/quality"], "QualityPage"),
});

const journeysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/journeys",
  validateSearch: (search: Record<string, unknown>): JourneysSearch => parseJourneysSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/journeys"], "JourneysPage"),
});

const curvesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/curves",
  validateSearch: (search: Record<string, unknown>): CurvesSearch => parseCurvesSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/curves"], "CurvesPage"),
});

const plannerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/planner",
  validateSearch: (search: Record<string, unknown>): PlannerSearch => parsePlannerSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/planner"], "PlannerPage"),
});

const experimentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tests",
  component: lazyRouteComponent(PAGE_CHUNKS["/tests"], "ExperimentsPage"),
});

const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data",
  component: lazyRouteComponent(PAGE_CHUNKS["/data"], "DataPage"),
});

const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data/import",
  validateSearch: (search: Record<string, unknown>): MappingSearch => parseMappingSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/data/import"], "ImportFilePage"),
});

const channelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data/channels",
  component: lazyRouteComponent(PAGE_CHUNKS["/data/channels"], "ChannelRulesPage"),
});

const rebalancingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/rebalancing",
  validateSearch: (search: Record<string, unknown>): RebalancingSearch => parseRebalancingSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/rebalancing"], "RebalancingPage"),
});

const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reports",
  validateSearch: (search: Record<string, unknown>): ReportsSearch => parseReportsSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/reports"], "ReportsPage"),
});

/** Where proposals stood before: links in mails and notes keep leading to them. */
const proposalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/proposals",
  validateSearch: (search: Record<string, unknown>): RebalancingSearch => parseRebalancingSearch(search),
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/rebalancing", search, replace: true });
  },
});

const viewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/view/$id",
  component: lazyRouteComponent(PAGE_CHUNKS["/view"], "ViewPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account",
  component: lazyRouteComponent(PAGE_CHUNKS["/account"], "AccountPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings"], "SettingsLayout"),
});

const settingsStartRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings"], "SettingsStart"),
});
const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/team",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/team"], "TeamPage"),
});
const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/keys",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/keys"], "KeysPage"),
});
const rulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/rules",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/rules"], "RulesPage"),
});
const dataSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/data",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/data"], "DataSettingsPage"),
});
const rebalancingSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/rebalancing",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/rebalancing"], "RebalancingSettingsPage"),
});
const campaignsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/campaigns",
  validateSearch: (search: Record<string, unknown>): CampaignsSearch => parseCampaignsSearch(search),
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/campaigns"], "CampaignsPage"),
});
const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/audit",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/audit"], "AuditPage"),
});
const privacyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/privacy",
  component: lazyRouteComponent(PAGE_CHUNKS["/settings/privacy"], "PrivacyPage"),
});

const routeTree = rootRoute.addChildren([
  todayRoute,
  performanceRoute,
  attributionRoute,
  qualityRoute,
  journeysRoute,
  curvesRoute,
  plannerRoute,
  pacingRoute,
  portfolioRoute,
  experimentsRoute,
  dataRoute,
  importRoute,
  channelsRoute,
  rebalancingRoute,
  reportsRoute,
  proposalsRoute,
  viewRoute,
  accountRoute,
  settingsRoute.addChildren([
    settingsStartRoute,
    teamRoute,
    keysRoute,
    rulesRoute,
    dataSettingsRoute,
    rebalancingSettingsRoute,
    campaignsRoute,
    auditRoute,
    privacyRoute,
  ]),
]);

/** @param basepath of the workspace: routes and links say what follows it */
export function createTouchlineRouter(basepath: string) {
  return createRouter({
    routeTree,
    basepath,
    // What a page's check drops from the address is gone; otherwise the router would hand it on as it was.
    search: { strict: true },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultErrorComponent: CrashPage,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createTouchlineRouter>;
  }
}
