import type { JourneySelection, JourneySummary } from "@touchline/server/contract";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { JourneyLengthsChart, LENGTHS_HEIGHT } from "../../charts/JourneyLengthsChart.tsx";
import { prepareTimeToConversion, prepareTouchesToConversion } from "../../charts/prepare/journey-lengths.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { useJourneyLengths } from "./journey-queries.ts";

/** Time and touches from the first touch to the conversion, side by side. */
export function LengthCards({
  selection,
  summary,
}: {
  selection: JourneySelection;
  summary: JourneySummary | undefined;
}) {
  const words = useWords();
  const { t } = words;
  const query = useJourneyLengths(selection);
  const state = chartStateOf(query);
  const lengths = query.data;
  const isReady = lengths !== undefined && summary !== undefined;
  const time = isReady ? prepareTimeToConversion(lengths.time, summary, words) : null;
  const touches = isReady ? prepareTouchesToConversion(lengths.touches, summary, words) : null;
  return (
    <div className="journeys-pair">
      {[
        { id: "time", title: t("journeys.timeTitle"), model: time },
        { id: "touches", title: t("journeys.touchesTitle"), model: touches },
      ].map(({ id, title, model }) => (
        <ChartFrame
          key={id}
          title={title}
          origin={{ title, figures: ["paths", "conversions"], range: selection.range }}
          sentence={model?.sentence}
          state={state.kind === "kept" && id === "touches" ? { kind: "ready" } : state}
          model={model}
          isEmpty={model?.bars.every(({ conversions }) => conversions === 0) ?? false}
          height={LENGTHS_HEIGHT}
        >
          {(chart) => <JourneyLengthsChart chart={chart} />}
        </ChartFrame>
      ))}
    </div>
  );
}
