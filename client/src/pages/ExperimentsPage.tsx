import { useState } from "react";
import { Command } from "../app/Command.tsx";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { chartStateOf } from "../charts/chart-state.ts";
import { prepareTests } from "../charts/prepare/experiments.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import { AnalysisCard } from "./experiments/AnalysisCard.tsx";
import { DesignCard } from "./experiments/DesignCard.tsx";
import { EnterTestCard } from "./experiments/EnterTestCard.tsx";
import { useExperiments, useRegions } from "./experiments/experiment-queries.ts";
import { SuggestCard } from "./experiments/SuggestCard.tsx";
import { TestsCard } from "./experiments/TestsCard.tsx";

/** Design and analysis share the regions that are ticked: what is designed is what will be analysed. */
function GeoTests() {
  const { t } = useWords();
  const query = useRegions();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  if (query.data === undefined) {
    return (
      <Card title={t("experiments.designTitle")} isBusy={!query.isError}>
        {query.isError ? (
          <FailurePanel error={query.error} retry={() => query.refetch()} />
        ) : (
          <div className="skeleton skeleton-table" />
        )}
      </Card>
    );
  }
  const { regions } = query.data;
  if (regions.length === 0) {
    return (
      <Card title={t("experiments.designTitle")}>
        <p>{t("experiments.noRegions")}</p>
        <Command text="npx touchline experiments design --channel NAME --panel FILE.csv" />
      </Card>
    );
  }
  const choose = (names: readonly string[]) => {
    setTicked(names);
    document.getElementById("geo-analysis")?.scrollIntoView({ block: "start" });
  };
  return (
    <>
      <DesignCard regions={regions} choose={choose} />
      <div id="geo-analysis">
        <AnalysisCard regions={regions} ticked={ticked} onTick={setTicked} />
      </div>
    </>
  );
}

/** Lift tests beside the model, which one to run next, and geo tests from design to result. */
export function ExperimentsPage() {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const query = useExperiments();
  usePageTitle(t("experiments.title"));
  const state = chartStateOf(query);
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const tests = query.data === undefined ? null : prepareTests(query.data, hues, words);
  return (
    <div className="page-grid">
      <PageHead title={t("experiments.title")} headline={tests?.headline ?? null} sub={tests?.sub ?? null} />
      <TestsCard tests={tests} answer={query.data} />
      <SuggestCard isWanted={tests !== null} />
      <EnterTestCard />
      <GeoTests />
    </div>
  );
}
