import { AttributionTabs } from "../app/AttributionTabs.tsx";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { chartStateOf } from "../charts/chart-state.ts";
import { writeQualityHeadline } from "../charts/prepare/quality-held-out.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import { CalibrationCard } from "./quality/CalibrationCard.tsx";
import { DisagreementCard } from "./quality/DisagreementCard.tsx";
import { FindingsCard } from "./quality/FindingsCard.tsx";
import { ForecastCard } from "./quality/ForecastCard.tsx";
import { LagsCard } from "./quality/LagsCard.tsx";
import { useChannelsQuality, useHeldOut } from "./quality/quality-queries.ts";
import { RatesCard } from "./quality/RatesCard.tsx";
import { ScoresCard } from "./quality/ScoresCard.tsx";

/** How far the models can be believed: on visitors and weeks that they have not seen, and channel by channel. */
export function QualityPage() {
  const words = useWords();
  const { t } = words;
  const { range } = useWorkspace();
  const heldOut = useHeldOut(range);
  const channels = useChannelsQuality(range);
  usePageTitle(t("quality.title"));
  const [judged, around] = [chartStateOf(heldOut), chartStateOf(channels)];
  if (judged.kind === "error" && around.kind === "error") {
    return <FailurePanel error={judged.error} retry={judged.retry} isPage />;
  }
  const warnings = channels.data?.warnings ?? [];
  return (
    <div className="page-grid">
      <PageHead
        title={t("quality.title")}
        headline={heldOut.data === undefined ? null : writeQualityHeadline(heldOut.data, words)}
        sub={t("quality.sub")}
      />
      <AttributionTabs />
      {judged.kind === "error" ? (
        <FailurePanel error={judged.error} retry={judged.retry} />
      ) : (
        <div className="quality-pair">
          <ScoresCard heldOut={heldOut.data} isStale={judged.kind === "stale"} />
          <div className="quality-column">
            <CalibrationCard heldOut={heldOut.data} state={judged} />
            <RatesCard heldOut={heldOut.data} />
          </div>
        </div>
      )}
      <ForecastCard range={range} />
      {around.kind === "error" ? (
        <FailurePanel error={around.error} retry={around.retry} />
      ) : (
        <>
          <FindingsCard quality={channels.data} />
          <LagsCard quality={channels.data} state={around} />
        </>
      )}
      <DisagreementCard range={range} />
      {warnings.length > 0 && (
        <Card title={t("quality.notes")}>
          {warnings.map((warning) => (
            <p key={warning} lang="en">
              {warning}
            </p>
          ))}
        </Card>
      )}
    </div>
  );
}
