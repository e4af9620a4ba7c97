import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from "@tanstack/react-router";
import { type CurvesSearch, parseCurvesSearch } from "../pages/curves/curves-search.ts";
import { type JourneysSearch, parseJourneysSearch } from "../pages/journeys/filters.ts";
import { type PlannerSearch, parsePlannerSearch } from "../pages/planner/planner-search.ts";
import { type ProposalsSearch, parseProposalsSearch } from "../pages/proposals/proposals-search.ts";
import { CrashPage } from "./CrashPage.tsx";
import { Frame } from "./Frame.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
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
  component: lazyRouteComponent(() => import("../pages/TodayPage.tsx"), "TodayPage"),
});

const performanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/performance",
  component: lazyRouteComponent(() => import("../pages/PerformancePage.tsx"), "PerformancePage"),
});

const pacingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/pacing",
  component: lazyRouteComponent(() => import("../pages/PacingPage.tsx"), "PacingPage"),
});

const portfolioRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/portfolio",
  component: lazyRouteComponent(() => import("../pages/PortfolioPage.tsx"), "PortfolioPage"),
});

const attributionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/attribution",
  component: lazyRouteComponent(() => import("../pages/AttributionPage.tsx"), "AttributionPage"),
});

const qualityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/attribution/quality",
  component: lazyRouteComponent(() => import("../pages/QualityPage.tsx"), "QualityPage"),
});

const journeysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/journeys",
  validateSearch: (search: Record<string, unknown>): JourneysSearch => parseJourneysSearch(search),
  component: lazyRouteComponent(() => import("../pages/JourneysPage.tsx"), "JourneysPage"),
});

const curvesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/curves",
  validateSearch: (search: Record<string, unknown>): CurvesSearch => parseCurvesSearch(search),
  component: lazyRouteComponent(() => import("../pages/CurvesPage.tsx"), "CurvesPage"),
});

const plannerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/planner",
  validateSearch: (search: Record<string, unknown>): PlannerSearch => parsePlannerSearch(search),
  component: lazyRouteComponent(() => import("../pages/PlannerPage.tsx"), "PlannerPage"),
});

const experimentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tests",
  component: lazyRouteComponent(() => import("../pages/ExperimentsPage.tsx"), "ExperimentsPage"),
});

const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data",
  component: lazyRouteComponent(() => import("../pages/DataPage.tsx"), "DataPage"),
});

const proposalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/proposals",
  validateSearch: (search: Record<string, unknown>): ProposalsSearch => parseProposalsSearch(search),
  component: lazyRouteComponent(() => import("../pages/ProposalsPage.tsx"), "ProposalsPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("../pages/AccountPage.tsx"), "AccountPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("../pages/settings/SettingsLayout.tsx"), "SettingsLayout"),
});

const settingsStartRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/settings/SettingsLayout.tsx"), "SettingsStart"),
});
const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/team",
  component: lazyRouteComponent(() => import("../pages/settings/TeamPage.tsx"), "TeamPage"),
});
const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/keys",
  component: lazyRouteComponent(() => import("../pages/settings/KeysPage.tsx"), "KeysPage"),
});
const rulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/rules",
  component: lazyRouteComponent(() => import("../pages/settings/RulesPage.tsx"), "RulesPage"),
});
const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/audit",
  component: lazyRouteComponent(() => import("../pages/AuditPage.tsx"), "AuditPage"),
});
const privacyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/privacy",
  component: lazyRouteComponent(() => import("../pages/PrivacyPage.tsx"), "PrivacyPage"),
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
  proposalsRoute,
  accountRoute,
  settingsRoute.addChildren([settingsStartRoute, teamRoute, keysRoute, rulesRoute, auditRoute, privacyRoute]),
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
