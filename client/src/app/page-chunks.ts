import { chunk } from "./chunk.ts";

/** What a page is made of, fetched when it is first needed. What else its route needs is in router.tsx. */
export const PAGE_CHUNKS = {
  "/": chunk(() => import("../pages/TodayPage.tsx"), "data", "guide", "health", "today"),
  "/performance": chunk(() => import("../pages/PerformancePage.tsx"), "attribution", "performance", "quality"),
  "/attribution": chunk(() => import("../pages/AttributionPage.tsx"), "attribution", "quality"),
  "/attribution/quality": chunk(() => import("../pages/QualityPage.tsx"), "quality"),
  "/journeys": chunk(() => import("../pages/JourneysPage.tsx"), "data", "journeys"),
  "/curves": chunk(() => import("../pages/CurvesPage.tsx"), "curves"),
  "/planner": chunk(() => import("../pages/PlannerPage.tsx"), "curves", "limits", "planner", "scenarios"),
  "/pacing": chunk(() => import("../pages/PacingPage.tsx"), "pacing"),
  "/rebalancing": chunk(
    () => import("../pages/RebalancingPage.tsx"),
    ...(["limits", "planner", "proposals", "rebalancing", "scenarios"] as const),
  ),
  "/reports": chunk(() => import("../pages/ReportsPage.tsx"), "reports"),
  "/tests": chunk(() => import("../pages/ExperimentsPage.tsx"), "experiments", "quality"),
  "/data": chunk(() => import("../pages/DataPage.tsx"), "data", "health", "mapping"),
  "/data/import": chunk(() => import("../pages/ImportFilePage.tsx"), "data", "mapping"),
  "/data/channels": chunk(() => import("../pages/ChannelRulesPage.tsx"), "mapping"),
  "/portfolio": chunk(() => import("../pages/PortfolioPage.tsx"), "pacing", "portfolio"),
  "/view": chunk(() => import("../pages/ViewPage.tsx")),
  "/account": chunk(() => import("../pages/AccountPage.tsx"), "entry"),
  "/settings": chunk(() => import("../pages/settings/SettingsLayout.tsx"), "settings"),
  "/settings/team": chunk(() => import("../pages/settings/TeamPage.tsx"), "entry", "settings"),
  "/settings/keys": chunk(() => import("../pages/settings/KeysPage.tsx"), "settings"),
  "/settings/rules": chunk(() => import("../pages/settings/RulesPage.tsx"), "settings"),
  "/settings/data": chunk(() => import("../pages/settings/DataSettingsPage.tsx"), "health", "mapping"),
  "/settings/rebalancing": chunk(
    () => import("../pages/settings/RebalancingSettingsPage.tsx"),
    "rebalancing",
    "weekly",
  ),
  "/settings/campaigns": chunk(() => import("../pages/CampaignsPage.tsx"), "campaigns"),
  "/settings/audit": chunk(() => import("../pages/AuditPage.tsx"), "audit"),
  "/settings/privacy": chunk(() => import("../pages/PrivacyPage.tsx"), "privacy"),
} as const;

const IN_WORKSPACE = /^\/w\/[^/]+(?=\/|$)/;

/** Fetches the code of the page at an address beside everything else that is needed to show it, instead of after that. */
export function fetchPageAt(pathname: string): void {
  const path = pathname.replace(IN_WORKSPACE, "").replace(/\/$/, "") || "/";
  const chunks: Readonly<Record<string, () => Promise<unknown>>> = PAGE_CHUNKS;
  // A page that cannot be fetched says so where it is shown.
  if (Object.hasOwn(chunks, path)) chunks[path]?.().catch(() => undefined);
}
