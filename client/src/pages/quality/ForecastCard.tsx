import type { DateRange } from "@touchline/server/contract";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { FORECAST_HEIGHT, ForecastPlot } from "../../charts/ForecastPlot.tsx";
import { type ForecastChart, prepareForecast } from "../../charts/prepare/quality-forecast.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useForecast } from "./quality-queries.ts";

function Legend() {
  const { t } = useWords();
  return (
    <p className="quality-legend">
      <span className="legend-item">
        <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
          <circle className="forecast-seen" cx="8" cy="4" r="3" />
        </svg>
        {t("quality.came")}
      </span>
      <span className="legend-item">
        <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
          <rect className="forecast-band" width="16" height="8" />
          <path className="forecast-line" d="M0 4h16" />
        </svg>
        {t("quality.foretold")}
      </span>
      <span className="legend-item">
        <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
          <path className="forecast-without" d="M0 4h16" />
        </svg>
        {t("quality.without")}
      </span>
    </p>
  );
}

function Weeks({ chart }: { chart: ForecastChart }) {
  const { t } = useWords();
  return (
    <ScrollRegion label={t("quality.forecastTitle")}>
      <table className="data-table weeks-table">
        <caption className="visually-hidden">{chart.caption}</caption>
        <thead>
          <tr>
            {chart.weekHead.map((label, i) => (
              <th key={label} scope="col" className={i === 0 ? undefined : "numeric"}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.weeks.map((week) => (
            <tr key={week.id}>
              <th scope="row">{week.week}</th>
              {week.cells.map((cell, i) => (
                <td key={chart.weekHead[i + 1]} className="numeric">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The last weeks as they were foretold, beside what came. */
export function ForecastCard({ range }: { range: DateRange }) {
  const words = useWords();
  const { t } = words;
  const query = useForecast(range);
  const model = query.data === undefined ? null : prepareForecast(query.data, words);
  return (
    <ChartFrame
      title={t("quality.forecastTitle")}
      sentence={model?.sentence}
      state={chartStateOf(query)}
      model={model}
      isEmpty={model?.days.length === 0}
      height={FORECAST_HEIGHT}
      legend={<Legend />}
      origin={{ title: t("quality.forecastTitle"), figures: ["forecast", "interval"], range, model: "incremental" }}
      footer={model !== null && <Weeks chart={model} />}
    >
      {(chart) => <ForecastPlot chart={chart} />}
    </ChartFrame>
  );
}
