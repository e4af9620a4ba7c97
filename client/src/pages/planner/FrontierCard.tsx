import type { Plan } from "@touchline/server/contract";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { FRONTIER_HEIGHT, FrontierPlot } from "../../charts/FrontierPlot.tsx";
import { prepareFrontier } from "../../charts/prepare/frontier.ts";
import { useWords } from "../../i18n/words-context.tsx";
import type { Limits } from "./limits.ts";
import { planOrigin } from "./plan-origin.ts";
import { useFrontier } from "./planner-queries.ts";

/** What the best split brings at every budget. Asked once the plan is there, so that the plan never waits for it. */
export function FrontierCard({ limits, plan }: { limits: Limits; plan: Plan | undefined }) {
  const words = useWords();
  const query = useFrontier(limits, plan !== undefined);
  const model = query.data === undefined ? null : prepareFrontier(query.data, plan ?? null, words);
  return (
    <ChartFrame
      title={words.t("studies.frontier.title")}
      origin={plan === undefined ? undefined : planOrigin(plan, words.t("studies.frontier.title"))}
      sentence={model?.sentence}
      state={chartStateOf(query)}
      model={model}
      isEmpty={model !== null && model.points.length === 0}
      height={FRONTIER_HEIGHT}
      className="frontier-card"
    >
      {(chart) => <FrontierPlot chart={chart} />}
    </ChartFrame>
  );
}
