import { createRootRoute, createRoute, createRouter, retainSearchParams } from "@tanstack/react-router";
import { AttributionPage } from "../pages/AttributionPage.tsx";
import { CurvesPage } from "../pages/CurvesPage.tsx";
import { DataPage } from "../pages/DataPage.tsx";
import { OverviewPage } from "../pages/OverviewPage.tsx";
import { PlannerPage } from "../pages/PlannerPage.tsx";
import { type LimitsSearch, parseLimitsSearch } from "../pages/planner/limits.ts";
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

const curvesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/curves",
  component: CurvesPage,
});

const plannerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/planner",
  validateSearch: (search: Record<string, unknown>): LimitsSearch => parseLimitsSearch(search),
  component: PlannerPage,
});

const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data",
  component: DataPage,
});

const routeTree = rootRoute.addChildren([overviewRoute, attributionRoute, curvesRoute, plannerRoute, dataRoute]);

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
