import { useSearch } from "@tanstack/react-router";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { chartStateOf } from "../charts/chart-state.ts";
import { writeJourneysHeadline, writeJourneysSub } from "../charts/prepare/journey-summary.ts";
import { useWords } from "../i18n/words-context.tsx";
import { FiltersBar } from "./journeys/FiltersBar.tsx";
import { FlowCard } from "./journeys/FlowCard.tsx";
import { isFiltered, selectionOf } from "./journeys/filters.ts";
import { useJourneySummary } from "./journeys/journey-queries.ts";
import { LengthCards } from "./journeys/LengthCards.tsx";
import { PathsCard } from "./journeys/PathsCard.tsx";
import { PositionsCard } from "./journeys/PositionsCard.tsx";

/** The ways that people took: how they went, how long it took, what each channel did. */
export function JourneysPage() {
  const words = useWords();
  const { t } = words;
  const { range } = useWorkspace();
  const search = useSearch({ from: "/journeys" });
  const selection = selectionOf(range, search);
  const query = useJourneySummary(selection);
  usePageTitle(t("journeys.title"));
  const state = chartStateOf(query);
  // Without an answer there is one notice, not one a card.
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const summary = query.data;
  const isEmpty = summary?.total.journeys === 0 && state.kind === "ready";
  return (
    <div className="page-grid">
      <PageHead
        title={t("journeys.title")}
        headline={summary === undefined ? null : writeJourneysHeadline(summary, isFiltered(search), words)}
        sub={summary === undefined ? null : writeJourneysSub(summary, words)}
      />
      <FiltersBar search={search} />
      {!isEmpty && (
        <>
          <FlowCard selection={selection} />
          {/* Other journeys begin on their first page. */}
          <PathsCard key={JSON.stringify(selection)} selection={selection} />
          <LengthCards selection={selection} summary={summary} />
          <PositionsCard selection={selection} />
        </>
      )}
    </div>
  );
}
