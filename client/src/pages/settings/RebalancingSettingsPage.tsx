import { roleMay } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useMembership } from "../../app/me-context.ts";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { useChangeSchedule, useSchedule } from "../rebalancing/rebalancing-queries.ts";
import { RebalancingForm } from "./rebalancing/RebalancingForm.tsx";
import { DeliveriesCard, WebhooksCard } from "./rebalancing/WebhooksCard.tsx";

/** When a workspace rebalances, inside which guard-rails, with whose approval, and who is told. */
export function RebalancingSettingsPage() {
  const { t, format } = useWords();
  const { role } = useMembership();
  const schedule = useSchedule();
  const change = useChangeSchedule();
  usePageTitle(t("rebalancing.title"));
  const { data } = schedule;
  if (data === undefined && schedule.isError) {
    return <FailurePanel error={schedule.error} retry={() => schedule.refetch()} isPage />;
  }
  const [next = ""] = data?.next ?? [];
  const headline =
    data === undefined
      ? null
      : data.settings.isScheduled
        ? t("weekly.set.headlineOn", {
            schedule: data.settings.schedule,
            when: strong(format.weekMoment(new Date(next), data.timeZone)),
          })
        : t("weekly.set.headlineOff");
  return (
    <div className="page-grid">
      <PageHead
        title={t("rebalancing.title")}
        headline={headline}
        sub={data === undefined ? null : t("weekly.set.zone", { zone: data.timeZone })}
      />
      {data === undefined ? (
        <div className="skeleton skeleton-card" />
      ) : (
        // What somebody else changed meanwhile is shown, not overwritten unseen.
        <RebalancingForm key={JSON.stringify(data.settings)} schedule={data} change={change} />
      )}
      {roleMay(role, "webhooks:read") && (
        <>
          <WebhooksCard />
          <DeliveriesCard />
        </>
      )}
    </div>
  );
}
