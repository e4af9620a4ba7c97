import type { RebalancingOutcomes } from "@touchline/server/contract";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { PROMISED_HEIGHT, PromisedPlot } from "../../charts/PromisedPlot.tsx";
import { preparePromisedWeeks } from "../../charts/prepare/promised-weeks.ts";
import { useWords } from "../../i18n/words-context.tsx";
import type { useOutcomes } from "./rebalancing-queries.ts";

interface Props {
  outcomes: ReturnType<typeof useOutcomes>;
}

/** Before the first approved plan there is nothing to promise: no empty chart stands for it. */
export function PromisedCard({ outcomes }: Props) {
  const words = useWords();
  const { t } = words;
  const model = outcomes.data === undefined ? null : preparePromisedWeeks(outcomes.data, words);
  if (outcomes.data !== undefined && model === null) return null;
  return (
    <ChartFrame
      title={t("rebalancing.chart.title")}
      sentence={model?.sentence}
      state={chartStateOf(outcomes)}
      model={model}
      height={PROMISED_HEIGHT}
      origin={outcomes.data === undefined ? undefined : originOf(outcomes.data, t("rebalancing.chart.title"))}
      footer={<p className="hint">{t("rebalancing.chart.conservative")}</p>}
    >
      {(chart) => <PromisedPlot chart={chart} />}
    </ChartFrame>
  );
}

function originOf({ weeks }: RebalancingOutcomes, title: string) {
  const [first, last] = [weeks[0], weeks.at(-1)];
  const range = first === undefined || last === undefined ? {} : { range: { from: first.from, to: last.to } };
  return { title, figures: ["plan", "curve", "spend", "interval"] as const, ...range };
}
