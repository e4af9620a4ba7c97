import type { Plan, WhatIf } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { prepareWhatIf, writeTrial } from "../../charts/prepare/what-if.ts";
import { WHAT_IF_HEIGHT, WhatIfPlot } from "../../charts/WhatIfPlot.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { Sentence } from "../../ui/Sentence.tsx";
import { boundsOf, type Limits, withBounds } from "./limits.ts";
import { planOrigin } from "./plan-origin.ts";
import { useWhatIf } from "./planner-queries.ts";
import type { Trial } from "./use-trial.ts";

interface Props {
  plan: Plan;
  limits: Limits;
  trial: Trial;
  answer: WhatIf["points"][number] | undefined;
  isPending: boolean;
  error: unknown;
  retry(): void;
  drop(): void;
  change(limits: Limits): void;
}

/** Every spend of the channel that is being tried. */
function AllSpends({ plan, limits, channel }: { plan: Plan; limits: Limits; channel: string }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const query = useWhatIf(limits, channel);
  const isOfChannel = query.data?.channel === channel;
  const model =
    query.data === undefined || !isOfChannel ? null : prepareWhatIf(query.data, plan, hues.get(channel), words);
  return (
    <ChartFrame
      title={t("planner.trialChart", { channel })}
      origin={planOrigin(plan, t("planner.trialChart", { channel }))}
      sentence={t("planner.trialChartSentence")}
      state={isOfChannel || query.isError ? chartStateOf(query) : { kind: "loading" }}
      model={model}
      isEmpty={model !== null && model.points.length === 0}
      height={WHAT_IF_HEIGHT}
      className="trial-chart"
    >
      {(chart) => <WhatIfPlot chart={chart} />}
    </ChartFrame>
  );
}

/** What another spend of one channel would do, and the two ways out: hold it there, or go back to the plan. */
export function TrialPanel({ plan, limits, trial, answer, isPending, error, retry, drop, change }: Props) {
  const words = useWords();
  const { t, format } = words;
  const [showsAll, setShowsAll] = useState(false);
  const { channel, spend } = trial;
  const sentence = writeTrial(answer, plan, words);
  const keep = () => {
    change(withBounds(limits, { ...boundsOf(limits, channel), lower: null, upper: null, locked: false, fixed: spend }));
    drop();
  };
  return (
    <section className="trial" aria-label={t("planner.trialSlider", { channel })}>
      <p className="trial-question">
        {t("planner.trialOf", { channel, amount: format.money(spend), per: t(`planner.per.${plan.period}`) })}
      </p>
      <p className={isPending ? "trial-answer trial-pending" : "trial-answer"} role="status">
        {sentence === null ? t("planner.pending") : <Sentence text={sentence} />}
      </p>
      {error !== null && <FailurePanel error={error} retry={retry} />}
      <p className="trial-ways">
        <button type="button" className="button button-primary" onClick={keep}>
          {t("planner.trialKeep")}
        </button>
        <button type="button" className="button" onClick={drop}>
          {t("planner.trialDrop")}
        </button>
        <button
          type="button"
          className="button button-quiet"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {t("planner.trialChart", { channel })}
        </button>
      </p>
      {showsAll && <AllSpends plan={plan} limits={limits} channel={channel} />}
    </section>
  );
}
