import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useHealth, useReceivedByDay } from "../app/queries.ts";
import { AnnotateButton } from "../charts/AnnotateButton.tsx";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { CLAIMS_HEIGHT, ClaimsByDayChart } from "../charts/ClaimsByDayChart.tsx";
import { chartStateOf } from "../charts/chart-state.ts";
import { prepareClaimsByDay } from "../charts/prepare/claims-by-day.ts";
import { prepareFindings } from "../charts/prepare/findings.ts";
import { prepareReceivedByDay } from "../charts/prepare/received-by-day.ts";
import { ReceivedByDayChart } from "../charts/ReceivedByDayChart.tsx";
import { useWords } from "../i18n/words-context.tsx";
import { DataWays } from "./data/DataWays.tsx";
import { FindingsCard } from "./data/FindingsCard.tsx";
import { ImportsCard } from "./data/ImportsCard.tsx";
import { MappingsCard } from "./data/MappingsCard.tsx";
import { RefusedCard } from "./data/RefusedCard.tsx";
import { SourcesCard } from "./data/SourcesCard.tsx";

const RECEIVED_HEIGHT = 180;

/** What came in, from whom, whether it can be trusted, and what was refused. */
export function DataPage() {
  const words = useWords();
  const { t } = words;
  const health = useHealth();
  const received = useReceivedByDay();
  usePageTitle(t("data.title"));
  const state = chartStateOf(health);
  // Without an answer there is one notice, not one a card.
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const now = new Date();
  const findings = health.data === undefined ? null : prepareFindings(health.data, now, words);
  const claims = health.data === undefined ? null : prepareClaimsByDay(health.data.platformDays, words);
  const rows =
    received.data === undefined
      ? null
      : prepareReceivedByDay(received.data, received.data.at(-1)?.date ?? now.toISOString().slice(0, 10), words);
  return (
    <div className="page-grid">
      <PageHead title={t("data.title")} headline={findings?.headline ?? null} sub={findings?.sub ?? null} />
      <DataWays />
      <FindingsCard findings={findings} />
      <SourcesCard />
      <div id="refused">
        <RefusedCard />
      </div>
      <MappingsCard />
      <ChartFrame
        title={t("data.receivedTitle")}
        origin={{ title: t("data.receivedTitle"), figures: ["received"] }}
        sentence={rows?.sentence}
        state={chartStateOf(received)}
        model={rows}
        isEmpty={rows?.panels.length === 0}
        height={RECEIVED_HEIGHT}
      >
        {(chart) => <ReceivedByDayChart chart={chart} />}
      </ChartFrame>
      {claims !== null && (
        <ChartFrame
          title={t("data.claimsTitle")}
          origin={{ title: t("data.claimsTitle"), figures: ["platformClaims", "conversions", "revenue"] }}
          sentence={claims.sentence}
          state={state.kind === "kept" ? { kind: "ready" } : state}
          model={claims}
          actions={<AnnotateButton days={claims.days} />}
          height={CLAIMS_HEIGHT}
        >
          {(chart) => <ClaimsByDayChart chart={chart} />}
        </ChartFrame>
      )}
      <ImportsCard />
    </div>
  );
}
