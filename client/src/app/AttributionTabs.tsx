import { Link } from "@tanstack/react-router";
import { useWords } from "../i18n/words-context.tsx";

const TABS = [
  { to: "/attribution", name: "tabCredit" },
  { to: "/attribution/quality", name: "tabQuality" },
] as const;

/** Credit, and how far it can be trusted: two pages of one subject. */
export function AttributionTabs() {
  const { t } = useWords();
  return (
    <nav className="page-tabs" aria-label={t("quality.tabs")}>
      {TABS.map(({ to, name }) => (
        <Link key={to} to={to} search={true} className="page-tab" activeOptions={{ exact: true, includeSearch: false }}>
          {t(`quality.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
