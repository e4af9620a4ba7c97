import { Link, Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import type { Right } from "@touchline/server/contract";
import { useTranslation } from "react-i18next";
import { useMembership } from "../../app/me-context.ts";
import { useMay } from "../../app/use-may.ts";
import { Icon } from "../../ui/Icon.tsx";
import { roleMayReadTab, SETTINGS_TABS } from "./tab-rights.ts";

function NotYours({ right }: { right: Right }) {
  const { t } = useTranslation();
  const { why } = useMay(right);
  return (
    <section className="notice">
      <span className="notice-icon">
        <Icon name="lock" />
      </span>
      <h1>{t("settings.closedTitle")}</h1>
      <p>{why}</p>
    </section>
  );
}

/** The tabs that the reader may look at, and the chosen one below them. */
export function SettingsLayout() {
  const { t } = useTranslation();
  const { role } = useMembership();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const shown = SETTINGS_TABS.find(({ to }) => path.startsWith(to));
  return (
    <div className="page-grid">
      <nav className="page-tabs" aria-label={t("settings.tabs")}>
        {SETTINGS_TABS.filter((tab) => roleMayReadTab(role, tab)).map(({ to, name }) => (
          <Link key={to} to={to} search={true} className="page-tab" activeOptions={{ includeSearch: false }}>
            {t(`settings.tab.${name}`)}
          </Link>
        ))}
      </nav>
      {shown === undefined || roleMayReadTab(role, shown) ? <Outlet /> : <NotYours right={shown.right} />}
    </div>
  );
}

/** The first tab that the reader may look at. */
export function SettingsStart() {
  const { role } = useMembership();
  const first = SETTINGS_TABS.find((tab) => roleMayReadTab(role, tab));
  return <Navigate to={first?.to ?? "/"} search={true} replace />;
}
