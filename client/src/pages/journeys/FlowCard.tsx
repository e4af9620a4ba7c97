import { FLOW_ENDS, type FlowEnd, type JourneySelection } from "@touchline/server/contract";
import { useState } from "react";
import { useWorkspace } from "../../app/workspace-context.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { FLOW_HEIGHT, JourneyFlowChart } from "../../charts/JourneyFlowChart.tsx";
import { prepareJourneyFlow } from "../../charts/prepare/journey-flow.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Segments } from "../../ui/Segments.tsx";
import { useJourneyFlow } from "./journey-queries.ts";

const STEP_CHOICES = [2, 3, 4, 5, 6] as const;

/** Where journeys go from step to step. */
export function FlowCard({ selection }: { selection: JourneySelection }) {
  const words = useWords();
  const { t, format } = words;
  const { hues } = useWorkspace();
  const [end, setEnd] = useState<FlowEnd>("last");
  const [steps, setSteps] = useState(4);
  const query = useJourneyFlow(selection, { end, steps });
  const chart = query.data === undefined ? null : prepareJourneyFlow(query.data, hues, words);
  return (
    <ChartFrame
      title={t("journeys.flowTitle")}
      origin={{ title: t("journeys.flowTitle"), figures: ["paths", "conversions"], range: selection.range }}
      sentence={chart?.sentence}
      state={chartStateOf(query)}
      model={chart}
      isEmpty={chart?.links.length === 0}
      height={FLOW_HEIGHT}
      actions={
        <>
          <label className="picker">
            <span className="picker-label">{t("journeys.flowSteps")}</span>
            <select value={steps} onChange={(event) => setSteps(Number(event.target.value))}>
              {STEP_CHOICES.map((count) => (
                <option key={count} value={count}>
                  {format.count(count)}
                </option>
              ))}
            </select>
          </label>
          <Segments
            legend={t("journeys.flowEnd")}
            choices={FLOW_ENDS}
            chosen={end}
            choose={setEnd}
            nameOf={(choice) => t(`journeys.flowEnds.${choice}`)}
          />
        </>
      }
    >
      {(model) => <JourneyFlowChart chart={model} />}
    </ChartFrame>
  );
}
