import type { WeeklyPlan, WeeksInput } from "@touchline/server/contract";
import { useState } from "react";
import { useWorkspace } from "../../app/workspace-context.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { DataTable } from "../../charts/DataTable.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { prepareWeeklyPlan, type WeeklyChart, wordWeeklyLimit } from "../../charts/prepare/weekly-plan.ts";
import { WEEKLY_HEIGHT, WeeklyPlanPlot } from "../../charts/WeeklyPlanPlot.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import type { Limits } from "./limits.ts";
import { useWeeks } from "./planner-queries.ts";
import { DEFAULT_WEEKS, type WeekChoices, WeeksFields } from "./WeeksFields.tsx";

function inputOf(limits: Limits, choices: WeekChoices): WeeksInput {
  const { weeks, start, weekly, pacing, season, prices, commitments } = choices;
  return { limits, weeks, start, weekly, pacing, season, prices, commitments };
}

function Legend({ model }: { model: WeeklyChart }) {
  const { t } = useWords();
  return (
    <p className="moves-legend weeks-legend">
      {model.channels.map(({ channel, hue }) => (
        <span key={channel} className="legend-item">
          <Swatch hue={hue} />
          {channel}
        </span>
      ))}
      <span className="legend-item">
        <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
          <line className="season-line" x2="16" y1="4" y2="4" />
        </svg>
        {t("studies.weeks.season")}
      </span>
    </p>
  );
}

/** In place of the weeks: which limits contradict each other, and what would help. */
function Impossible({ plan }: { plan: WeeklyPlan }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="weeks-impossible">
      <ul className="conflict">
        {plan.conflict.map((limit) => (
          <li key={limit.text}>{wordWeeklyLimit(limit, words)}</li>
        ))}
      </ul>
      {plan.repair.length > 0 && (
        <>
          <h3>{t("planner.repair")}</h3>
          <ul className="repair">
            {plan.repair.map((step) => (
              <li key={step.text}>
                {t("limit.repair", {
                  limit: wordWeeklyLimit(step, words),
                  to: wordWeeklyFigure(step, words),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function wordWeeklyFigure({ type, to }: WeeklyPlan["repair"][number], { format }: ReturnType<typeof useWords>): string {
  return type === "pacing_pct" ? format.percent(to / 100, 0) : format.money(to, 2);
}

/** The plan week by week: where the season and the limits between weeks make it differ from an average one. */
export function WeeksView({ limits }: { limits: Limits }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const [choices, setChoices] = useState(DEFAULT_WEEKS);
  const query = useWeeks(inputOf(limits, choices));
  const plan = query.data;
  const model = plan === undefined ? null : prepareWeeklyPlan(plan, hues, words);
  const channels = plan?.channels.map(({ channel }) => channel) ?? [];
  return (
    <ChartFrame
      title={t("studies.weeks.title")}
      origin={{ title: t("studies.weeks.title"), figures: ["plan", "curve"] }}
      sentence={model?.sentence}
      state={chartStateOf(query)}
      model={model}
      isEmpty={false}
      height={WEEKLY_HEIGHT}
      className="weeks-card"
      controls={<WeeksFields choices={choices} channels={channels} change={setChoices} />}
      footer={model !== null && <p className="hint">{model.basis}</p>}
    >
      {(chart) =>
        plan !== undefined && plan.status !== "optimal" ? (
          <Impossible plan={plan} />
        ) : (
          <>
            <Legend model={chart} />
            <WeeklyPlanPlot chart={chart} />
            <DataTable table={chart.table} caption={chart.caption} />
          </>
        )
      }
    </ChartFrame>
  );
}
