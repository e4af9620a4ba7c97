import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { recallLimits } from "../pages/planner/limits-memory.ts";
import { Icon } from "../ui/Icon.tsx";
import { useMe } from "./me-context.ts";
import { PAGES } from "./pages.ts";

/** At the left on wide windows, along the bottom edge on narrow ones. */
export function Navigation() {
  const { t } = useTranslation();
  const { workspaces } = useMe();
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
        {PAGES.filter(({ name }) => name !== "portfolio" || workspaces.length > 1).map((page) => (
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
