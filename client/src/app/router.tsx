import { createRootRoute, createRoute, createRouter, retainSearchParams } from "@tanstack/react-router";
import { AccountPage } from "../pages/AccountPage.tsx";
import { AttributionPage } from "../pages/AttributionPage.tsx";
import { AuditPage } from "../pages/AuditPage.tsx";
import { CurvesPage } from "../pages/CurvesPage.tsx";
import { DataPage } from "../pages/DataPage.tsx";
import { ExperimentsPage } from "../pages/ExperimentsPage.tsx";
import { JourneysPage } from "../pages/JourneysPage.tsx";
import { type JourneysSearch, parseJourneysSearch } from "../pages/journeys/filters.ts";
import { OverviewPage } from "../pages/OverviewPage.tsx";
import { PlannerPage } from "../pages/PlannerPage.tsx";
import { PrivacyPage } from "../pages/PrivacyPage.tsx";
import { ProposalsPage } from "../pages/ProposalsPage.tsx";
import { type PlannerSearch, parsePlannerSearch } from "../pages/planner/planner-search.ts";
import { type ProposalsSearch, parseProposalsSearch } from "../pages/proposals/proposals-search.ts";
import { QualityPage } from "../pages/QualityPage.tsx";
import { KeysPage } from "../pages/settings/KeysPage.tsx";
import { RulesPage } from "../pages/settings/RulesPage.tsx";
import { SettingsLayout, SettingsStart } from "../pages/settings/SettingsLayout.tsx";
import { TeamPage } from "../pages/settings/TeamPage.tsx";
import { CrashPage } from "./CrashPage.tsx";
import { Frame } from "./Frame.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { type PageSearch, parsePageSearch } from "./search.ts";

const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundPage,
  validateSearch: (search: Record<string, unknown>): PageSearch => parsePageSearch(search),
  // Links between pages keep the days and the model.
  search: { middlewares: [retainSearchParams<PageSearch>(["from", "to", "model"])] },
});

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: OverviewPage,
});

const attributionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/attribution",
  component: AttributionPage,
});

const qualityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/attribution/quality",
  component: QualityPage,
});

const journeysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/journeys",
  validateSearch: (search: Record<string, unknown>): JourneysSearch => parseJourneysSearch(search),
  component: JourneysPage,
});

const curvesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/curves",
  component: CurvesPage,
});

const plannerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/planner",
  validateSearch: (search: Record<string, unknown>): PlannerSearch => parsePlannerSearch(search),
  component: PlannerPage,
});

const experimentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tests",
  component: ExperimentsPage,
});

const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data",
  component: DataPage,
});

const proposalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/proposals",
  validateSearch: (search: Record<string, unknown>): ProposalsSearch => parseProposalsSearch(search),
  component: ProposalsPage,
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account",
  component: AccountPage,
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: SettingsLayout,
});

const settingsStartRoute = createRoute({ getParentRoute: () => settingsRoute, path: "/", component: SettingsStart });
const teamRoute = createRoute({ getParentRoute: () => settingsRoute, path: "/team", component: TeamPage });
const keysRoute = createRoute({ getParentRoute: () => settingsRoute, path: "/keys", component: KeysPage });
const rulesRoute = createRoute({ getParentRoute: () => settingsRoute, path: "/rules", component: RulesPage });
const auditRoute = createRoute({ getParentRoute: () => settingsRoute, path: "/audit", component: AuditPage });
const privacyRoute = createRoute({ getParentRoute: () => settingsRoute, path: "/privacy", component: PrivacyPage });

const routeTree = rootRoute.addChildren([
  overviewRoute,
  attributionRoute,
  qualityRoute,
  journeysRoute,
  curvesRoute,
  plannerRoute,
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
