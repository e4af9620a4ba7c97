import { createRootRoute, createRoute, createRouter, retainSearchParams } from "@tanstack/react-router";
import { AttributionPage } from "../pages/AttributionPage.tsx";
import { CurvesPage } from "../pages/CurvesPage.tsx";
import { DataPage } from "../pages/DataPage.tsx";
import { ExperimentsPage } from "../pages/ExperimentsPage.tsx";
import { JourneysPage } from "../pages/JourneysPage.tsx";
import { type JourneysSearch, parseJourneysSearch } from "../pages/journeys/filters.ts";
import { OverviewPage } from "../pages/OverviewPage.tsx";
import { PlannerPage } from "../pages/PlannerPage.tsx";
import { type PlannerSearch, parsePlannerSearch } from "../pages/planner/planner-search.ts";
import { QualityPage } from "../pages/QualityPage.tsx";
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

const routeTree = rootRoute.addChildren([
  overviewRoute,
  attributionRoute,
  qualityRoute,
  journeysRoute,
  curvesRoute,
  plannerRoute,
  experimentsRoute,
  dataRoute,
]);

export function createTouchlineRouter() {
  return createRouter({
    routeTree,
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
