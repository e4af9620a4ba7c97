import type { Policies } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { RulesForm } from "./RulesForm.tsx";
import { useChangePolicies, usePolicies } from "./settings-queries.ts";

function useHeadline() {
  const { t, format } = useWords();
  return ({ secondPersonAbove }: Policies): string =>
    secondPersonAbove === null
      ? t("settings.rulesOne")
      : t("settings.rulesTwo", { amount: strong(format.money(secondPersonAbove)) });
}

/** What the workspace asks of its people. Everybody may read it. */
export function RulesPage() {
  const { t } = useWords();
  const policies = usePolicies();
  const change = useChangePolicies();
  const headline = useHeadline();
  usePageTitle(t("settings.tab.rules"));
  if (policies.data === undefined) {
    if (policies.isError) return <FailurePanel error={policies.error} retry={() => policies.refetch()} isPage />;
    return (
      <div className="page-grid">
        <PageHead title={t("settings.tab.rules")} headline={null} />
        <div className="skeleton skeleton-card" />
      </div>
    );
  }
  return (
    <div className="page-grid">
      <PageHead
        title={t("settings.tab.rules")}
        headline={headline(policies.data)}
        sub={t(policies.data.requireSecondFactor ? "settings.rulesFactorOn" : "settings.rulesFactorOff")}
      />
      {/* What somebody else changed meanwhile is shown, not overwritten unseen. */}
      <RulesForm key={JSON.stringify(policies.data)} policies={policies.data} change={change} />
    </div>
  );
}
