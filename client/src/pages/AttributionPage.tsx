import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ModelComparison } from "@touchline/server/contract";
import { AttributionTabs } from "../app/AttributionTabs.tsx";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useModelComparison } from "../app/queries.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { chartStateOf } from "../charts/chart-state.ts";
import { ModelSlopesChart, slopesHeight } from "../charts/ModelSlopesChart.tsx";
import { MEASURES, type Measure } from "../charts/prepare/credit-measure.ts";
import { writeComparisonHeadline } from "../charts/prepare/model-headline.ts";
import { prepareModelSlopes } from "../charts/prepare/model-slopes.ts";
import { narrowComparison } from "../charts/prepare/narrow-comparison.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LagDrawer } from "./attribution/LagDrawer.tsx";
import { ModelDefinitions } from "./attribution/ModelDefinitions.tsx";
import { ModelTableCard } from "./attribution/ModelTableCard.tsx";

const USUAL_CHANNELS = 8;
const SLOPE_FIGURES = ["incrementalRevenue", "interval", "platformClaims", "baseline"] as const;

function MeasureSwitch({ measure, choose }: { measure: Measure; choose: (measure: Measure) => void }) {
  const { t } = useWords();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{t("attribution.measure")}</legend>
      {MEASURES.map((name) => (
        <label key={name} className="segment">
          <input type="radio" name="measure" checked={measure === name} onChange={() => choose(name)} />
          <span>{t(`words.${name}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What the fits themselves had to say; the server writes it in English. */
function RunNotes({ comparison }: { comparison: ModelComparison }) {
  const { t } = useWords();
  const noted = [
    ...comparison.models.filter((model) => model.warnings.length > 0),
    ...comparison.refused.map(({ model, reason }) => ({ model, warnings: [reason] })),
  ];
  if (noted.length === 0) return null;
  return (
    <Card title={t("attribution.noteTitle")}>
      <dl className="definitions">
        {noted.map((model) => (
          <div key={model.model}>
            <dt>{t(`models.${model.model}`)}</dt>
            {model.warnings.map((warning) => (
              <dd key={warning} lang="en">
                {warning}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Card>
  );
}

export function AttributionPage() {
  const words = useWords();
  const { t } = words;
  const { range, model, hues, channels } = useWorkspace();
  const { measure = "revenue", lag } = useSearch({ from: "/attribution" });
  const navigate = useNavigate({ from: "/attribution" });
  const query = useModelComparison(range, model);
  usePageTitle(t("attribution.title"));
  const whole = query.data;
  const others = t("attribution.others");
  const comparison = whole === undefined ? undefined : narrowComparison(whole, channels, others);
  const state = chartStateOf(query);
  const slopes =
    comparison === undefined ? null : prepareModelSlopes(comparison, measure, model, range, hues, words, others);
  const choose = (next: Measure) =>
    navigate({
      search: ({ measure: _before, ...rest }) => (next === "revenue" ? rest : { ...rest, measure: next }),
      replace: true,
      resetScroll: false,
    });
  const showLag = (channel: string | null) =>
    navigate({
      search: ({ lag: _before, ...rest }) => (channel === null ? rest : { ...rest, lag: channel }),
      replace: true,
      resetScroll: false,
    });
  const run = whole?.models.find((credit) => credit.model === model)?.run ?? null;
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  return (
    <div className="page-grid">
      <PageHead
        title={t("attribution.title")}
        headline={whole === undefined ? null : writeComparisonHeadline(whole, model, words)}
        sub={
          comparison === undefined
            ? null
            : t("attribution.lookback", { days: words.format.count(comparison.lookbackDays) })
        }
      />
      <AttributionTabs />
      <p className="callout">
        <Icon name="info" />
        <span>{t("attribution.notIncremental")}</span>
      </p>
      <ChartFrame
        title={t("attribution.slopeTitle")}
        sentence={slopes?.sentence}
        state={state}
        model={slopes}
        isEmpty={slopes?.lines.length === 0}
        height={slopesHeight(USUAL_CHANNELS)}
        actions={<MeasureSwitch measure={measure} choose={choose} />}
        origin={{
          title: t("attribution.slopeTitle"),
          figures: [measure === "revenue" ? "creditedRevenue" : "creditedConversions", ...SLOPE_FIGURES],
          ...{ range, model, run },
        }}
      >
        {(chart) => <ModelSlopesChart chart={chart} choose={showLag} />}
      </ChartFrame>
      <ModelTableCard
        comparison={comparison}
        isNarrowed={comparison !== whole}
        measure={measure}
        model={model}
        isStale={state.kind === "stale"}
        showLag={showLag}
      />
      <ModelDefinitions />
      {whole !== undefined && <RunNotes comparison={whole} />}
      <LagDrawer channel={lag ?? null} close={() => showLag(null)} />
    </div>
  );
}
