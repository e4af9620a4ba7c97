import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { recallLimits } from "../pages/planner/limits-memory.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";

const PAGES = [
  { to: "/", name: "overview", icon: "overview" },
  { to: "/attribution", name: "attribution", icon: "attribution" },
  { to: "/journeys", name: "journeys", icon: "journeys" },
  { to: "/curves", name: "curves", icon: "curves" },
  { to: "/planner", name: "planner", icon: "planner" },
  { to: "/proposals", name: "proposals", icon: "proposals" },
  { to: "/tests", name: "experiments", icon: "experiments" },
  { to: "/data", name: "data", icon: "table" },
  { to: "/settings", name: "settings", icon: "settings" },
] as const satisfies readonly { to: string; name: string; icon: IconName }[];

/** At the left on wide windows, along the bottom edge on narrow ones. */
export function Navigation() {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // On narrow windows the list scrolls: the page that is open is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path marks another link
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [path]);
  return (
    <nav className="navigation" aria-label={t("app.navigation")}>
      <div className="brand">
        <Icon name="brand" />
        <span>{t("app.name")}</span>
      </div>
      <ul ref={list}>
        {PAGES.map((page) => (
          <li key={page.to}>
            <Link
              to={page.to}
              search={page.to === "/planner" ? (before) => ({ ...before, ...recallLimits() }) : true}
              className="navigation-link"
              activeOptions={{ exact: page.to === "/", includeSearch: false }}
            >
              <Icon name={page.icon} />
              <span>{t(`pages.${page.name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
